"""Copies of the inputs in float32 give float32 results, right within the rounding of float32.

The truth is what the same code gives in float64 at the very same numbers.  What rounding in
float32 is entitled to is measured by moving the inputs by their last places in that format.  A
right formula may lose more: cancellation costs as many digits in float32 as it does in float64,
just of fewer.  That is said, and disagrees only where no digit is left and the error in float64
shows that no such loss explains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.arithmetic import (
    NotLiftable,
    Undecided,
    distances,
    precision,
    resting_collector,
)
from gradcheck.checks.budget import Budget, OutOfBudget
from gradcheck.checks.comparison import digits_left
from gradcheck.checks.evaluation import BITS
from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.laws.determinism import drawn
from gradcheck.checks.laws.entitlement import entitlement, gaps, largest_of
from gradcheck.checks.laws.likeness import difference
from gradcheck.checks.laws.runs import Raised, Run
from gradcheck.checks.laws.trial import Trial
from gradcheck.checks.rounding import SAFETY
from gradcheck.checks.time_limit import interrupted_by
from gradcheck.notation.layer import Array, Values

LAW = "float32"

COARSER = 2.0**29
"""How many last places of float64 one of float32 has."""

ONE_DIGIT = 0.1
"""The relative error at which no decimal digit is left."""

PATIENCE = 0.5
"""Seconds, beside a hundred times what float64 takes, after which a run counts as endless: a loop
until an error of 1e-10 is, in float32."""


def in_single_precision(trial: Trial) -> Iterator[Finding]:
    """Run at float32 copies, and compare with float64 at the same numbers.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One for each quantity of which no digit is right, or one for all that names what comes out
        as float64, not finite or with few digits; nothing where the inputs are no float64, or
        do not fit into float32, or random numbers are drawn.
    """
    wide = {symbol: _rounded(value) for symbol, value in trial.layer.values.items()}
    if not _representable(trial, wide) or drawn(trial):
        return
    try:
        single = _single(trial, wide)
    except (Raised, _Endless) as reason:
        yield trial.holds(LAW, f"for inputs in float32, {reason}")
        return
    yield from _judged(trial, single, wide)


class _Endless(Exception):  # noqa: N818 - what the code does, not what went wrong
    """A run in float32 took far longer than one in float64."""


def _rounded(value: Array) -> Array:
    """Return the nearest numbers that float32 has, as float64."""
    if value.dtype != np.float64:
        return value.copy()
    with np.errstate(all="ignore"):  # too large or too small: found out by `_representable`
        return np.asarray(value.astype(np.float32), np.float64)


def _representable(trial: Trial, wide: Values) -> bool:
    """Whether there is an array in float64, and float32 has numbers next to all inputs."""
    doubles = [s for s, value in trial.layer.values.items() if value.dtype == np.float64]
    given = trial.layer.values
    return any(given[s].ndim for s in doubles) and all(
        (np.isfinite(wide[s]) == np.isfinite(given[s])).all()
        and ((wide[s] == 0) == (given[s] == 0)).all()
        for s in doubles
    )


def _single(trial: Trial, wide: Values) -> Run:
    narrow = {s: x.astype(np.float32) if x.dtype == np.float64 else x for s, x in wide.items()}
    limit = Budget(PATIENCE + 100 * trial.first.seconds)
    try:
        with interrupted_by(limit):
            return trial.run(narrow, trial.cotangent.astype(np.float32))
    except OutOfBudget:
        trial.evaluation.budget.check()  # unless it is the user's that ran out
        raise _Endless("it does not come to an end") from None


def _judged(trial: Trial, single: Run, wide: Values) -> Iterator[Finding]:
    cotangent = _rounded(trial.cotangent)
    truth = trial.run({s: x.copy() for s, x in wide.items()}, cotangent.copy()).quantities
    notes, wrong = [_promoted(single)], list[Finding]()
    lost = [name for name, true in truth.items() if _lost(single, name, true)]
    if lost:
        allowed = entitlement(trial.run, wide, cotangent, np.float32)
        for name in lost:
            found = single.quantities[name]
            notes.append(_said(name, found, truth[name], allowed[name]))
            if _hopeless(found, truth[name], allowed[name]):
                wrong += _unexplained(trial, name, found, truth[name], wide)
    yield from wrong or [trial.holds(LAW, "; ".join(filter(None, notes)))]


def _promoted(single: Run) -> str:
    double = [name for name, x in single.quantities.items() if x.dtype == np.float64]
    return f"for inputs in float32, {', '.join(double)} come out in float64" if double else ""


def _lost(single: Run, name: str, true: Array) -> bool:
    """Whether a quantity keeps less than half of the digits of float32 in its largest entries."""
    found = single.quantities.get(name)
    if found is None or found.shape != true.shape:
        return False
    half = np.sqrt(np.finfo(np.float32).eps) * largest_of(true)
    return bool((gaps(found, true) > half).any())


def _said(name: str, found: Array, true: Array, allowed: float) -> str:
    gap = gaps(found, true)
    if np.isinf(gap).any():
        return f"{name} is not finite in float32 where it is in float64"
    if gap.max() <= allowed or not true.any():
        return ""
    kept, could = (digits_left(x / largest_of(true)) for x in (gap.max(), allowed))
    return f"{name} keeps {kept:.0f} digits in float32 where its conditioning allows {could:.0f}"


def _hopeless(found: Array, true: Array, allowed: float) -> bool:
    """Whether no digit is right, though float32 has numbers for the result and could keep some."""
    digit, gap = ONE_DIGIT * largest_of(true), float(gaps(found, true).max())
    return bool(np.isfinite(found).all() and allowed < digit <= gap)


def _unexplained(
    trial: Trial, name: str, found: Array, true: Array, wide: Values
) -> Iterator[Finding]:
    """Yield a finding unless the loss in float64 explains the one in float32."""
    try:
        lost = _error_in_float64(trial, name, true, wide)
    except (NotLiftable, Undecided, ArithmeticError):
        verdict, why = Verdict.INCONCLUSIVE, "whether by rounding is not known without balls"
    else:
        if float(gaps(found, true).max()) <= SAFETY * COARSER * lost:
            return
        verdict, why = Verdict.DISAGREE, "float64 loses far less: the code does something else"
    columns = {"candidate": "float32", "reference": "float64"}
    shown = difference(found, true, gaps(found, true) > ONE_DIGIT * largest_of(true))
    note = f"no digit is right for inputs in float32; {why}"
    yield trial.finding(LAW, name, verdict, note, **columns, **shown)


def _error_in_float64(trial: Trial, name: str, true: Array, wide: Values) -> float:
    """Return the largest error of the float64 code at the same numbers, by balls."""
    point: Any = replace(trial.evaluation.point, inputs=wide, cotangent=_rounded(trial.cotangent))
    there = replace(trial.evaluation, point=point, equal=None)
    with resting_collector(), precision(BITS):
        error: Mapping[str, Any] = there.in_balls((name,))
        return float(np.max(distances(error[name], true), initial=0.0))
