"""Choosing elements by conditions and indices, and setting them in place."""

# ruff: noqa: FBT002 - the signatures are NumPy's and SciPy's
from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.arithmetic.array import BallArray, as_balls, boxed, plain, truth
from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.dispatch import implements
from gradcheck.arithmetic.elementwise import object_array
from gradcheck.arithmetic.errors import NotLiftable


@implements(np.where)
def where(condition: Any, *choices: Any) -> Any:
    """Take elements of the first choice where the condition holds, of the second elsewhere."""
    if not choices:
        return nonzero(condition)
    return boxed(np.where(mask(condition), *map(object_array, choices)))


def mask(condition: Any) -> Any:
    """Give a condition as booleans."""
    return bool(condition) if isinstance(condition, Ball) else truth(condition)


@implements(np.nonzero)
def nonzero(a: Any) -> Any:
    """Give the indices of the elements that are not zero."""
    return np.nonzero(mask(a))


@implements(np.flatnonzero)
def flatnonzero(a: Any) -> Any:
    """Give the indices, in the flattened array, of the elements that are not zero."""
    return np.flatnonzero(mask(a))


@implements(np.argwhere)
def argwhere(a: Any) -> Any:
    """Give the indices of the elements that are not zero, a row each."""
    return np.argwhere(mask(a))


@implements(np.count_nonzero)
def count_nonzero(a: Any, axis: Any = None, *, keepdims: Any = False) -> Any:
    """Count the elements that are not zero."""
    return np.count_nonzero(mask(a), axis, keepdims=keepdims)


@implements(np.select)
def select(condlist: Any, choicelist: Any, default: Any = 0) -> Any:
    """Take elements of the first choice whose condition holds, and the default elsewhere."""
    result = as_balls(default)
    for condition, choice in reversed(list(zip(condlist, choicelist, strict=True))):
        result = where(condition, choice, result)
    return result


@implements(np.piecewise)
def piecewise(x: Any, condlist: Any, funclist: Any, *args: Any, **kw: Any) -> Any:
    """Evaluate each function where its condition holds; one function more is for the rest."""
    masks = [mask(condition) for condition in condlist]
    if len(funclist) == len(masks) + 1:
        masks.append(~np.logical_or.reduce(masks))
    result = np.zeros_like(x)
    for chosen, function in zip(masks, funclist, strict=True):
        result[chosen] = function(x[chosen], *args, **kw) if callable(function) else function
    return result


@implements(np.compress)
def compress(condition: Any, a: Any, axis: Any = None, out: Any = None) -> Any:
    """Take the slices along `axis` at which the condition holds."""
    return np.take(a, np.flatnonzero(mask(condition)), axis, out)


@implements(np.copyto)
def copyto(dst: Any, src: Any, casting: Any = "same_kind", where: Any = True) -> None:
    """Set the elements at which `where` holds."""
    _target(dst)
    dst[...] = np.where(mask(where), src, dst)


@implements(np.putmask)
def putmask(a: Any, mask: Any, values: Any) -> None:
    """Set the elements at which the mask holds, from `values` at the same places."""
    np.putmask(_target(a), truth(mask), object_array(values))


@implements(np.place)
def place(arr: Any, mask: Any, vals: Any) -> None:
    """Set the elements at which the mask holds, from `vals` one after the other."""
    np.place(_target(arr), truth(mask), object_array(vals))


@implements(np.put)
def put(a: Any, ind: Any, v: Any, mode: Any = "raise") -> None:
    """Set elements by their indices in the flattened array."""
    np.put(_target(a), ind, object_array(v), mode)


@implements(np.put_along_axis)
def put_along_axis(arr: Any, indices: Any, values: Any, axis: Any) -> None:
    """Set elements by indices along `axis`."""
    np.put_along_axis(_target(arr), indices, object_array(values), axis)


@implements(np.fill_diagonal)
def fill_diagonal(a: Any, val: Any, wrap: Any = False) -> None:
    """Set the diagonal."""
    np.fill_diagonal(_target(a), object_array(val), wrap)


def _target(array: Any) -> Any:
    """Give the object array to set elements of; refuse a float buffer."""
    if isinstance(array, BallArray):
        return plain(array)
    raise NotLiftable(
        f"balls do not fit into an array of {np.asarray(array).dtype}; make the array inside the "
        "function by np.zeros, np.empty or np.array"
    )


@implements(np.apply_along_axis)
def apply_along_axis(func1d: Any, axis: int, arr: Any, *args: Any, **kwargs: Any) -> Any:
    """Apply a function to every line of elements along `axis`."""
    lanes = np.moveaxis(arr, axis, -1)
    results = [func1d(lanes[index], *args, **kwargs) for index in np.ndindex(lanes.shape[:-1])]
    stacked = np.stack([object_array(result) for result in results])
    stacked = stacked.reshape(lanes.shape[:-1] + stacked.shape[1:])
    inner = range(lanes.ndim - 1, stacked.ndim)
    return boxed(
        np.moveaxis(stacked, inner, range(axis % lanes.ndim, axis % lanes.ndim + len(inner)))
    )
