"""Real numbers to test with: simple ones first, then short decimals, then awkward ones."""

from __future__ import annotations

import math
from functools import cache

from hypothesis import strategies as st

SIMPLE = (0.0, 1.0, -1.0, 2.0, 0.5, -0.5)
TINY = 1e-8
"""Small enough that 1 + x² rounds to 1, large enough that products of many do not underflow."""


def real_numbers(
    low: float = -math.inf, high: float = math.inf, *, magnitude: float = 1e3
) -> st.SearchStrategy[float]:
    """Draw finite numbers strictly between two bounds.

    They shrink towards 0, then 1, or else towards the middle of the bounds.  Besides short
    decimals, which print legibly, there are exact zeros, numbers of size 1e-8 and of the largest
    size, numbers close to a bound, and floats with all their digits.

    Parameters
    ----------
    low, high : float
        Bounds, themselves excluded; either may be infinite.
    magnitude : float
        How far numbers go from 0, or from the other bound, where a bound is infinite.

    Raises
    ------
    ValueError
        If the magnitude is not a positive finite number.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(real_numbers(), lambda x: True)
    0.0
    >>> find(real_numbers(3, 5), lambda x: True)
    4.0
    """
    if not 0 < magnitude < math.inf:
        raise ValueError(f"magnitude = {magnitude}: give a positive finite number")
    return _from_to(*_inside(low, high, magnitude))


@cache
def _from_to(first: float, last: float) -> st.SearchStrategy[float]:
    """Build each strategy once: Hypothesis examines a new one at length before it draws."""
    return st.one_of(
        _among((*SIMPLE, (first + last) / 2), first, last),
        _short_decimals(first, last),
        _among((TINY, -TINY, first, last), first, last),
        *_floats(first, last),
    )


def _inside(low: float, high: float, magnitude: float) -> tuple[float, float]:
    """Return the first and the last number to draw: close to a bound, or as far as allowed."""
    first = low if math.isfinite(low) else min(high, 0.0) - magnitude
    last = high if math.isfinite(high) else max(low, 0.0) + magnitude
    margin = TINY * min(1.0, last - first)
    if math.isfinite(low):
        first = max(low + margin, math.nextafter(low, math.inf))
    if math.isfinite(high):
        last = min(high - margin, math.nextafter(high, -math.inf))
    return first, last


def _among(values: tuple[float, ...], first: float, last: float) -> st.SearchStrategy[float]:
    inside = [x for x in values if first <= x <= last]
    return st.sampled_from(inside) if inside else st.nothing()


def _short_decimals(first: float, last: float) -> st.SearchStrategy[float]:
    """Draw numbers of three decimals, near 0 where the bounds allow it."""
    near = max(first, -3.0), min(last, 3.0)
    start, end = near if near[0] < near[1] else (first, last)
    thousandths = math.ceil(1000 * start), math.floor(1000 * end)
    if thousandths[0] > thousandths[1]:
        return st.nothing()
    return st.integers(*thousandths).map(lambda n: n / 1000)


def _floats(first: float, last: float) -> list[st.SearchStrategy[float]]:
    """Draw floats with all their digits, none of them smaller than TINY unless all are."""
    sides = [(max(first, TINY), last), (first, min(last, -TINY))]
    wide = [side for side in sides if side[0] < side[1]]
    return [st.floats(*side) for side in wide or [(first, last)]]
