"""The working precision of ball arithmetic: the one place that sets it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import flint

flint.ctx.threads = os.cpu_count() or 1  # large products of matrices take all cores

DEFAULT_BITS = 200
"""60 decimal digits: a central difference at step 2^-60 keeps more than 30 of them."""


def current_precision() -> int:
    """Significand bits that results are rounded to at the moment.

    Examples
    --------
    >>> with precision(400):
    ...     current_precision()
    400
    """
    return int(flint.ctx.prec)


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Round results to `bits` bits inside the block, and restore what was before.

    Parameters
    ----------
    bits
        Significand bits of the midpoints, at least 2.

    Raises
    ------
    ValueError
        If `bits` is below 2.

    Examples
    --------
    >>> before = current_precision()
    >>> with precision(300):
    ...     pass
    >>> current_precision() == before
    True
    """
    if bits < 2:
        raise ValueError(f"precision({bits!r}): a ball needs at least 2 bits; 200 is usual")
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before
