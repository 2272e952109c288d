r"""Exact oracle: differences of the forward code in ball arithmetic.

With hundreds of bits there is no cancellation to fear, so the step is tiny and fixed: at
h = 2^-60 the truncation of a central difference is of relative size 2^-120, 36 digits down.
Every number is a ball, so that rounding is bounded and the rest is only:

* **truncation**: the change from step h to h/2 bounds the error of the extrapolated value, which
  is smaller by another factor h²;
* **kinks**: the jump between the two one-sided slopes shrinks with h where the function is smooth
  and stays where it is not;
* **edges**: where one side is not finite the other side alone is used, with Aitken's Δ² process,
  because one-sided differences at an edge converge with an unknown power of h.

What looks like a kink at 2^-60 is looked at again with a step far below the smallest positive
double, so that a kink *near* the point does not pass for a kink *at* it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

import numpy as np
from flint import arb

from gradcheck.arithmetic import Ball, NotLiftable, Undecided, precision

Path: TypeAlias = Callable[[Ball], Any]


class Shape(Enum):
    """What a function looks like along a path, at the point."""

    SMOOTH = "smooth"
    KINK = "kink"
    EDGE = "edge of the domain"
    STEEP = "infinite slope"
    OUTSIDE = "outside the domain"
    TIE = "tie that no precision decides"
    ROUGH = "values that do not converge"


@dataclass(frozen=True, slots=True)
class Slope:
    """The derivative of a function of one number at 0, in ball arithmetic.

    Attributes
    ----------
    value : Ball
        The derivative; at a kink the mean of both one-sided slopes; NaN where there is none.
    error : Ball
        Bound on the absolute error of `value`: truncation and radius together.
    left, right : Ball
        The one-sided slopes.
    shape : Shape
        Whether the function is smooth there.
    bits : int
        The working precision that was needed.
    """

    value: Ball
    error: Ball
    left: Ball
    right: Ball
    shape: Shape
    bits: int


@dataclass(frozen=True, slots=True)
class Effort:
    """How far a difference goes: the step is 2^-`step`, the numbers have `bits` bits."""

    step: int
    bits: int


# 2^-1200 is below every positive double (2^-1074), so that a kink seen there is at the point.
EFFORTS = (Effort(60, 200), Effort(180, 560), Effort(1200, 2600))
LOG_SCALE = 10
"""log2 of how fast a function may vary, per unit of the direction, to be judged at a glance."""

LEAST_DIGITS = 12
"""Below, differences are said not to converge."""

GLANCE = Effort(70, 200)
"""A smaller step, because its truncation is supposed and not measured: 36 digits."""

DIGITS = 30
"""An exact derivative has at least this many digits, or more effort is made."""


def slope(path: Path, *, efforts: tuple[Effort, ...] = EFFORTS) -> Slope:
    """Differentiate a function of one number at 0 in ball arithmetic.

    Parameters
    ----------
    path : callable
        Takes a ball and returns a ball.  Called at 0, ±h, ±h/2 and, at an edge, h/4.
    efforts : sequence of Effort
        What to try, in turn, until the derivative has 30 digits or its sign of trouble (kink,
        edge) stands at the last and smallest step.

    Returns
    -------
    Slope
        The derivative, its error, both one-sided slopes and what the function looks like.

    Raises
    ------
    NotLiftable
        If the function does what balls cannot follow.

    Examples
    --------
    >>> s = slope(lambda t: (t + 1).exp())
    >>> s.shape.value, float(s.value.arb), digits(s.error, s.value) > 30
    ('smooth', 2.718281828459045, True)
    >>> k = slope(abs)
    >>> k.shape.value, float(k.left.arb), float(k.right.arb)
    ('kink', -1.0, 1.0)
    """
    found, left_to_try = None, list(efforts)
    while left_to_try:
        effort = left_to_try.pop(0)
        with precision(effort.bits):
            found = _attempt(path, effort) or found
        if found is None:
            continue  # undecided: more bits may decide
        if found.shape is not Shape.SMOOTH:
            left_to_try = left_to_try[-1:]  # is it still there below every positive double?
        elif _sharp(found):
            break
    if found is None:
        return _nothing(Shape.TIE, efforts[-1])
    if found.shape is Shape.ROUGH:
        raise NotLiftable("the values of the forward code jump from point to point in balls")
    if found.shape is not Shape.SMOOTH or not _sharp(found):
        _demand_repeatable(path)
    if found.shape is Shape.SMOOTH and digits(found.error, found.value) < LEAST_DIGITS:
        _demand_small(found)
    return found


def glance(path: Path, effort: Effort = GLANCE) -> Slope | None:
    """Differentiate with three samples, for a first comparison that is expected to agree.

    The truncation is not measured, it is taken to be what it is for a function that varies on the
    scale of one thousandth or more.  A function that varies faster will not agree with anything to
    30 digits, and `slope` looks at it properly.

    Parameters
    ----------
    path : callable
        Takes a ball and returns a ball.  Called at 0 and ±h.
    effort : Effort
        The step and the precision.

    Returns
    -------
    Slope or None
        None unless the function is finite and smooth as far as three samples show.

    Examples
    --------
    >>> glance(lambda t: (t + 1).exp()).shape.value, glance(abs)
    ('smooth', None)
    """
    h = Ball(arb(2) ** -effort.step)
    with precision(effort.bits):
        try:
            here, ahead, behind = _at(path, Ball(0)), _at(path, h), _at(path, -h)
        except Undecided:
            return None
        value = (ahead - behind) / (2 * h)
        jump = (ahead + behind - 2 * here) / h
        slow = log2_of(jump) <= log2_of(value) - effort.step + LOG_SCALE
        if not (_finite(value) and _finite(jump) and slow):
            return None
        truncation = _upper(value) * Ball(arb(2) ** (2 * (LOG_SCALE - effort.step)))
        return Slope(value, truncation + _radius(value), value, value, Shape.SMOOTH, effort.bits)


def digits(error: Any, scale: Any) -> float:
    """Return how many decimal digits an error leaves of a number of size `scale`.

    Infinite for an error of exactly zero, zero or negative where nothing is left.

    Examples
    --------
    >>> digits(Ball(2) ** -100, Ball(1)) > 30
    True
    """
    return (log2_of(scale) - log2_of(error)) * float(np.log10(2))


def log2_of(x: Any) -> float:
    """Return log2 of an upper bound on abs(x): finite where a float would underflow.

    Examples
    --------
    >>> log2_of(Ball(2) ** -2000)
    -2000.0
    """
    upper = (x.arb if isinstance(x, Ball) else arb(x)).abs_upper()
    if not upper.is_finite():
        return float("inf")
    if upper == 0:
        return float("-inf")
    mantissa, exponent = (int(part) for part in upper.man_exp())
    size = mantissa.bit_length()
    return exponent + size + math.log2(mantissa / (1 << size))


def _demand_repeatable(path: Path) -> None:
    """Refuse code that gives another value each time: its differences mean nothing."""
    with precision(EFFORTS[0].bits):
        first, second = _at(path, Ball(0)), _at(path, Ball(0))
        if not (first.arb - second.arb).contains(0) and _finite(first):
            raise NotLiftable("the forward code gives another value when it is run again")


def _demand_small(found: Slope) -> None:
    """Refuse differences that do not converge, unless all that is left of them is next to zero."""
    if log2_of(found.error) > -100:
        raise NotLiftable("the differences of the forward code do not converge in balls")


def power_of_two(exponent: float) -> float:
    """Return 2**exponent, infinite where a float would overflow.

    Examples
    --------
    >>> power_of_two(-1.0), power_of_two(5000.0)
    (0.5, inf)
    """
    return 2.0**exponent if exponent < 1024 else math.inf


def _sharp(found: Slope) -> bool:
    """Whether the digits asked for are there; a derivative of zero is held against the radius."""
    return digits(found.error, found.value) >= DIGITS or log2_of(found.error) < -100


def _attempt(path: Path, effort: Effort) -> Slope | None:
    """Differentiate with one step; None where a comparison stays undecided at this precision."""
    h = Ball(arb(2) ** -effort.step)
    try:
        here, ahead, behind = _at(path, Ball(0)), _at(path, h), _at(path, -h)
        if not _finite(here):
            return _nothing(Shape.OUTSIDE, effort)
        if _finite(ahead) and _finite(behind):
            halves = _at(path, h / 2), _at(path, -h / 2)
            return _central(here, (ahead, behind), halves, h, effort)
        if _finite(ahead) or _finite(behind):
            side = 1 if _finite(ahead) else -1
            return _one_sided(path, here, h, side, effort)
    except Undecided:
        return None
    return _nothing(Shape.OUTSIDE, effort)


def _at(path: Path, t: Ball) -> Ball:
    value = path(t)
    return value if isinstance(value, Ball) else Ball(np.asarray(value, dtype=object).item())


def _finite(x: Ball) -> bool:
    return bool(x.arb.is_finite())


def _nothing(shape: Shape, effort: Effort) -> Slope:
    nan = Ball(np.nan)
    return Slope(nan, Ball(np.inf), nan, nan, shape, effort.bits)


def _central(
    here: Ball, full: tuple[Ball, Ball], half: tuple[Ball, Ball], h: Ball, effort: Effort
) -> Slope:
    """Combine the samples at ±h and ±h/2: one Richardson step, and the jump of the slopes."""
    coarse = (full[0] - full[1]) / (2 * h)
    fine = (half[0] - half[1]) / h
    jump = (full[0] + full[1] - 2 * here) / h
    half_jump = (half[0] + half[1] - 2 * here) / (h / 2)
    value = (4 * fine - coarse) / 3
    left, right = (here - half[1]) / (h / 2), (half[0] - here) / (h / 2)
    if _stays(jump, half_jump):
        drift = [(full[0] - here) / h - right, (here - full[1]) / h - left]
        if max(map(log2_of, drift)) > log2_of(half_jump) - 2:
            return _nothing(Shape.ROUGH, effort)  # the slopes of a kink converge on either side
        error = _upper(half_jump)
        return Slope(value, error, left, right, Shape.KINK, effort.bits)
    error = _upper(coarse - fine) + _radius(value)
    return Slope(value, error, value, value, Shape.SMOOTH, effort.bits)


def _stays(jump: Ball, half_jump: Ball) -> bool:
    """Whether the jump between the slopes survives halving the step.

    A smooth function's jump is h f'' and halves; a kink's stays.  Three quarters is the middle.
    """
    lowest = half_jump.arb.abs_lower()
    return bool(lowest > 0) and bool(lowest * 4 > jump.arb.abs_upper() * 3)


def _one_sided(path: Path, here: Ball, h: Ball, side: int, effort: Effort) -> Slope:
    """Extrapolate the slopes at h, h/2 and h/4 on the side that the domain has."""
    steps = [side * h / 2**n for n in range(3)]
    slopes = [(_at(path, step) - here) / step for step in steps]
    first, second = slopes[0] - slopes[1], slopes[1] - slopes[2]
    nan = Ball(np.nan)
    if bool(second.arb.abs_upper() == 0) or second.arb.contains(0):
        value, error = slopes[2], _upper(first) + _radius(slopes[2])
    elif bool(second.arb.abs_lower() * 20 > first.arb.abs_upper() * 19):  # no convergence
        return _nothing(Shape.STEEP, effort)
    else:
        value = slopes[2] - second * second / (first - second)
        error = _upper(value - slopes[2]) + _radius(value)
    left, right = (nan, value) if side > 0 else (value, nan)
    return Slope(value, error, left, right, Shape.EDGE, effort.bits)


def _upper(x: Ball) -> Ball:
    return Ball(x.arb.abs_upper())


def _radius(x: Ball) -> Ball:
    return Ball(x.arb.rad())
