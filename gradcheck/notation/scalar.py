"""Elementary functions of one number, whatever its kind: float, complex, ball or symbol.

Scalar forms take their functions from here and never from :mod:`math`, so that the same loops
run in every arithmetic.  On floats they follow IEEE 754 (``exp(1000.0)`` is infinity and
``log(0.0)`` is minus infinity) where :mod:`math` would raise.

Any other kind of number brings the function as a method of the same name, which is the
convention by which NumPy evaluates its functions on arrays of objects.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import numpy as np

Number: TypeAlias = Any  # float, complex, ball, symbol: whatever the caller's arithmetic is


def _elementary(
    name: str, real: Callable[[float], float], cplx: Callable[[complex], complex] | None = None
) -> Callable[[Number], Number]:
    """Return ``name`` for every kind of number: floats by `real`, complex by `cplx`."""

    def function(x: Number) -> Number:
        kind = type(x)
        try:
            if kind is float:
                return real(x)
            if kind is complex and cplx is not None:
                return cplx(x)
        except (ValueError, OverflowError):  # where math raises, IEEE 754 has a value
            return _ieee(name, x).item()
        if isinstance(x, np.generic) or kind in (int, complex):
            return _ieee(name, x)
        return getattr(x, name)()

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"Return {name}(x) for a number of any kind."
    return function


def _ieee(name: str, x: Number) -> Number:
    with np.errstate(all="ignore"):  # the infinity or NaN itself is the answer
        return getattr(np, name)(x)


def _special(name: str, real: Callable[[float], float]) -> Callable[[Number], Number]:
    """Return ``name``, which NumPy lacks: floats by `real`, others by their method of that name."""

    def function(x: Number) -> Number:
        if isinstance(x, (float, int)):
            return real(x)
        return getattr(x, name)()  # one wider than float64 has none: better that than 53 bits

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"Return {name}(x) for a float, a ball or a symbol."
    return function


def _normal_distribution(x: float) -> float:
    return math.erfc(-x / math.sqrt(2)) / 2  # 1 + erf would cancel in the lower tail


exp = _elementary("exp", math.exp, cmath.exp)
expm1 = _elementary("expm1", math.expm1)
log = _elementary("log", math.log, cmath.log)
log1p = _elementary("log1p", math.log1p)
sqrt = _elementary("sqrt", math.sqrt, cmath.sqrt)
sin = _elementary("sin", math.sin, cmath.sin)
cos = _elementary("cos", math.cos, cmath.cos)
tanh = _elementary("tanh", math.tanh, cmath.tanh)
arctan = _elementary("arctan", math.atan, cmath.atan)
erf = _special("erf", math.erf)
ndtr = _special("ndtr", _normal_distribution)


def number_like(x: Number, value: float) -> Number:
    """Return the value as a number of the kind of x, so that what follows is as precise as x.

    ``sqrt(2.0)`` has 53 bits in every arithmetic; ``sqrt(number_like(x, 2))`` has those of x.

    Examples
    --------
    >>> number_like(0.5, 2)
    2.0
    """
    if isinstance(x, np.generic):
        return type(x)(value)  # NumPy 1 would widen a float32 beside a Python number
    return 0 * x + value


def pi(x: Number) -> Number:
    """Return the number pi to the precision of x.

    Examples
    --------
    >>> pi(1.0)
    3.141592653589793
    """
    return 4 * arctan(number_like(x, 1))


def maximum(x: Number, y: Number) -> Number:
    """Return the larger of two numbers, the first where they are equal.

    Examples
    --------
    >>> maximum(2.0, 3.0)
    3.0
    """
    return y if y > x else x


def minimum(x: Number, y: Number) -> Number:
    """Return the smaller of two numbers, the first where they are equal.

    Examples
    --------
    >>> minimum(2.0, 3.0)
    2.0
    """
    return y if y < x else x


def absolute(x: Number) -> Number:
    """Return x or -x, whichever is not negative; at zero x itself.

    Examples
    --------
    >>> absolute(-2.0)
    2.0
    """
    return -x if x < 0 else x


def total(terms: Iterable[Number]) -> Number:
    """Return the sum of the terms, added in the order in which the formula lists them.

    Examples
    --------
    >>> total(k * 0.5 for k in range(4))
    3.0
    """
    result: Number = 0.0
    for term in terms:
        result = result + term
    return result
