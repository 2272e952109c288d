"""Running somebody's function on balls, at a precision that rises until everything is decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from flint import arb

from gradcheck.arithmetic.array import BallArray, to_balls
from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.buffers import boxed_if_balls
from gradcheck.arithmetic.elementwise import object_array
from gradcheck.arithmetic.errors import NotLiftable, Undecided
from gradcheck.arithmetic.leaves import leaves, map_leaves
from gradcheck.arithmetic.lifting import lifted
from gradcheck.arithmetic.precision import DEFAULT_BITS, precision

_GUESS = ": a tie or a kink, or a loss of all digits"

LIMIT_BITS = 3200
"""Four doublings of the default: what is undecided at 960 digits is a tie or a kink."""


def in_balls(
    function: Callable[..., Any],
    *args: Any,
    bits: int = DEFAULT_BITS,
    limit: int = LIMIT_BITS,
    accurate_to: int | None = None,
) -> Any:
    """Run a function on balls, doubling the precision until its comparisons are decided.

    Parameters
    ----------
    function
        Plain NumPy code.
    args
        Its arguments. Floats, and arrays of them, are lifted exactly, also inside lists, tuples and
        dicts; everything else is passed as it is. Each run gets arrays of its own.
    bits
        Precision of the first run.
    limit
        Highest precision tried.
    accurate_to
        If given, the precision also rises until every ball of the result is known to this many
        bits. A ball that is exact is; one that contains zero is when its radius is below 2^-b times
        the greatest number of its array, or below 4^-b where that array has no number but zeros.

    Returns
    -------
    object
        What the function returned, with `Ball` and `BallArray` for floats.

    Raises
    ------
    Undecided
        If a comparison, or the accuracy, is open at `limit` bits still: a tie or a kink.
    NotLiftable
        If the code cannot run on balls: a cast to float, a routine in C, complex numbers.

    Notes
    -----
    Numbers that the code writes down, or computes from no ball, are the doubles that they are in
    production: `0.1`, `np.pi`, `1 / 3`, `np.sqrt(64)`. They are taken exactly as these doubles.

    Examples
    --------
    >>> in_balls(lambda x: np.tanh(x).sum(), np.array([0.5, 2.0]))
    [1.4261447373358266 +/- 4.25e-17]
    >>> in_balls(lambda x: np.sqrt(x) ** 2 > x, 2.0)
    Traceback (most recent call last):
    ...
    gradcheck.arithmetic.errors.Undecided: [2.0000000000000000 +/- ...] > 2.0...
    """
    while True:
        with precision(bits):
            try:
                result = _run(function, args)
                _require(result, accurate_to)
                return result
            except Undecided as reason:
                if 2 * bits > limit:
                    raise Undecided(f"{reason} (still at {bits} bits{_GUESS})") from reason
        bits *= 2


def _run(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Run once; a TypeError is the refusal of a routine that has never heard of balls."""
    with lifted(function):
        try:
            return map_leaves(function(*map_leaves(args, _lift)), boxed_if_balls)
        except Exception as error:
            raise _reason(error) from error


def _reason(error: BaseException) -> BaseException:
    """Find the refusal behind an error of NumPy's; the code's own errors are what they are."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, (NotLiftable, Undecided)):
            return cause
        cause = cause.__cause__
    if isinstance(error, (TypeError, AttributeError)):
        return NotLiftable(f"on balls, {type(error).__name__}: {error}")
    return error


def _lift(value: Any) -> Any:
    """Lift numbers; an array of balls that the function could change is copied."""
    is_number = isinstance(value, (np.ndarray, float, np.floating))
    balls = to_balls(value) if is_number else value
    return balls.copy() if balls is value and isinstance(value, BallArray) else balls


def _require(result: Any, bits: int | None) -> None:
    """Raise where a ball of the result is not known to `bits` bits."""
    if bits is None:
        return
    for leaf in leaves(result):
        if isinstance(leaf, (Ball, BallArray)):
            _require_of_array([ball.arb for ball in object_array(leaf).ravel().tolist()], bits)


def _require_of_array(numbers: list[arb], bits: int) -> None:
    unknown = [x for x in numbers if x.is_finite() and x.rel_accuracy_bits() < bits]
    negligible = _negligible(numbers, bits)
    for x in unknown:
        if not (x.contains(0) and x.rad() <= negligible):
            raise Undecided(f"{Ball(x)!r} is not known to {bits} bits")


def _negligible(numbers: list[arb], bits: int) -> arb:
    """Give the radius below which a ball around zero is as good as zero beside the others."""
    greatest = max((x.abs_lower() for x in numbers if x.is_finite()), default=arb(0))
    return arb(greatest / 2**bits if greatest > 0 else arb(1) / 4**bits)
