"""JAX's primitives that go through arrays element by element, in NumPy code that takes balls."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from gradcheck.arithmetic.array import as_balls


def of_scipy(name: str) -> Callable[..., Any]:
    """Return a ufunc of SciPy, which comes with JAX, as a function that imports it when called."""

    def call(*inputs: Any) -> Any:
        return getattr(import_module("scipy.special"), name)(*inputs)

    return call


def unchanged(x: Any) -> Any:
    """Return what is given: x."""
    return x


def reciprocal_root(x: Any) -> Any:
    """Return 1 / sqrt(x)."""
    return 1 / np.sqrt(x)


def to_a_power(x: Any, *, y: int) -> Any:
    """Return x^y for an integer y, negative ones included."""
    return x**y if y >= 0 else 1 / x**-y


def rounded(x: Any, *, rounding_method: Any) -> Any:
    """Return the nearest integer; a half goes to the even one, or away from zero."""
    if int(rounding_method) == 1:
        return np.rint(x)
    return np.sign(x) * np.floor(np.abs(x) + 0.5)


def clamped(low: Any, x: Any, high: Any) -> Any:
    """Return x, or the bound that it is beyond."""
    return np.minimum(np.maximum(x, low), high)


def cast(x: Any, *, new_dtype: Any) -> Any:
    """Return truncated integers, or booleans; floats of any width stay what they are."""
    return as_balls(x).astype(new_dtype) if np.dtype(new_dtype).kind in "iub" else x


ELEMENTWISE: dict[str, Callable[..., Any]] = {
    "abs": np.abs,
    "acos": np.arccos,
    "acosh": np.arccosh,
    "add": np.add,
    "add_any": np.add,
    "asin": np.arcsin,
    "asinh": np.arcsinh,
    "atan": np.arctan,
    "atan2": np.arctan2,
    "atanh": np.arctanh,
    "cbrt": np.cbrt,
    "ceil": np.ceil,
    "clamp": clamped,
    "convert_element_type": cast,
    "copy": unchanged,
    "copy_p": unchanged,
    "cos": np.cos,
    "cosh": np.cosh,
    "digamma": of_scipy("digamma"),
    "div": np.divide,
    "eq": np.equal,
    "erf": of_scipy("erf"),
    "erfc": of_scipy("erfc"),
    "exp": np.exp,
    "exp2": np.exp2,
    "expm1": np.expm1,
    "floor": np.floor,
    "ge": np.greater_equal,
    "gt": np.greater,
    "integer_pow": to_a_power,
    "is_finite": np.isfinite,
    "le": np.less_equal,
    "le_to": np.less_equal,
    "lgamma": of_scipy("gammaln"),
    "log": np.log,
    "log1p": np.log1p,
    "logistic": of_scipy("expit"),
    "lt": np.less,
    "lt_to": np.less,
    "max": np.maximum,
    "min": np.minimum,
    "mul": np.multiply,
    "ne": np.not_equal,
    "neg": np.negative,
    "pow": np.power,
    "real": unchanged,
    "rem": np.fmod,
    "round": rounded,
    "rsqrt": reciprocal_root,
    "sign": np.sign,
    "sin": np.sin,
    "sinh": np.sinh,
    "sqrt": np.sqrt,
    "square": np.square,
    "stop_gradient": unchanged,
    "sub": np.subtract,
    "tan": np.tan,
    "tanh": np.tanh,
}
"""Name of a primitive -> function of its inputs, and of the parameters that its signature names."""
