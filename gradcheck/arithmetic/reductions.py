"""Sums, products, means and extrema along axes; the signatures are NumPy's."""

# ruff: noqa: FBT002 - the signatures are NumPy's and SciPy's
from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.arithmetic.array import as_balls, truth
from gradcheck.arithmetic.dispatch import implements
from gradcheck.arithmetic.elementwise import as_out


def _reduce(ufunc: np.ufunc, a: Any, axis: Any, **keywords: Any) -> Any:
    given = {name: value for name, value in keywords.items() if value is not np._NoValue}
    if ufunc.identity is not None and ("where" in given or 0 in np.shape(a)):
        given.setdefault("initial", ufunc.identity)  # on objects, NumPy starts from no number
    return ufunc.reduce(as_balls(a), axis=axis, **given)


@implements(np.sum)
def total(a: Any, axis: Any = None, dtype: Any = None, out: Any = None, **kwargs: Any) -> Any:
    """Add along `axis`."""
    return _reduce(np.add, a, axis, dtype=dtype, out=out, **kwargs)


@implements(np.prod)
def product(a: Any, axis: Any = None, dtype: Any = None, out: Any = None, **kwargs: Any) -> Any:
    """Multiply along `axis`."""
    return _reduce(np.multiply, a, axis, dtype=dtype, out=out, **kwargs)


@implements(np.max, np.amax)
def greatest(a: Any, axis: Any = None, out: Any = None, **kwargs: Any) -> Any:
    """Find the maximum along `axis`; undecided where two candidates overlap."""
    return _reduce(np.maximum, a, axis, out=out, **kwargs)


@implements(np.min, np.amin)
def least(a: Any, axis: Any = None, out: Any = None, **kwargs: Any) -> Any:
    """Find the minimum along `axis`; undecided where two candidates overlap."""
    return _reduce(np.minimum, a, axis, out=out, **kwargs)


@implements(np.mean)
def mean(
    a: Any,
    axis: Any = None,
    dtype: Any = None,
    out: Any = None,
    keepdims: Any = False,
    *,
    where: Any = True,
) -> Any:
    """Divide the sum along `axis` by the number of its terms."""
    terms = np.sum(a, axis, dtype, keepdims=keepdims is True, where=where)
    return as_out(out, terms / _count(a, axis, where, keepdims is True))


def _count(a: Any, axis: Any, where: Any, keepdims: Any) -> Any:
    """Count the terms of a sum along `axis`."""
    return np.sum(np.broadcast_to(truth(where), np.shape(a)), axis, int, keepdims=keepdims)


@implements(np.var)
def variance(
    a: Any,
    axis: Any = None,
    dtype: Any = None,
    out: Any = None,
    ddof: Any = 0,
    keepdims: Any = False,
    *,
    where: Any = True,
    mean: Any = np._NoValue,
    correction: Any = np._NoValue,
) -> Any:
    """Average the squared deviations from the mean, over n - ddof."""
    center = np.mean(a, axis, keepdims=True, where=where) if mean is np._NoValue else mean
    squares = np.sum(np.square(a - center), axis, dtype, keepdims=keepdims is True, where=where)
    removed = ddof if correction is np._NoValue else correction
    return as_out(out, squares / (_count(a, axis, where, keepdims is True) - removed))


@implements(np.std)
def standard_deviation(
    a: Any, axis: Any = None, dtype: Any = None, out: Any = None, *args: Any, **kwargs: Any
) -> Any:
    """Take the root of the variance."""
    return as_out(out, np.sqrt(np.var(a, axis, dtype, None, *args, **kwargs)))


@implements(np.average)
def average(
    a: Any, axis: Any = None, weights: Any = None, returned: Any = False, *, keepdims: Any = False
) -> Any:
    """Give the weighted mean; `weights` of the shape of `a`, or 1-d along `axis`."""
    shares = np.ones(np.shape(a)) if weights is None else _along(weights, np.shape(a), axis)
    scale = np.sum(shares, axis, keepdims=keepdims)
    mean_value = np.sum(np.multiply(a, shares), axis, keepdims=keepdims) / scale
    return (mean_value, scale) if returned else mean_value


def _along(weights: Any, shape: tuple[int, ...], axis: Any) -> Any:
    """Spread 1-d weights along their axis."""
    if np.shape(weights) == shape:
        return weights
    placed = [1] * len(shape)
    placed[axis] = -1
    return np.broadcast_to(np.reshape(weights, placed), shape)


@implements(np.cumsum)
def cumulative_sum(a: Any, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
    """Give the partial sums along `axis`, or of all elements in a row."""
    return _accumulate(np.add, a, axis, dtype, out)


@implements(np.cumprod)
def cumulative_product(a: Any, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
    """Give the partial products along `axis`, or of all elements in a row."""
    return _accumulate(np.multiply, a, axis, dtype, out)


def _accumulate(ufunc: np.ufunc, a: Any, axis: Any, dtype: Any, out: Any) -> Any:
    terms = np.ravel(a) if axis is None else a
    return as_out(out, ufunc.accumulate(as_balls(terms), axis=axis or 0, dtype=dtype))


@implements(np.any)
def some(a: Any, axis: Any = None, out: Any = None, **kwargs: Any) -> Any:
    """Tell whether any element along `axis` is not zero."""
    return np.any(truth(np.reshape(a, np.shape(a))), axis, out, **kwargs)


@implements(np.all)
def every(a: Any, axis: Any = None, out: Any = None, **kwargs: Any) -> Any:
    """Tell whether all elements along `axis` are not zero."""
    return np.all(truth(np.reshape(a, np.shape(a))), axis, out, **kwargs)


@implements(np.ptp)
def extent(a: Any, axis: Any = None, out: Any = None, **kwargs: Any) -> Any:
    """Give the maximum minus the minimum."""
    return as_out(out, np.max(a, axis, **kwargs) - np.min(a, axis, **kwargs))
