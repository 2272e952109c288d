"""Numbers of hundreds of digits for NumPy's object arrays, on mpmath.

The corpus must be proved right without the code that it is there to test, so this shares nothing
with the balls of `gradcheck.arithmetic`: another library, no radii, one fixed precision.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, total_ordering
from typing import Any

import mpmath
import numpy as np
import pytest

#: Enough for steps of 1e-360 beside values of 1e200.
DIGITS = 600

#: NumPy calls the method of the ufunc's name on each object; mpmath has most under the same name.
_MPMATH_NAMES = {
    "arccos": "acos",
    "arctanh": "atanh",
    "cos": "cos",
    "cosh": "cosh",
    "exp": "exp",
    "expm1": "expm1",
    "log": "log",
    "log1p": "log1p",
    "sin": "sin",
    "sqrt": "sqrt",
    "tanh": "tanh",
}

_BUFFERS = ("zeros", "ones", "empty", "zeros_like", "ones_like", "empty_like")


def _number(x: Any) -> mpmath.mpf:
    """Return Python's and NumPy's numbers and Reals as mpmath's, without rounding."""
    if isinstance(x, (Real, mpmath.mpf)):
        return getattr(x, "value", x)
    return mpmath.mpf(int(x) if isinstance(x, (bool, int, np.bool_, np.integer)) else float(x))


def _operator(function: Callable[[mpmath.mpf, mpmath.mpf], mpmath.mpf]) -> Callable[..., Any]:
    """Return a method of Real for two numbers that leaves arrays to NumPy."""

    def method(self: Real, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        return Real._of(function(self.value, _number(other)))

    return method


@total_ordering
class Real:
    """A real number that carries `DIGITS` digits through unmodified NumPy code.

    It refuses to become a float, so that no code path loses digits in silence.
    """

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = _number(value)

    def __repr__(self) -> str:
        return f"Real({mpmath.nstr(self.value, 20)})"

    def __hash__(self) -> int:
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        return bool(self.value == _number(other))

    def __lt__(self, other: Any) -> bool:
        return bool(self.value < _number(other))

    def __bool__(self) -> bool:
        return bool(self.value)

    def __neg__(self) -> Real:
        return Real._of(-self.value)

    def __abs__(self) -> Real:
        return Real._of(abs(self.value))

    __add__ = _operator(lambda x, y: x + y)
    __radd__ = __add__
    __sub__ = _operator(lambda x, y: x - y)
    __rsub__ = _operator(lambda x, y: y - x)
    __mul__ = _operator(lambda x, y: x * y)
    __rmul__ = __mul__
    __truediv__ = _operator(lambda x, y: x / y)
    __rtruediv__ = _operator(lambda x, y: y / x)
    __pow__ = _operator(lambda x, y: x**y)
    hypot = _operator(mpmath.hypot)

    def conjugate(self) -> Real:
        """Return the number itself, for NumPy's variance."""
        return self

    @staticmethod
    def _of(value: mpmath.mpf) -> Real:
        real = object.__new__(Real)
        real.value = value
        return real


def elementwise(function: Callable[[mpmath.mpf], mpmath.mpf]) -> Callable[..., Any]:
    """Return an mpmath function of one number as one of an array of Reals."""
    return np.frompyfunc(lambda x: Real._of(function(_number(x))), 1, 1)


def _method(name: str) -> Callable[[Real], Real]:
    return lambda self: Real._of(getattr(mpmath, name)(self.value))


for _numpy_name, _mpmath_name in _MPMATH_NAMES.items():
    setattr(Real, _numpy_name, _method(_mpmath_name))


def is_floating(x: Any) -> bool:
    """Return whether an input (array, scalar or list) has a gradient."""
    return bool(np.issubdtype(np.asarray(x).dtype, np.floating))


def lift(x: Any) -> Any:
    """Return a floating input with Reals for floats, in the container in which it came."""
    if not is_floating(x):
        return x
    if isinstance(x, list):
        return [Real(v) for v in x]
    return np.vectorize(Real, otypes=[object])(x) if isinstance(x, np.ndarray) else Real(x)


class _NumPyWithExactBuffers:
    """NumPy for one module, with buffers that hold Reals and elementary functions of them.

    NumPy itself must stay as it is: its random generators fill what `np.empty` gives them with
    raw floats, and an array of objects there ends the process.
    """

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(np, name)
        if name in _MPMATH_NAMES:
            return partial(_of_reals, attribute)
        return partial(attribute, dtype=object) if name in _BUFFERS else attribute


def _of_reals(ufunc: np.ufunc, x: Any, **options: Any) -> Any:
    """Apply a ufunc to an array in which constants of the code may still be floats."""
    return ufunc(np.frompyfunc(Real, 1, 1)(x), **options)


@contextmanager
def lifted(function: Callable[..., Any]) -> Iterator[None]:
    """Compute with `DIGITS` digits, and let the function's module allocate buffers of Reals."""
    module = sys.modules[function.__module__]
    with mpmath.workdps(DIGITS), pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "np", _NumPyWithExactBuffers())
        yield
