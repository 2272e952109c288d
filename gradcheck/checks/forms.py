"""The law of the forms: two transcriptions of one equation are the same function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from gradcheck.arithmetic import Ball, NotLiftable, Undecided, midpoint
from gradcheck.checks.comparison import measured_verdict, numbers_at, worst
from gradcheck.checks.evaluation import Array, Evaluation
from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.checks.probing import magnitudes
from gradcheck.checks.rounding import rounding
from gradcheck.oracles.exact import log2_of, power_of_two

CONSTANT = -50.0
"""log2 of the relative error that constants bring in when they are rounded to floats: two forms
that write one as ``1 / np.sqrt(d)`` and ``d**-0.5`` are the same formula to 16 digits."""


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
    floats = one.in_floats(wanted), other.in_floats(wanted)
    try:
        balls = one.in_balls(wanted), other.in_balls(wanted)
    except (NotLiftable, Undecided) as reason:
        balls = None
        why = f"balls do not apply: {reason}"
    for symbol in wanted:
        ours, theirs = floats[0][symbol], floats[1][symbol]
        if failure := one.failure(symbol) or other.failure(symbol):
            columns = _different(ours, failure)
        elif ours.shape != theirs.shape:
            columns = _different(ours, f"shapes differ: {ours.shape} against {theirs.shape}")
        elif balls is not None:
            columns = _exact(balls[0][symbol], balls[1][symbol], ours, theirs)
        else:
            error = rounding(one, symbol) + rounding(other, symbol)
            columns = {**measured_verdict(ours, theirs, error), "note": why}
        yield Finding(
            operation=one.operation.name,
            point=one.point.label,
            check="forms",
            quantity=symbol,
            candidate=one.witness,
            reference=other.witness,
            shape=ours.shape,
            entries=ours.size,
            **columns,
        )


def _different(ours: Array, why: str) -> dict[str, Any]:
    return {"verdict": Verdict.DISAGREE, "wrong": ours.size, "note": why}


def _exact(ours: Any, theirs: Any, our_floats: Array, their_floats: Array) -> dict[str, Any]:
    pairs = list(zip(_elements(ours), _elements(theirs), strict=True))
    apart = np.array([_apart(one, other) for one, other in pairs], dtype=bool)
    flat = [one - other for one, other in pairs]
    sizes = magnitudes(theirs)
    size = float(np.max(sizes, initial=-np.inf))
    largest = max((log2_of(d) for d in flat), default=-np.inf)
    if apart.any():
        badness = np.array([log2_of(d) for d in flat])
        index = worst(np.where(apart, badness, -np.inf).reshape(our_floats.shape))
        shown = midpoint(ours), midpoint(theirs)
    else:
        index = worst(np.abs(our_floats - their_floats))
        shown = our_floats, their_floats
    return {
        "evidence": Evidence.EXACT,
        "verdict": Verdict.DISAGREE if apart.any() else Verdict.AGREE,
        "wrong": int(apart.sum()),
        "digits": (size - largest) * np.log10(2),
        "floor": power_of_two(largest - size) if largest > -np.inf else 0.0,
        "reference_error": power_of_two(largest),
        **(numbers_at(index, *shown) if our_floats.size else {}),
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
    return bool(lowest > 0) and log2_of(lowest) - log2_of(other) > CONSTANT
