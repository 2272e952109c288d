"""Comparing two arrays entry by entry: what differs most, and what that says."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gradcheck.checks.finding import Evidence, Verdict

Array: TypeAlias = NDArray[Any]

ROUNDED_CONSTANTS = 2.0**-50
"""Relative error that constants bring into a formula when they are rounded to floats: 0.1 is not
one tenth, and ``1 / np.sqrt(d)`` is not quite ``d**-0.5``.  A few of them make a few units in the
last place; a wrong formula makes far more."""

AGREEMENT_FLOOR = 1e-6
"""The coarsest measured agreement that deserves the name: six digits.  Where float noise hides
more than that, the verdict is `inconclusive`."""


SMALL = 1e-4
"""Entries smaller than this share of the largest one are held to that share."""


def numbers_at(index: tuple[int, ...], candidate: Array, reference: Array) -> dict[str, Any]:
    """Return the columns that describe one entry: its index, both values and their difference."""
    ours, theirs = float(candidate[index]), float(reference[index])
    with np.errstate(all="ignore"):  # an infinite difference is an answer
        difference = abs(np.float64(ours) - np.float64(theirs))
    return {
        "worst_index": index,
        "candidate_value": ours,
        "reference_value": theirs,
        "abs_error": float(difference),
        "rel_error": relative(difference, theirs),
    }


def misfit(gradient: str, value: Any, symbol: str, expected: tuple[int, ...]) -> str:
    """Say that a gradient has not the shape of its input, or that there is none.

    Code that provides no gradient is a single NaN by the time that it gets here.
    """
    if np.shape(value) == () and not np.isfinite(np.asarray(value, dtype=np.float64)):
        return f"the code provides no gradient for {symbol}"
    return f"{gradient} has shape {np.shape(value)}, but {symbol} has {expected}"


def relative(difference: float, reference: float) -> float:
    """Return the relative error: 0 only for equal values, infinite against a reference of 0."""
    if difference == 0:
        return 0.0
    with np.errstate(all="ignore"):  # inf / inf: NaN is the answer
        return float(np.float64(difference) / abs(reference)) if reference else float("inf")


def digits_left(relative_error: float) -> float:
    """Return the decimal digits that a relative error leaves, 0 where it leaves none.

    Examples
    --------
    >>> digits_left(0.001), digits_left(2.0), digits_left(float("nan"))
    (3.0, 0.0, 0.0)
    """
    if not relative_error < 1:
        return 0.0
    return float(-np.log10(relative_error)) if relative_error else float("inf")


def worst(badness: Array) -> tuple[int, ...]:
    """Return the index of the largest number, NaN counting as the largest of all."""
    if not badness.size:
        return ()
    ranked = np.where(np.isnan(badness), np.inf, badness)
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(ranked)), badness.shape))


def measured_verdict(candidate: Array, reference: Array, error: Array) -> dict[str, Any]:
    """Compare floats with a reference whose error bound is known, entry by entry.

    Parameters
    ----------
    candidate, reference : ndarray
        Of the same shape.
    error : ndarray
        Bound on the error of the reference, with the rounding that the candidate is entitled to.

    Returns
    -------
    dict
        The columns of a finding.  An entry beyond its bound disagrees, also where another one is
        unknown; an unknown entry makes agreement inconclusive.
    """
    with np.errstate(all="ignore"):  # NaN and infinity are dealt with by name
        difference = np.abs(candidate - reference)
        same = candidate == reference
        excess = np.where(same, 0.0, difference / error)
        floor = _floor(reference, error)
    known = np.isfinite(error) & np.isfinite(reference)
    wrong = known & ~same & ~(difference <= error)
    if wrong.any():
        verdict, badness = Verdict.DISAGREE, np.where(wrong, excess, -1.0)
    elif not known.all() or floor > AGREEMENT_FLOOR:
        verdict, badness = Verdict.INCONCLUSIVE, np.where(known, error, np.inf)
    else:
        verdict, badness = Verdict.AGREE, np.where(same, 0.0, difference)
    index = worst(badness)
    return {
        "evidence": Evidence.MEASURED,
        "verdict": verdict,
        "wrong": int(wrong.sum()),
        "floor": floor,
        "reference_error": float(error[index]) if error.size else 0.0,
        **(numbers_at(index, candidate, reference) if candidate.size else {}),
    }


def _floor(reference: Array, error: Array) -> float:
    """Return the detection floor: errors relative to the size of the gradient."""
    return float(np.max(error / weights(reference), initial=0.0))


def weights(reference: Array) -> Array:
    """Return the sizes to which the errors of the entries of a gradient are relative.

    Entries far below the largest one are measured against a ten-thousandth of it: differences of
    floats keep about ten digits of what they add up, and six of them are to be left.  An entry that
    is zero, as half of those behind a ReLU, has no relative error at all.
    """
    size = np.abs(reference)
    largest = float(np.max(size[np.isfinite(size)], initial=0.0))
    relative_to: Array = np.maximum(size, SMALL * largest) if largest else np.ones(size.shape)
    return relative_to
