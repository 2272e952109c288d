"""Sorting and searching: which element is where in the order.

NumPy's routines compare object elements too; these do it in Python, so that an undecided comparison
surfaces as such, `nan` counts as greatest and ties keep their order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck.arithmetic.array import as_balls, plain
from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.dispatch import implements

Lane = list[Ball]


def _lanes(a: Any, axis: int, of: Callable[[Lane], Any]) -> NDArray[Any]:
    """Apply `of` to every line of elements along `axis`, which it may shorten to a scalar."""
    moved = np.moveaxis(plain(a), axis, -1)
    rows = [of(row) for row in moved.reshape(-1, moved.shape[-1]).tolist()]
    inner = np.shape(rows[0]) if rows else ()
    result = np.empty((len(rows), *inner), dtype=np.intp)
    for index, row in enumerate(rows):
        result[index] = row
    result = result.reshape(moved.shape[:-1] + inner)
    return np.moveaxis(result, -1, axis) if inner else result


def _order(lane: Lane) -> list[int]:
    """Give the stable order of the elements, `nan` last."""
    numbers = [index for index, ball in enumerate(lane) if not ball.arb.is_nan()]
    others = [index for index, ball in enumerate(lane) if ball.arb.is_nan()]
    return sorted(numbers, key=lane.__getitem__) + others


def _first_extreme(lane: Lane, beats: Callable[[Ball, Ball], Any]) -> int:
    """Find the first of the extreme elements, or the first `nan`."""
    best = 0
    for index, ball in enumerate(lane):
        if ball.arb.is_nan():
            return index
        if beats(ball, lane[best]):
            best = index
    return best


def _arg_extreme(a: Any, axis: Any, keepdims: Any, beats: Callable[[Ball, Ball], Any]) -> Any:
    balls = np.reshape(as_balls(a), -1) if axis is None else as_balls(a)
    if 0 in balls.shape:
        raise ValueError(
            f"the extreme element of an empty array (shape {np.shape(a)}) is not there"
        )
    found = _lanes(balls, axis or 0, lambda lane: _first_extreme(lane, beats))
    if keepdims is True:
        return found.reshape([1] * np.ndim(a)) if axis is None else np.expand_dims(found, axis)
    return found[()]


@implements(np.argmax)
def argmax(a: Any, axis: Any = None, out: Any = None, *, keepdims: Any = False) -> Any:
    """Find the index of the first maximum."""
    return _arg_extreme(a, axis, keepdims, Ball.__gt__)


@implements(np.argmin)
def argmin(a: Any, axis: Any = None, out: Any = None, *, keepdims: Any = False) -> Any:
    """Find the index of the first minimum."""
    return _arg_extreme(a, axis, keepdims, Ball.__lt__)


@implements(np.argsort)
def argsort(a: Any, axis: Any = -1, *_: Any, **__: Any) -> Any:
    """Give the order of the elements along `axis`; stable, whatever kind is asked for."""
    balls = np.reshape(as_balls(a), -1) if axis is None else as_balls(a)
    return _lanes(balls, -1 if axis is None else axis, _order)


@implements(np.sort)
def sort(a: Any, axis: Any = -1, *_: Any, **__: Any) -> Any:
    """Sort a copy along `axis`."""
    balls = np.reshape(as_balls(a), -1) if axis is None else as_balls(a)
    along = -1 if axis is None else axis
    return np.take_along_axis(balls, argsort(balls, along), along)


@implements(np.partition)
def partition(a: Any, kth: Any, axis: Any = -1, *_: Any, **__: Any) -> Any:
    """Sort: a sorted array is partitioned at every index."""
    return sort(a, axis)


@implements(np.argpartition)
def argpartition(a: Any, kth: Any, axis: Any = -1, *_: Any, **__: Any) -> Any:
    """Give the sorting order, which partitions at every index."""
    return argsort(a, axis)


@implements(np.median)
def median(a: Any, axis: Any = None, *, keepdims: Any = False) -> Any:
    """Give the middle element, or the mean of the two in the middle."""
    ordered = sort(a, axis)
    along = -1 if axis is None else axis
    length = ordered.shape[along]
    middle = np.take(ordered, [(length - 1) // 2, length // 2], along)
    value = np.mean(middle, along, keepdims=keepdims)
    return np.reshape(value, [1] * np.ndim(a)) if keepdims and axis is None else value


@implements(np.searchsorted)
def searchsorted(a: Any, v: Any, side: str = "left", sorter: Any = None) -> Any:
    """Count the elements of the sorted `a` that go before each element of `v`."""
    ordered = np.asarray(a)[sorter] if sorter is not None else a
    before = np.less if side == "left" else np.less_equal
    return np.sum(before.outer(ordered, v), axis=0)
