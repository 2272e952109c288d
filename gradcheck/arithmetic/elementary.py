"""Elementary functions of one ball, under the names of the NumPy and SciPy ufuncs.

A function takes and returns a flint `arb`. Where flint finds no finite ball, `nonfinite` answers.
Rounding to integers, the sign and the absolute value decide, and raise `Undecided` where the ball
straddles the place at which the answer jumps or bends.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb

from gradcheck.arithmetic.errors import Undecided

ArbFunction = Callable[[arb], arb]


def cbrt(x: arb) -> arb:
    """Give the real cube root, negative for a negative `x`."""
    if x.is_zero():
        return x
    return sign(x) * abs(x).root(3)


def expit(x: arb) -> arb:
    """Give the logistic function 1 / (1 + e^-x)."""
    return 1 / (1 + (-x).exp())


def log_expit(x: arb) -> arb:
    """Give log(expit(x)) = -log(1 + e^-x)."""
    return -(-x).exp().log1p()


def logit(x: arb) -> arb:
    """Give the inverse of expit, log(x / (1 - x))."""
    return (x / (1 - x)).log()


def ndtr(x: arb) -> arb:
    """Give the distribution function of the standard normal, erfc(-x / sqrt 2) / 2."""
    return (-x / arb(2).sqrt()).erfc() / 2


def gammaln(x: arb) -> arb:
    """Give log |gamma(x)|, as SciPy does: flint's lgamma has no value left of zero."""
    return x.lgamma() if x > 0 else abs(x.gamma()).log()


def sign(x: arb) -> arb:
    """Give -1, 0 or 1; `nan` for `nan`."""
    if x > 0:
        return arb(1)
    if x < 0:
        return arb(-1)
    if x.is_zero() or x.is_nan():
        return x
    raise Undecided(f"sign({x.str(17)}): the ball contains zero")


def absolute(x: arb) -> arb:
    """Give |x|; undecided, not widened, where the ball straddles the kink at zero."""
    if x < 0:
        return -x
    if x >= 0 or x.is_nan():
        return x
    raise Undecided(f"abs({x.str(17)}): the ball contains zero")


def floor(x: arb) -> arb:
    """Give the greatest integer that is not above `x`."""
    if not x.is_finite() or x.is_integer():
        return x
    value = x.floor()
    if value.is_exact():
        return value
    raise Undecided(f"floor({x.str(17)}): the ball contains an integer, or needs more bits")


def ceil(x: arb) -> arb:
    """Give the least integer that is not below `x`."""
    return x if x.is_integer() else -floor(-x)


def trunc(x: arb) -> arb:
    """Give the integer part of `x`: the jump at zero is none, so its sign need not be known."""
    if x.is_integer():
        return x
    if abs(x) < 1:
        return arb(0)
    return floor(x) if x > 0 else ceil(x)


def rint(x: arb) -> arb:
    """Give the nearest integer, and the even one for a half, as NumPy does."""
    value = floor(x + arb(0.5))
    is_half = x.is_exact() and value - x == arb(0.5)
    return value - 1 if is_half and not (value / 2).is_integer() else value


ELEMENTARY: dict[str, ArbFunction] = {
    "arccos": arb.acos,
    "arccosh": arb.acosh,
    "arcsin": arb.asin,
    "arcsinh": arb.asinh,
    "arctan": arb.atan,
    "arctanh": arb.atanh,
    "cbrt": cbrt,
    "cos": arb.cos,
    "cosh": arb.cosh,
    "digamma": arb.digamma,
    "erf": arb.erf,
    "erfc": arb.erfc,
    "exp": arb.exp,
    "exp2": lambda x: arb(2) ** x,
    "expit": expit,
    "expm1": arb.expm1,
    "gammaln": gammaln,
    "log": arb.log,
    "log10": lambda x: x.log_base(10),
    "log1p": arb.log1p,
    "log2": lambda x: x.log_base(2),
    "log_expit": log_expit,
    "logit": logit,
    "ndtr": ndtr,
    "sin": arb.sin,
    "sinc": arb.sinc_pi,
    "sinh": arb.sinh,
    "sqrt": arb.sqrt,
    "tan": arb.tan,
    "tanh": arb.tanh,
    "degrees": lambda x: x * 180 / arb.pi(),
    "radians": lambda x: x * arb.pi() / 180,
}
"""Functions whose results may be infinite or `nan`: see `nonfinite.ieee_unary`."""

DECIDING: dict[str, ArbFunction] = {
    "absolute": absolute,
    "ceil": ceil,
    "fabs": absolute,
    "floor": floor,
    "rint": rint,
    "sign": sign,
    "trunc": trunc,
}
"""Functions that jump or bend; they answer for infinities and `nan` themselves."""
