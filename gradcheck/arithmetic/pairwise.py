"""Functions of two numbers that are no operators: extrema, remainders, logaddexp and their kin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from flint import arb

from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.elementary import DECIDING
from gradcheck.arithmetic.errors import Undecided

_ZERO, _ONE = Ball(0), Ball(1)


def maximum(x: Ball, y: Ball) -> Ball:
    """Give the greater, the first of two equals, `nan` if either is."""
    return x if x.arb.is_nan() or x >= y else y


def minimum(x: Ball, y: Ball) -> Ball:
    """Give the smaller, the first of two equals, `nan` if either is."""
    return x if x.arb.is_nan() or x <= y else y


def fmax(x: Ball, y: Ball) -> Ball:
    """Give the greater, ignoring `nan`."""
    return y if x.arb.is_nan() else x if y.arb.is_nan() else maximum(x, y)


def fmin(x: Ball, y: Ball) -> Ball:
    """Give the smaller, ignoring `nan`."""
    return y if x.arb.is_nan() else x if y.arb.is_nan() else minimum(x, y)


def clip(x: Ball, low: Ball, high: Ball) -> Ball:
    """Give `x`, or the bound that it is beyond; `high` where `low` is above it."""
    return minimum(maximum(x, low), high)


def _rounded(x: Ball, how: str) -> Ball:
    return Ball(DECIDING[how](x.arb))


def floor_divide(x: Ball, y: Ball) -> Ball:
    """Give the floor of x / y, of the true quotient."""
    return _rounded(x / y, "floor")


def remainder(x: Ball, y: Ball) -> Any:
    """Give x - floor(x / y) y, with the sign of y; x itself beside an infinite y of its sign."""
    if np.isinf(y) and np.isfinite(x):
        return x if (x >= 0) == (y > 0) or x == 0 else y
    return x - y * floor_divide(x, y)


def fmod(x: Ball, y: Ball) -> Ball:
    """Give x - trunc(x / y) y, with the sign of x."""
    return x if np.isinf(y) and np.isfinite(x) else x - y * _rounded(x / y, "trunc")


def arctan2(y: Ball, x: Ball) -> Ball:
    """Give the angle of the point (x, y), in radians; undecided across the cut at y = 0, x < 0."""
    if not (x.arb.is_finite() and y.arb.is_finite()):
        return _arctan2_at_infinity(y, x)
    if not (x > 0 or y > 0 or y < 0 or y == 0):
        raise Undecided(f"arctan2({y!r}, {x!r}): the ball straddles the cut")
    return Ball(arb.atan2(y.arb, x.arb))


def _arctan2_at_infinity(y: Ball, x: Ball) -> Ball:
    """Multiples of pi/4, for which only signs and infinities matter; or `nan`."""
    with np.errstate(all="ignore"):
        eighths = np.arctan2(_sign_or_infinity(y), _sign_or_infinity(x)) * 4 / np.pi
    return Ball(eighths) if np.isnan(eighths) else Ball(round(eighths) * arb.pi() / 4)


def _sign_or_infinity(x: Ball) -> float:
    return float(x.arb) if not x.arb.is_finite() else float(x.sign().arb)


def hypot(x: Ball, y: Ball) -> Any:
    """Give sqrt(x^2 + y^2)."""
    return (x * x + y * y).sqrt()


def logaddexp(x: Ball, y: Ball) -> Any:
    """Give log(e^x + e^y); balls neither overflow nor cancel, so it needs no shift."""
    return (x.exp() + y.exp()).log()


def logaddexp2(x: Ball, y: Ball) -> Any:
    """Give log2(2^x + 2^y)."""
    return (x.exp2() + y.exp2()).log2()


def copysign(x: Ball, y: Ball) -> Ball:
    """Give |x| with the sign of y; the zero of balls has none and counts as positive."""
    return -abs(x) if y < 0 else abs(x)


def heaviside(x: Ball, at_zero: Ball) -> Ball:
    """Give the step function: 0 left of zero, 1 right of it, `at_zero` at it."""
    if x.arb.is_nan():
        return x
    return at_zero if x == 0 else _ONE if x > 0 else _ZERO


def xlogy(x: Ball, y: Ball) -> Any:
    """Give x log(y), and 0 where x is 0 and y is a number."""
    return _ZERO if _is_zero_beside(x, y) else x * y.log()


def xlog1py(x: Ball, y: Ball) -> Any:
    """Give x log(1 + y), and 0 where x is 0 and y is a number."""
    return _ZERO if _is_zero_beside(x, y) else x * y.log1p()


def _is_zero_beside(x: Ball, y: Ball) -> bool:
    return not y.arb.is_nan() and x.arb.is_zero()


def entr(x: Ball) -> Ball:
    """Give -x log(x), 0 at 0, -inf left of it."""
    return Ball(-np.inf) if x < 0 else -xlogy(x, x)


PAIRWISE: dict[str, Callable[[Ball, Ball], Ball]] = {
    "arctan2": arctan2,
    "copysign": copysign,
    "floor_divide": floor_divide,
    "fmax": fmax,
    "fmin": fmin,
    "fmod": fmod,
    "heaviside": heaviside,
    "hypot": hypot,
    "logaddexp": logaddexp,
    "logaddexp2": logaddexp2,
    "maximum": maximum,
    "minimum": minimum,
    "remainder": remainder,
    "xlog1py": xlog1py,
    "xlogy": xlogy,
}
"""Functions of two balls by the names of their ufuncs."""
