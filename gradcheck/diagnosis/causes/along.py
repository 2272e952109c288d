"""Coefficients that are the same along some axes, and may differ along the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from gradcheck.diagnosis.bounded import Bounded, agree
from gradcheck.diagnosis.mismatch import Mismatch

Axes = tuple[int, ...]


def lines(mismatch: Mismatch, least: int = 2) -> Iterator[Axes]:
    """Yield sets of axes along which there are at least so many entries, the largest sets first.

    All axes together are left out: a single constant is looked for by itself.
    """
    shape = mismatch.window_shape
    axes = [axis for axis in range(len(shape)) if shape[axis] > 1]
    for count in range(len(axes) - 1, 0, -1):
        for chosen in combinations(axes, count):
            if int(np.prod([shape[axis] for axis in chosen])) >= least:
                yield chosen


def in_words(axes: Axes) -> str:
    """Write a set of axes.

    Examples
    --------
    >>> in_words((0,)), in_words((0, 2, 3))
    ('axis 0', 'axes 0, 2 and 3')
    """
    if len(axes) == 1:
        return f"axis {axes[0]}"
    return f"axes {', '.join(map(str, axes[:-1]))} and {axes[-1]}"


def coefficients(one: Bounded, other: Bounded, axes: Axes) -> Bounded | None:
    """Return what turns `other` into `one`, constant along axes; None if nothing does.

    Where `other` is zero along a whole line, so has `one` to be, and the coefficient is zero.

    Examples
    --------
    >>> from gradcheck.diagnosis.bounded import exactly
    >>> x = exactly([[1.0, 2.0], [3.0, 4.0]])
    >>> coefficients(exactly([[2.0, 4.0], [9.0, 12.0]]), x, (1,)).value
    array([[2.],
           [3.]])
    >>> coefficients(exactly([[2.0, 4.0], [9.0, 13.0]]), x, (1,)) is None
    True
    """
    ratio = one / other
    known = np.isfinite(ratio.value) & np.isfinite(ratio.error)
    low = np.where(known, ratio.value - ratio.error, -np.inf).max(axes, keepdims=True)
    high = np.where(known, ratio.value + ratio.error, np.inf).min(axes, keepdims=True)
    if (low > high).any():
        return None
    any_known = known.any(axes, keepdims=True)
    low, high = np.where(any_known, low, 0.0), np.where(any_known, high, 0.0)
    found = Bounded(low / 2 + high / 2, high - low)
    return found if agree(one, product(found, other)).all() else None


def product(one: Bounded, other: Bounded) -> Bounded:
    """Multiply two arrays that both have errors, the shape of the one laid over the other's."""
    value = one.value * other.value
    error = (
        one.error * np.abs(other.value) + np.abs(one.value) * other.error + one.error * other.error
    )
    return Bounded(value, error) * 1.0
