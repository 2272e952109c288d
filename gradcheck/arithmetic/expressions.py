"""Elementary functions of one expression of sympy, under the names of the NumPy and SciPy ufuncs.

A branch, a jump or a bend at a place that the assumptions leave open is refused: a proof holds for
all values.  sympy is an extra: nothing imports this module unless proofs are asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import sympy

Expr: TypeAlias = Any  # an expression of sympy, which is not typed


class NotSymbolic(TypeError):  # noqa: N818 - a verdict on the code, read as one
    """The code does something that symbols cannot follow; the message names it.

    Examples
    --------
    >>> expression(float("inf"))
    Traceback (most recent call last):
    ...
    gradcheck.arithmetic.expressions.NotSymbolic: inf is no finite real number
    """


class NotSmooth(NotSymbolic):
    """The code branches, jumps or bends where the value of a symbol decides.

    Examples
    --------
    >>> absolute(sympy.Symbol("x", real=True))
    Traceback (most recent call last):
    ...
    gradcheck.arithmetic.expressions.NotSmooth: not smooth: |x| bends where x = 0
    """


class Maximum(sympy.Symbol):  # type: ignore[misc] # sympy is not typed
    """The maximum of some expressions, as a number of its own.

    A shift by it that cancels (softmax subtracts it) leaves no trace, and what it leaves a trace
    in is not smooth.
    """

    among: tuple[Expr, ...]

    @staticmethod
    def of(*expressions: Expr) -> Expr:
        """Return the maximum; the same one for the same expressions in any order.

        Examples
        --------
        >>> x, y = sympy.symbols("x y", real=True)
        >>> Maximum.of(Maximum.of(y, x), x)
        max(x, y)
        """
        flat = {e for x in expressions for e in getattr(x, "among", (x,))}
        if len(flat) == 1:
            return flat.pop()
        among = sorted(flat, key=sympy.default_sort_key)
        maximum = Maximum(f"max({', '.join(map(str, among))})", real=True)
        maximum.among = tuple(among)
        return maximum


def expression(number: Any) -> Expr:
    """Return a real number as the fraction that it stands for; an expression as it is.

    Parameters
    ----------
    number
        A real number of Python or NumPy, or an expression of sympy.

    Raises
    ------
    NotSymbolic
        If it is infinite, NaN, complex or no number.

    Examples
    --------
    >>> expression(0.75)
    3/4
    """
    if isinstance(number, sympy.Expr):
        if number in _NO_NUMBERS or not _NO_NUMBERS.isdisjoint(number.args):
            raise NotSymbolic(f"{number} is no finite real number")
        return number
    if isinstance(number, (int, np.integer, np.bool_)):
        return sympy.Integer(int(number))
    if isinstance(number, (float, np.floating)):
        if not np.isfinite(number):
            raise NotSymbolic(f"{number} is no finite real number")
        return sympy.Rational(*number.as_integer_ratio())
    raise NotSymbolic(f"{number!r} of type {type(number).__name__} is no real number")


_NO_NUMBERS = {sympy.nan, sympy.oo, -sympy.oo, sympy.zoo}


def absolute(x: Expr) -> Expr:
    """Return |x| where the sign is known."""
    if x.is_nonnegative:
        return x
    if x.is_nonpositive:
        return -x
    raise NotSmooth(f"not smooth: |{x}| bends where {x} = 0")


def cbrt(x: Expr) -> Expr:
    """Return the real cube root where the sign is known: sympy's is complex left of zero."""
    return x ** sympy.Rational(1, 3) if x.is_nonnegative else -(absolute(x) ** sympy.Rational(1, 3))


def expit(x: Expr) -> Expr:
    """Return the logistic function 1 / (1 + e^-x)."""
    return 1 / (1 + sympy.exp(-x))


ELEMENTARY: dict[str, Callable[[Expr], Expr]] = {
    "absolute": absolute,
    "arccos": sympy.acos,
    "arccosh": sympy.acosh,
    "arcsin": sympy.asin,
    "arcsinh": sympy.asinh,
    "arctan": sympy.atan,
    "arctanh": sympy.atanh,
    "cbrt": cbrt,
    "conjugate": lambda x: x,
    "cos": sympy.cos,
    "cosh": sympy.cosh,
    "degrees": lambda x: x * 180 / sympy.pi,
    "digamma": sympy.digamma,
    "erf": sympy.erf,
    "erfc": lambda x: 1 - sympy.erf(x),
    "exp": sympy.exp,
    "exp2": lambda x: sympy.Integer(2) ** x,
    "expit": expit,
    "expm1": lambda x: sympy.exp(x) - 1,
    "fabs": absolute,
    "gammaln": sympy.loggamma,
    "log": sympy.log,
    "log10": lambda x: sympy.log(x) / sympy.log(10),
    "log1p": lambda x: sympy.log(1 + x),
    "log2": lambda x: sympy.log(x) / sympy.log(2),
    "log_expit": lambda x: -sympy.log(1 + sympy.exp(-x)),
    "logit": lambda x: sympy.log(x / (1 - x)),
    "ndtr": lambda x: (1 + sympy.erf(x / sympy.sqrt(2))) / 2,
    "negative": lambda x: -x,
    "positive": lambda x: x,
    "radians": lambda x: x * sympy.pi / 180,
    "reciprocal": lambda x: 1 / x,
    "sin": sympy.sin,
    "sinh": sympy.sinh,
    "sqrt": sympy.sqrt,
    "square": lambda x: x**2,
    "tan": sympy.tan,
    "tanh": sympy.tanh,
}
"""Name of a ufunc -> the function on expressions."""

PAIRWISE: dict[str, Callable[[Expr, Expr], Expr]] = {
    "fmax": Maximum.of,
    "fmin": lambda x, y: -Maximum.of(-x, -y),
    "hypot": lambda x, y: sympy.sqrt(x**2 + y**2),
    "logaddexp": lambda x, y: sympy.log(sympy.exp(x) + sympy.exp(y)),
    "logaddexp2": lambda x, y: sympy.log(2**x + 2**y) / sympy.log(2),
    "maximum": Maximum.of,
    "minimum": lambda x, y: -Maximum.of(-x, -y),
    "xlogy": lambda x, y: x * sympy.log(y),
    "xlog1py": lambda x, y: x * sympy.log(1 + y),
}
"""Name of a ufunc of two numbers -> the function on expressions."""
