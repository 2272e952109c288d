"""Functions of NumPy that go through an array element by element and yet are no ufuncs."""

# ruff: noqa: FBT002 - the signatures are NumPy's and SciPy's
from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.arithmetic.array import as_balls
from gradcheck.arithmetic.dispatch import UFUNCS, implements
from gradcheck.arithmetic.elementwise import as_out

_LIMITS = np.finfo(np.float64)


@implements(np.sinc)
def sinc(x: Any) -> Any:
    """Give sin(pi x) / (pi x), with the true pi."""
    return UFUNCS["sinc"]("__call__", (x,), {})


@implements(np.clip)
def clip(
    a: Any,
    a_min: Any = None,
    a_max: Any = None,
    out: Any = None,
    *,
    min: Any = None,  # noqa: A002
    max: Any = None,  # noqa: A002
    **_: Any,
) -> Any:
    """Limit the elements to an interval, either end of which may be missing."""
    low, high = a_min if min is None else min, a_max if max is None else max
    value = as_balls(a) if low is None else np.maximum(a, low)
    return as_out(out, value if high is None else np.minimum(value, high))


@implements(np.round, np.around)
def round_to(a: Any, decimals: int = 0, out: Any = None) -> Any:
    """Round to `decimals` decimal places, halves to even."""
    scale = as_balls(10) ** abs(int(decimals))
    if decimals < 0:
        return as_out(out, np.rint(np.divide(a, scale)) * scale)
    return as_out(out, np.rint(np.multiply(a, scale)) / scale)


@implements(np.fix)
def fix(x: Any, out: Any = None) -> Any:
    """Drop the fractional part."""
    return as_out(out, np.trunc(x))


@implements(np.nan_to_num)
def nan_to_num(
    x: Any,
    copy: Any = True,
    nan: Any = 0.0,
    posinf: Any = None,
    neginf: Any = None,
) -> Any:
    """Replace `nan` and infinities by numbers, by default the float64 that NumPy takes."""
    greatest = _LIMITS.max if posinf is None else posinf
    least = _LIMITS.min if neginf is None else neginf
    finite = np.where(np.isinf(x), np.where(np.greater(x, 0), greatest, least), x)
    return as_out(None if copy else x, np.where(np.isnan(x), nan, finite))


@implements(np.real, np.real_if_close)
def real(val: Any, *_: Any) -> Any:
    """Give the balls themselves."""
    return val


@implements(np.imag)
def imaginary(val: Any) -> Any:
    """Give zeros."""
    return np.zeros(np.shape(val))


@implements(np.isclose)
def isclose(
    a: Any,
    b: Any,
    rtol: Any = 1e-5,
    atol: Any = 1e-8,
    equal_nan: Any = False,
) -> Any:
    """Tell where |a - b| is at most atol + rtol |b|."""
    finite = np.isfinite(a) & np.isfinite(b)
    distance = np.abs(np.subtract(np.where(finite, a, 0), np.where(finite, b, 0)))
    bound = np.add(atol, np.multiply(rtol, np.abs(as_balls(np.where(finite, b, 0)))))
    near = np.where(finite, distance <= bound, np.equal(a, b))
    return near | (np.isnan(a) & np.isnan(b)) if equal_nan else near


@implements(np.allclose)
def allclose(a: Any, b: Any, *args: Any, **kwargs: Any) -> bool:
    """Tell whether all elements are close."""
    return bool(np.all(np.isclose(a, b, *args, **kwargs)))


@implements(np.array_equal)
def array_equal(a1: Any, a2: Any, equal_nan: Any = False) -> bool:
    """Tell whether shapes and all elements are equal."""
    if np.shape(a1) != np.shape(a2):
        return False
    both_nan = np.isnan(a1) & np.isnan(a2) if equal_nan else False
    return bool(np.all(np.equal(a1, a2) | both_nan))
