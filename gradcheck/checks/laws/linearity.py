"""The gradients are linear in the cotangent, and zero for a cotangent of zeros.

Scaling by −2 is exact in floats, so that the gradients must scale to the bit.  Sums of cotangents
are not; they are compared in balls, or within their rounding where balls cannot follow the code
or there are too many numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.arithmetic import NotLiftable, Undecided, midpoint, precision, resting_collector
from gradcheck.arithmetic.array import as_balls
from gradcheck.checks.comparison import AGREEMENT_FLOOR
from gradcheck.checks.evaluation import BITS
from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.checks.laws.entitlement import largest_of
from gradcheck.checks.laws.likeness import Unlike, difference, unlike
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation.layer import Array

LAW = "linear"

FACTOR = -2.0
"""Exact in floats, and it tells a square and an absolute value from what is linear."""

MOST_BALLS = 10_000
"""Up to so many numbers, two more evaluations in balls take a blink."""

LARGER = 6.0
"""The other cotangent is at most twice as large as the one at the example, their sum three times,
and so are the gradients: the rounding of all three is at most this many times that of one."""

SLIGHTLY = "to six digits and no further: does it iterate to a tolerance?"


def linear(trial: Trial) -> Iterator[Finding]:
    """Compare the gradients for 0, −2 δy, and a sum of cotangents with what linearity wants.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One for each gradient that breaks the law, or one for all.
    """
    found = list(_of_zero(trial))
    found = found or list(_scaled(trial))
    yield from found or list(_added(trial)) or [trial.holds(LAW)]


def _of_zero(trial: Trial) -> Iterator[Finding]:
    for name, base, found in _gradients_for(trial, np.zeros_like(trial.cotangent)):
        differs = np.isfinite(base) & (found != 0)  # infinity times zero is NaN, and rightly so
        if differs.any():
            columns = difference(found, np.zeros(found.shape), differs)
            yield _broken(trial, name, "a cotangent of zeros does not give zeros", columns)


def _scaled(trial: Trial) -> Iterator[Finding]:
    for name, base, found in _gradients_for(trial, np.asarray(FACTOR * trial.cotangent)):
        with np.errstate(all="ignore"):  # what is not finite is left out
            expected = FACTOR * base
        if gap := _unlike(trial, name, found, expected, abs(FACTOR)):
            yield _not_scaling(trial, name, gap)


def _gradients_for(trial: Trial, cotangent: Array) -> Iterator[tuple[str, Array, Array]]:
    """Yield each gradient at the example, and that for another cotangent."""
    first, there = trial.first.quantities, trial.run(trial.values(), cotangent).quantities
    for name in trial.gradients:
        if name in first and name in there and first[name].shape == there[name].shape:
            yield name, first[name], there[name]


def _unlike(trial: Trial, name: str, found: Array, expected: Array, scale: float) -> Unlike | None:
    """Compare the entries that are finite: next to the largest float, a multiple is not."""
    finite = np.isfinite(found) & np.isfinite(expected)
    ours, theirs = np.where(finite, found, 0), np.where(finite, expected, 0)
    return unlike(trial, name, ours, theirs, scale=scale)


def _not_scaling(trial: Trial, name: str, gap: Unlike) -> Finding:
    how = "not linear" if gap.verdict is Verdict.DISAGREE else f"linear {SLIGHTLY}"
    note = f"{how}: the gradient for {FACTOR:g} times the cotangent is not {FACTOR:g} times that"
    return _broken(trial, name, note, gap.columns, gap.verdict)


def _added(trial: Trial) -> Iterator[Finding]:
    """Compare the gradient for a sum with the sum of the gradients."""
    for name, gap in _leftover(trial).items():
        how = "not linear" if gap.verdict is Verdict.DISAGREE else f"linear {SLIGHTLY}"
        note = f"{how}: the gradient for a sum of cotangents is not the sum of the gradients"
        yield _broken(trial, name, note, gap.columns, gap.verdict)


def _leftover(trial: Trial) -> dict[str, Unlike]:
    if sum(value.size for value in trial.layer.values.values()) <= MOST_BALLS:
        try:
            with resting_collector():
                return dict(_leftover_in_balls(trial))
        except (NotLiftable, Undecided, ArithmeticError):
            pass  # within rounding, then
    return dict(_leftover_in_floats(trial))


def _leftover_in_floats(trial: Trial) -> Iterator[tuple[str, Unlike]]:
    """Compare within what rounding may change in each of the three gradients."""
    other = _another(trial.cotangent)
    both = {name: found for name, _, found in _gradients_for(trial, trial.cotangent + other)}
    for name, one, two in _gradients_for(trial, other):
        if name in both:
            with np.errstate(all="ignore"):  # what is not finite is left out
                total = one + two
            if gap := _unlike(trial, name, both[name], total, LARGER):
                yield name, gap


def _leftover_in_balls(trial: Trial) -> Iterator[tuple[str, Unlike]]:
    """Compare exactly.

    Raises
    ------
    NotLiftable, Undecided
        If balls cannot follow the code.
    """
    evaluation, symbol = trial.evaluation, trial.evaluation.operation.cotangent
    other = _another(trial.cotangent)
    there = replace(evaluation, point=replace(evaluation.point, cotangent=other), equal=None)
    one, two = evaluation.in_balls(trial.gradients), there.in_balls(trial.gradients)
    both = evaluation.displaced({symbol: other}).in_balls(trial.gradients)
    for name in trial.gradients:
        if np.shape(both[name]) == np.shape(one[name]):
            with precision(BITS):
                total = as_balls(one[name] + two[name])
                rest = as_balls(both[name] - total)
            if gap := _not_zero(rest, midpoint(both[name]), midpoint(total)):
                yield name, gap


def _another(cotangent: Array) -> Array:
    """Return a cotangent that is no multiple of this one, of few binary digits."""
    rng = np.random.default_rng(0)
    draws = rng.integers(1, 9, cotangent.shape) * rng.choice((-0.25, 0.25), cotangent.shape)
    return np.asarray(draws, dtype=cotangent.dtype)


def _not_zero(rest: Any, found: Array, expected: Array) -> Unlike | None:
    """Return how two arrays differ whose difference is no zero; None where it may be."""
    balls = (ball.arb for ball in rest.ravel())
    apart = [bool(ball.is_finite() and ball.abs_lower() > 0) for ball in balls]
    differs = np.array(apart, bool).reshape(found.shape)
    if not differs.any():
        return None
    slight = largest_of(midpoint(rest)[differs]) <= AGREEMENT_FLOOR * largest_of(expected)
    verdict = Verdict.INCONCLUSIVE if slight else Verdict.DISAGREE
    return Unlike(verdict, {"evidence": Evidence.EXACT, **difference(found, expected, differs)})


def _broken(
    trial: Trial,
    name: str,
    note: str,
    columns: Mapping[str, Any],
    verdict: Verdict = Verdict.DISAGREE,
) -> Finding:
    seen = {"candidate": "backward", "reference": "a linear map", **columns}
    return trial.finding(LAW, name, verdict, note, **seen)
