"""JAX's primitives that reduce, accumulate and sort along axes, in NumPy code that takes balls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Axes = tuple[int, ...]


def over_axes(reduce: Callable[..., Any]) -> Callable[..., Any]:
    """Make a reduction over some axes of a function of NumPy."""

    def reduced(x: Any, *, axes: Axes) -> Any:
        return reduce(x, axis=tuple(axes))

    return reduced


def place_of(find: Callable[..., Any]) -> Callable[..., Any]:
    """Make the search for an extreme along one axis of a function of NumPy."""

    def found(x: Any, *, axes: Axes, index_dtype: Any) -> Any:
        return np.asarray(find(x, axis=axes[0])).astype(index_dtype)

    return found


def running(ufunc: np.ufunc) -> Callable[..., Any]:
    """Make the partial results along an axis, from either end, of a ufunc of NumPy."""

    def accumulated(x: Any, *, axis: int, reverse: bool) -> Any:
        if reverse:
            return np.flip(ufunc.accumulate(np.flip(x, axis), axis=axis), axis)
        return ufunc.accumulate(x, axis=axis)

    return accumulated


def sorted_together(*operands: Any, dimension: int, num_keys: int) -> list[Any]:
    """Sort along an axis by the first operands, and put the others into the same order."""
    order = np.argsort(operands[num_keys - 1], axis=dimension, kind="stable")
    for key in reversed(operands[: num_keys - 1]):
        so_far = np.take_along_axis(key, order, dimension)
        then = np.argsort(so_far, axis=dimension, kind="stable")
        order = np.take_along_axis(order, then, dimension)
    return [np.take_along_axis(operand, order, dimension) for operand in operands]


def greatest(x: Any, *, k: int, axis: int = -1) -> list[Any]:
    """Return the k greatest along an axis, in falling order, and where they are."""
    order = np.take(np.argsort(np.negative(x), axis=axis, kind="stable"), np.arange(k), axis)
    return [np.take_along_axis(x, order, axis), order.astype(np.int32)]


REDUCTIONS: dict[str, Callable[..., Any]] = {
    "argmax": place_of(np.argmax),
    "argmin": place_of(np.argmin),
    "cumlogsumexp": running(np.logaddexp),
    "cummax": running(np.maximum),
    "cummin": running(np.minimum),
    "cumprod": running(np.multiply),
    "cumsum": running(np.add),
    "reduce_max": over_axes(np.max),
    "reduce_min": over_axes(np.min),
    "reduce_prod": over_axes(np.prod),
    "reduce_sum": over_axes(np.sum),
    "sort": sorted_together,
    "top_k": greatest,
}
"""Name of a primitive -> function of its inputs, and of the parameters that its signature names."""
