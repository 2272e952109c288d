"""Comparing two runs that should give the same: to the bit, or as far as rounding explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.checks.comparison import AGREEMENT_FLOOR, numbers_at, worst
from gradcheck.checks.finding import Verdict
from gradcheck.checks.laws.entitlement import gaps, largest_of
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation.layer import Array


@dataclass(frozen=True)
class Unlike:
    """That two arrays differ by more than rounding explains.

    Attributes
    ----------
    verdict : Verdict
        `INCONCLUSIVE` where no more than the seventh digit is affected: the code may compute in
        lower precision than its inputs, or iterate to a tolerance.
    columns : dict
        Where they differ most, both values, and how many entries differ.
    """

    verdict: Verdict
    columns: dict[str, Any]


def same_bits(found: Array, expected: Array) -> bool:
    """Whether two arrays hold the same numbers, NaN being equal to itself.

    Examples
    --------
    >>> same_bits(np.array([1.0, np.nan]), np.array([1.0, np.nan]))
    True
    """
    if found.shape != expected.shape:
        return False
    return bool(np.array_equal(found, expected, equal_nan=found.dtype.kind in "fc"))


def unlike(
    trial: Trial, name: str, found: Array, expected: Array, *, scale: float = 1.0
) -> Unlike | None:
    """Return how two arrays differ that should be the same; None if they do not.

    Equal bits are the same, and so is what rounding explains.

    Parameters
    ----------
    trial : Trial
        Whose layer both come from.
    name : str
        Of the output or the gradient.
    found, expected : ndarray
        Of any shapes; another shape is no likeness.
    scale : float
        By how much larger both are than the quantity at the example.
    """
    if same_bits(found, expected):
        return None
    return beyond(found, expected, scale * trial.rounding[name])


def beyond(found: Array, expected: Array, allowed: float = 0.0) -> Unlike | None:
    """Return how two arrays differ by more than is allowed; None if they do not."""
    if found.shape != expected.shape:
        return Unlike(Verdict.DISAGREE, {"shape": expected.shape, "wrong": expected.size})
    gap = gaps(found, expected)
    if (gap <= allowed).all():
        return None
    slight = gap.max() <= AGREEMENT_FLOOR * largest_of(expected)
    verdict = Verdict.INCONCLUSIVE if slight else Verdict.DISAGREE
    return Unlike(verdict, difference(found, expected, gap > allowed))


def difference(found: Array, expected: Array, differs: Array) -> dict[str, Any]:
    """Return the columns of a finding on two arrays of the same shape that differ.

    Parameters
    ----------
    found, expected : ndarray
        Of the same shape.
    differs : ndarray of bool
        Where they do.
    """
    index = worst(np.where(differs, gaps(found, expected), -1.0))
    return {
        "shape": expected.shape,
        "entries": expected.size,
        "wrong": int(differs.sum()),
        **numbers_at(index, np.real(found), np.real(expected)),
    }
