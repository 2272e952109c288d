"""New arrays for code that runs lifted: float buffers are arrays of balls, others what they were.

These stand in for the functions of NumPy that make arrays (see `lifting.lifted`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from gradcheck.arithmetic.array import BallArray, as_balls, boxed, converted, plain
from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.dispatch import implements
from gradcheck.arithmetic.elementwise import is_carried

Maker = Callable[..., Any]


def lifted_maker(maker: Maker) -> Maker:
    """Make the counterpart of np.zeros and its like: balls where the result would be float64."""

    @wraps(maker)
    def make(*args: Any, **kwargs: Any) -> Any:
        return _lift_floats(maker(*args, **kwargs))

    return make


def _lift_floats(array: Any) -> Any:
    """Lift an array of float64, of longdouble, or of objects; one of float32 is none of ours."""
    return as_balls(array) if type(array) is np.ndarray and is_carried(array.dtype) else array


def lifted_array(
    object: Any,  # noqa: A002 - NumPy's name
    dtype: Any = None,
    *args: Any,
    copy: Any = True,
    **kwargs: Any,
) -> Any:
    """Stand in for np.array: a new array, of balls if it is one of floats or has balls in it."""
    content = _content(object)
    if isinstance(content, BallArray):
        return _cast(content.copy() if copy is True else content, dtype)
    return _lift_floats(np.array(object, dtype, *args, copy=copy, **kwargs))


def lifted_fromiter(iter: Any, dtype: Any, count: int = -1, **kwargs: Any) -> Any:  # noqa: A002
    """Stand in for np.fromiter: an array of balls if one of floats is asked for."""
    if not is_carried(np.dtype(dtype)):
        return np.fromiter(iter, dtype, count, **kwargs)
    return as_balls(np.fromiter(iter, object, count, **kwargs))


def lifted_conversion(convert: Maker) -> Maker:
    """Make the counterpart of np.asarray and its like: balls where balls are, floats where not."""

    @wraps(convert)
    def make(a: Any, dtype: Any = None, *args: Any, **kwargs: Any) -> Any:
        content = _content(a)
        if isinstance(content, BallArray):
            return _cast(content, dtype)
        return convert(a, dtype, *args, **kwargs)

    return make


def _content(value: Any) -> Any:
    """Give an array of balls if there are balls in `value`, and anything else otherwise."""
    if isinstance(value, BallArray):
        return value
    if isinstance(value, Ball):
        return np.reshape(value, ())
    if isinstance(value, np.ndarray):
        return boxed_if_balls(value)
    if isinstance(value, (list, tuple)):
        return boxed_if_balls(_attempt(value))
    return value


def _attempt(value: Any) -> Any:
    try:
        return np.asarray(value)
    except ValueError:  # ragged: the caller's own call says so
        return value


def boxed_if_balls(array: Any) -> Any:
    """Make an array of balls of an object array with balls in it."""
    holds = (
        isinstance(array, np.ndarray)
        and array.dtype == np.object_
        and Ball in set(map(type, array.ravel().tolist()))
    )
    return boxed(array) if holds else array


def _cast(balls: BallArray, dtype: Any) -> Any:
    if dtype is None or is_carried(np.dtype(dtype)):
        return balls
    return converted(balls, np.dtype(dtype))


MAKERS: dict[str, Maker] = {
    **{
        name: lifted_maker(getattr(np, name))
        for name in (
            "empty",
            "empty_like",
            "eye",
            "full",
            "full_like",
            "identity",
            "ones",
            "ones_like",
            "zeros",
            "zeros_like",
        )
    },
    **{
        name: lifted_conversion(getattr(np, name))
        for name in ("asanyarray", "asarray", "ascontiguousarray", "asfortranarray")
    },
    "array": lifted_array,
    "fromiter": lifted_fromiter,
}
"""Name of a function of NumPy that makes an array -> what stands in for it in lifted code."""


@implements(np.zeros_like, np.empty_like)
def zeros_like(a: Any, dtype: Any = None, *_: Any, **kwargs: Any) -> Any:
    """Make zeros of the shape of `a`; an empty buffer holds zeros too."""
    return full_like(a, 0, dtype, **kwargs)


@implements(np.ones_like)
def ones_like(a: Any, dtype: Any = None, *_: Any, **kwargs: Any) -> Any:
    """Make ones of the shape of `a`."""
    return full_like(a, 1, dtype, **kwargs)


@implements(np.full_like)
def full_like(a: Any, fill_value: Any, dtype: Any = None, *_: Any, **kwargs: Any) -> Any:
    """Make an array of the shape of `a` with one number everywhere."""
    lengths: Any = kwargs.get("shape") if kwargs.get("shape") is not None else np.shape(a)
    if dtype is not None and not is_carried(np.dtype(dtype)):
        return np.full(lengths, fill_value, dtype)
    result: Any = np.empty(lengths, dtype=object)
    result[...] = plain(as_balls(fill_value))
    return boxed(result)
