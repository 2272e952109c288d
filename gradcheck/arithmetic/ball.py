"""One real number known to lie in a ball: a midpoint and a radius, over flint's `arb`.

A `Ball` behaves as a NumPy float scalar does, with two differences that make it safe in anybody's
code: it never turns into a float by itself, and a comparison that the radii leave open raises
`Undecided`, where `arb` would answer False. Zero has no sign.
"""

from __future__ import annotations

import numbers
import operator
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from flint import arb, fmpz

from gradcheck.arithmetic.dispatch import apply_function, apply_ufunc
from gradcheck.arithmetic.elementary import DECIDING, ELEMENTARY
from gradcheck.arithmetic.errors import NotLiftable
from gradcheck.arithmetic.operators import (
    arithmetic,
    comparison,
    deciding,
    elementary,
    exact,
    power,
    reflected_power,
)


class Ball:
    """A real number: a midpoint of any precision, and a radius that bounds what is not known.

    Every elementary function is a method under the name of its ufunc (`exp`, `arctan`, `floor`),
    and every array function a method under its own (`sum`, `reshape`), as on a NumPy scalar.

    Parameters
    ----------
    value
        A real number of Python or NumPy, taken exactly, or a flint `arb`.

    Notes
    -----
    Operations round at the precision set by `gradcheck.arithmetic.precision` and return a ball
    that contains the true result (F. Johansson, "Arb: efficient arbitrary-precision
    midpoint-radius interval arithmetic", IEEE Transactions on Computers 66, 2017).

    Examples
    --------
    >>> from gradcheck.arithmetic import precision
    >>> Ball(0.5) * 3
    1.5
    >>> with precision(200):
    ...     Ball(2).sqrt()
    [1.4142135623730950 +/- 4.89e-17]
    >>> bool(Ball(2).sqrt() < 1.5)
    True
    """

    __slots__ = ("arb",)
    __hash__ = None  # type: ignore[assignment] # equality may be undecided
    arb: arb

    shape = ()
    ndim = 0
    size = 1
    dtype = np.dtype(np.float64)
    imag = 0.0

    def __init__(self, value: Any) -> None:
        self.arb = value if type(value) is arb else exact(value)

    def __repr__(self) -> str:
        """Show a number that is exactly a double as that double, others with their radius."""
        nearest = float(self.arb)
        return repr(nearest) if self.arb == nearest else str(self.arb.str(17))

    def __format__(self, spec: str) -> str:
        """Format the nearest double: text for a reader, not a number to go on with."""
        return format(float(self.arb), spec) if spec else repr(self)

    __add__, __radd__ = arithmetic("add", operator.add)
    __sub__, __rsub__ = arithmetic("subtract", operator.sub)
    __mul__, __rmul__ = arithmetic("multiply", operator.mul)
    __truediv__, __rtruediv__ = arithmetic("divide", operator.truediv)
    __pow__, __rpow__ = power, reflected_power

    __lt__ = comparison("<", operator.lt, operator.ge)
    __le__ = comparison("<=", operator.le, operator.gt)
    __gt__ = comparison(">", operator.gt, operator.le)
    __ge__ = comparison(">=", operator.ge, operator.lt)
    __eq__ = comparison("==", operator.eq, operator.ne)
    __ne__ = comparison("!=", operator.ne, operator.eq)

    def __bool__(self) -> bool:
        return bool(self != 0)

    def __neg__(self) -> Ball:
        return Ball(-self.arb)

    def __pos__(self) -> Ball:
        return self

    def __abs__(self) -> Ball:
        return Ball(DECIDING["absolute"](self.arb))

    def __floordiv__(self, other: Any) -> Any:
        return np.floor_divide(self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return np.floor_divide(other, self)

    def __mod__(self, other: Any) -> Any:
        return np.remainder(self, other)

    def __rmod__(self, other: Any) -> Any:
        return np.remainder(other, self)

    def __divmod__(self, other: Any) -> Any:
        return self // other, self % other

    def __rdivmod__(self, other: Any) -> Any:
        return other // self, other % self

    def __float__(self) -> float:
        raise NotLiftable(
            "float() of a ball would drop it to 53 bits; leave the cast out, call np.exp for "
            "math.exp, and let float buffers come from np.zeros or np.empty inside the function"
        )

    def __complex__(self) -> complex:
        raise NotLiftable("complex() of a ball: balls are real, split real and imaginary part")

    def __index__(self) -> int:
        raise NotLiftable("a ball is no index, as a float is none: take an integer")

    def __int__(self) -> int:
        """Truncate: exact, or undecided."""
        whole = DECIDING["trunc"](self.arb).unique_fmpz()
        if whole is None:
            raise NotLiftable(f"int() of {self!r}: there is no such integer")
        return int(whole)

    def __round__(self, digits: int | None = None) -> Any:
        return int(self.rint()) if digits is None else np.round(self, digits)

    # What NumPy asks of a scalar

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        return apply_ufunc(ufunc, method, inputs, kwargs)

    def __array_function__(self, function: Any, _: Any, args: Any, kwargs: Any) -> Any:
        return apply_function(function, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        """Give the NumPy function `name` as a method: `x.sum()` is `np.sum(x)`, 0-d as it is."""
        function = None if name.startswith("_") else getattr(np, name, None)
        if not callable(function) or isinstance(function, type):
            raise AttributeError(f"a ball, as a NumPy float, has no attribute {name!r}")
        return partial(function, self)

    def reshape(self, *shape: Any, **kwargs: Any) -> Any:
        """Give an array of the one element."""
        return np.reshape(self, shape[0] if len(shape) == 1 else shape, **kwargs)

    def item(self) -> Ball:
        """Give the ball itself: a float would drop bits."""
        return self

    conj = conjugate = copy = tolist = __copy__ = item

    def __reduce__(self) -> tuple[Any, ...]:
        middle, radius = self.arb.mid().man_exp(), self.arb.rad().man_exp()
        return _from_parts, (*map(int, middle), *map(int, radius))

    def __deepcopy__(self, _: Any) -> Ball:
        return self

    def astype(self, dtype: Any, **_: Any) -> Any:
        """Convert as `BallArray.astype` does."""
        return self.reshape(()).astype(dtype)[()]

    @property
    def real(self) -> Ball:
        """The ball itself."""
        return self

    T = real


def _from_parts(mantissa: int, exponent: int, radius: int, radius_exponent: int) -> Ball:
    """Rebuild a pickled ball, its radius rounded up to what `arb` keeps of one."""
    return Ball(arb((fmpz(mantissa), exponent), (fmpz(radius), radius_exponent)))


def _attach(maker: Callable[..., Any], functions: dict[str, Any]) -> None:
    for name, function in functions.items():
        setattr(Ball, name, maker(name, function))


numbers.Real.register(Ball)  # what np.isscalar, and other people's code, ask for
_attach(elementary, ELEMENTARY)
_attach(deciding, DECIDING)
