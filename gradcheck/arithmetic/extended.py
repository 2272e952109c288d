"""Extended precision: np.longdouble, where it is wider than float64 and the code carries it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from gradcheck.arithmetic.leaves import leaves, map_leaves


def longdouble_is_wider() -> bool:
    """Tell, by arithmetic, whether np.longdouble has a wider significand than float64 here.

    Examples
    --------
    >>> longdouble_is_wider() in (True, False)
    True
    """
    beyond_float64 = np.longdouble(2.0) ** -60
    return bool(np.longdouble(1.0) + beyond_float64 > np.longdouble(1.0))


class Extended(NamedTuple):
    """What a function returned on longdouble inputs, and whether it carried them.

    Attributes
    ----------
    value
        The function's result.
    carried
        True where every floating-point part of the result is of dtype longdouble.
    reason
        Why it is not to be trusted beyond float64; empty where it is.
    """

    value: Any
    carried: bool
    reason: str = ""


def in_extended(function: Callable[..., Any], *args: Any) -> Extended:
    """Run a function with np.longdouble for its floating-point arguments.

    Parameters
    ----------
    function
        NumPy code.
    args
        Its arguments; floats and float arrays are widened, also inside lists, tuples and dicts.

    Returns
    -------
    Extended
        The result, and whether it carried the wider numbers to the end: a function that casts to
        float64 inside returns float64.

    Examples
    --------
    >>> in_extended(lambda x: np.float64(x), 0.5).reason
    'the function returned float64 for longdouble inputs...'
    """
    if not longdouble_is_wider():
        return Extended(function(*args), carried=False, reason="np.longdouble is float64 here")
    result = function(*map_leaves(args, _widened))
    narrow = [name for name in map(_dtype_name, leaves(result)) if name]
    if not narrow:
        return Extended(result, carried=True)
    reason = f"the function returned {narrow[0]} for longdouble inputs: it casts inside"
    return Extended(result, carried=False, reason=reason)


def _widened(value: Any) -> Any:
    if isinstance(value, (float, np.floating)):
        return np.longdouble(value)
    is_float = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value.astype(np.longdouble) if is_float else value


def _dtype_name(value: Any) -> str:
    """Name the dtype of a floating-point result that is not longdouble."""
    dtype = np.asarray(value).dtype
    return dtype.name if dtype.kind in "fc" and dtype != np.longdouble else ""
