"""The law of the forms: two transcriptions of one equation are the same function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.arithmetic import Ball, NotLiftable, Undecided, midpoint
from gradcheck.checks.accuracy import accuracy_columns
from gradcheck.checks.budget import OutOfBudget
from gradcheck.checks.comparison import ROUNDED_CONSTANTS, measured_verdict, numbers_at, worst
from gradcheck.checks.evaluation import BITS, MOST_BITS, Array, Evaluation
from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.checks.rounding import rounding
from gradcheck.oracles.exact import log2_of, power_of_two

ENOUGH_BITS = 100
"""Two forms are compared to 30 digits, or at more than 200 bits."""


def forms_agree(one: Evaluation, other: Evaluation, wanted: Iterable[str]) -> Iterator[Finding]:
    """Compare two forms of every wanted equation at a point.

    In balls two equal formulas give overlapping balls, and two different ones give balls that lie
    apart: nothing in between needs a tolerance.  Where balls cannot follow the code, the floats
    are compared, with the rounding of both forms as it is measured.

    Parameters
    ----------
    one, other : Evaluation
        The candidate and the reference: the same operation at the same point.
    wanted : iterable of str
        Left-hand sides.

    Yields
    ------
    Finding
        One for each equation.
    """
    wanted = tuple(wanted)
    _evaluate_together(one, other, wanted)
    for symbol in wanted:
        yield Finding(
            operation=one.operation.name,
            point=one.point.label,
            check="forms",
            quantity=symbol,
            candidate=one.witness,
            reference=other.witness,
            **_columns_in_time(one, other, symbol),
        )


def _columns_in_time(one: Evaluation, other: Evaluation, symbol: str) -> dict[str, Any]:
    try:
        ours = one.in_floats((symbol,))[symbol]
        return {"shape": ours.shape, "entries": ours.size, **_columns(one, other, symbol)}
    except OutOfBudget as reason:
        return {"verdict": Verdict.INCONCLUSIVE, "note": f"left unchecked: {reason}"}


def _evaluate_together(one: Evaluation, other: Evaluation, wanted: Sequence[str]) -> None:
    """Evaluate all equations in one pass: they share what stands before them."""
    # Where something stands in the way, each is looked at by itself, and says so.
    with suppress(NotLiftable, Undecided, OutOfBudget):
        one.in_floats(wanted)
        other.in_floats(wanted)
        other.in_balls(wanted)
        one.conditioning(wanted)


def _columns(one: Evaluation, other: Evaluation, symbol: str) -> dict[str, Any]:
    ours, theirs = one.in_floats((symbol,))[symbol], other.in_floats((symbol,))[symbol]
    if failure := one.failure(symbol) or other.failure(symbol):
        return _different(ours, failure)
    if ours.shape != theirs.shape:
        return _different(ours, f"shapes differ: {ours.shape} against {theirs.shape}")
    try:
        columns = _exact(one, other, symbol)
        truth = {symbol: other.in_balls((symbol,))[symbol]}
        accuracy = accuracy_columns(one, {symbol: ours}, truth).get(symbol, {})
    except (NotLiftable, Undecided) as reason:
        error = rounding(one, symbol) + rounding(other, symbol)
        why = f"balls do not apply: {reason}"
        return {**measured_verdict(ours, theirs, error), "note": why}
    return columns if columns["verdict"] is Verdict.DISAGREE else columns | accuracy


def _different(ours: Array, why: str) -> dict[str, Any]:
    return {"verdict": Verdict.DISAGREE, "wrong": ours.size, "note": why}


def _exact(one: Evaluation, other: Evaluation, symbol: str) -> dict[str, Any]:
    """Compare in balls, with more bits where they are too wide to say much."""
    floats = one.in_floats((symbol,))[symbol], other.in_floats((symbol,))[symbol]
    for bits in (BITS, 4 * BITS, MOST_BITS):
        balls = [form.in_balls((symbol,), bits=bits)[symbol] for form in (one, other)]
        gaps = Gaps.between(*balls)
        if gaps.apart.any() or gaps.width <= gaps.scale - ENOUGH_BITS:
            return _columns_of(gaps, balls, floats)
    columns = _columns_of(gaps, balls, floats)
    if gaps.width <= -ENOUGH_BITS:  # all that is left of both is next to zero
        return columns
    note = f"balls of {MOST_BITS} bits are too wide to tell"
    return columns | {"verdict": Verdict.INCONCLUSIVE, "note": note}


@dataclass(frozen=True, slots=True)
class Gaps:
    """The differences between two forms, as log2 of upper bounds.

    Attributes
    ----------
    sizes : ndarray
        Of every difference.
    apart : ndarray of bool
        Where the forms differ by more than rounded constants would make.
    width : float
        The largest difference that may as well be zero.
    scale : float
        The largest entry that is certainly not zero; 0, which stands for 1, if there is none.
    """

    sizes: Array
    apart: Array
    width: float
    scale: float

    @classmethod
    def between(cls, ours: Any, theirs: Any) -> Gaps:
        """Subtract two arrays of balls, entry by entry."""
        pairs = list(zip(_elements(ours), _elements(theirs), strict=True))
        differences = [one - other for one, other in pairs]
        return cls(
            np.array([log2_of(d) for d in differences]),
            np.array([_apart(one, other) for one, other in pairs], dtype=bool),
            max((log2_of(d) for d in differences if d.arb.contains(0)), default=-np.inf),
            max((log2_of(x) for _, x in pairs if not x.arb.contains(0)), default=0.0),
        )


def _columns_of(gaps: Gaps, balls: Sequence[Any], floats: Sequence[Array]) -> dict[str, Any]:
    shape, differ = floats[0].shape, bool(gaps.apart.any())
    with np.errstate(invalid="ignore"):  # equal infinities
        badness = np.where(gaps.apart, gaps.sizes, -np.inf).reshape(shape) if differ else np.abs(
            floats[0] - floats[1]
        )  # fmt: skip
    shown = [midpoint(b) for b in balls] if differ else floats
    largest = float(np.max(gaps.sizes, initial=-np.inf))
    return {
        "evidence": Evidence.EXACT,
        "verdict": Verdict.DISAGREE if differ else Verdict.AGREE,
        "wrong": int(gaps.apart.sum()),
        "digits": (gaps.scale - largest) * np.log10(2),
        "floor": power_of_two(largest - gaps.scale),
        "reference_error": power_of_two(largest),
        **(numbers_at(worst(badness), *shown) if floats[0].size else {}),
    }


def _elements(balls: Any) -> list[Ball]:
    return list(np.atleast_1d(np.asarray(balls, dtype=object)).ravel().tolist())


def _apart(one: Ball, other: Ball) -> bool:
    """Whether two forms differ by more than constants that are rounded to floats would make.

    A number that is not finite is the same only as its like: NaN as NaN, inf as inf.
    """
    if not (one.arb.is_finite() and other.arb.is_finite()):
        return not np.array_equal(midpoint(one), midpoint(other), equal_nan=True)
    lowest = (one - other).arb.abs_lower()
    return bool(lowest > 0) and log2_of(lowest) - log2_of(other) > np.log2(ROUNDED_CONSTANTS)
