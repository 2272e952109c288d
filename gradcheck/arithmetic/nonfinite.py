"""Results that are no finite ball: what IEEE 754 says at infinities and poles, or undecided.

`flint` answers `nan` for a pole, for a point outside the domain and for a ball that is merely too
wide. NumPy code tells the first two apart (1/0 is inf, log(-1) is nan), and the third must raise
the precision instead of spreading a `nan`.
"""

from __future__ import annotations

from math import inf, nan

import numpy as np
from flint import arb

from gradcheck.arithmetic.errors import Undecided

DOMAINS = {
    "arccos": (-1.0, 1.0),
    "arccosh": (1.0, inf),
    "arcsin": (-1.0, 1.0),
    "arctanh": (-1.0, 1.0),
    "log": (0.0, inf),
    "log10": (0.0, inf),
    "log1p": (-1.0, inf),
    "log2": (0.0, inf),
    "sqrt": (0.0, inf),
}
"""The closed intervals outside which a real function has no value."""

LIMITS = {
    "exp2": (0.0, inf),
    "cbrt": (-inf, inf),
    "digamma": (nan, inf),
    "erf": (-1.0, 1.0),
    "erfc": (2.0, 0.0),
    "expit": (0.0, 1.0),
    "gammaln": (-inf, inf),
    "log_expit": (-inf, 0.0),
    "logit": (nan, nan),
    "ndtr": (0.0, 1.0),
    "sinc": (nan, nan),
}
"""Values of NumPy and SciPy at -inf and +inf, for what is no ufunc of NumPy with that name."""


def is_nan(x: arb) -> bool:
    """Tell whether `x` is the number `nan` (not: a ball too wide to be known)."""
    return bool(x.is_nan())


def is_infinite(x: arb) -> bool:
    """Tell whether `x` is +inf or -inf.

    Raises
    ------
    Undecided
        If the radius is infinite: the ball could be any number.
    """
    if x.is_finite() or x.is_nan():
        return False
    if not x.rad().is_finite():
        raise Undecided("a ball grew without bound (its radius is infinite)")
    return True


def ieee_binary(name: str, x: arb, y: arb) -> arb:
    """Answer add, subtract, multiply or divide where the result is not a finite ball."""
    with np.errstate(all="ignore"):
        return arb(float(getattr(np, name)(_stand_in(x), _stand_in(y))))


def ieee_power(x: arb, y: arb) -> arb:
    """Answer `x ** y` where the result is not a finite ball."""
    if not (x.is_finite() and y.is_finite()):
        return _power_at_infinity(x, y)
    if x < 0 and not y.contains_integer():
        return arb(nan)
    if x.is_zero() and (y < 0 or y > 0):
        return arb(inf if y < 0 else 0)
    raise Undecided(f"{_text(x)} ** {_text(y)}: more must be known of the base or the exponent")


def _power_at_infinity(x: arb, y: arb) -> arb:
    """Answer where x or y is infinite or nan: for y only |x| against 1 matters, for x only y."""
    base = _beside_one(x) if x.is_finite() else _stand_in(x)
    exponent = float(y) if y.is_finite() else _stand_in(y)
    with np.errstate(all="ignore"):
        return arb(float(np.power(base, exponent)))


def _beside_one(x: arb) -> float:
    """Give 0, 1/2, 1 or 2 with the sign of `x`: zero, or its size against one."""
    sign = _stand_in(x)
    size = abs(x)
    if not (size < 1 or size >= 1):
        raise Undecided(f"{_text(x)}: its size against 1 decides the result and is not known")
    return sign * (0.5 if size < 1 else 2.0 if size > 1 else 1.0)


def ieee_unary(name: str, x: arb) -> arb:
    """Answer the function `name` where flint found no finite ball.

    Raises
    ------
    Undecided
        If `x` is finite and straddles the edge of the domain, or a pole.
    """
    if is_nan(x):
        return arb(nan)
    if is_infinite(x):
        return x.atan() if name == "arctan" else arb(_limit(name, x > 0))
    low, high = DOMAINS.get(name, (-inf, inf))
    if x < low or x > high:
        return arb(nan)
    for edge in (low, high):
        if x == edge:
            return arb(_float_value(name, edge))
    raise Undecided(f"{name}({_text(x)}): the ball touches the edge of the domain, or a pole")


def _limit(name: str, positive: bool) -> float:  # noqa: FBT001 - a sign, used right here
    if name in LIMITS:
        return LIMITS[name][positive]
    return _float_value(name, inf if positive else -inf)


def _float_value(name: str, x: float) -> float:
    with np.errstate(all="ignore"):
        return float(getattr(np, name)(x))


def _stand_in(x: arb) -> float:
    """Give a float of the same kind: nan, an infinity, zero, or plus or minus one."""
    if is_nan(x):
        return nan
    if is_infinite(x):
        return inf if x > 0 else -inf
    if x.is_zero():
        return 0.0
    if x > 0:
        return 1.0
    if x < 0:
        return -1.0
    raise Undecided(f"{_text(x)}: the sign decides the result and is not known")


def _text(x: arb) -> str:
    return str(x.str(17))
