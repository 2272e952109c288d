"""Products of matrices, through flint's own matrices.

One multiplication of `arb_mat` replaces a Python operation for each of its m k n products: it is
what makes a pass through a whole network affordable.
"""

from __future__ import annotations

import operator
from functools import reduce
from math import prod
from typing import Any

import numpy as np
from flint import arb_mat
from numpy.typing import NDArray

from gradcheck.arithmetic.array import BallArray, as_balls, boxed, objects_of, plain
from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.dispatch import UFUNCS, implements
from gradcheck.arithmetic.elementwise import as_out
from gradcheck.arithmetic.errors import NotLiftable

Objects = NDArray[Any]


def flint_matrix(matrix: Objects) -> arb_mat:
    """Convert a 2-d object array of balls, or a 2-d array of floats or integers, exactly."""
    rows, columns = matrix.shape
    entries = matrix.ravel().tolist()
    if matrix.dtype == object:
        entries = [ball.arb for ball in entries]
    return arb_mat(rows, columns, entries)


def matrix_product(a: Objects, b: Objects) -> Objects:
    """Multiply two 2-d arrays, of which at least one is an object array of balls."""
    shape = a.shape[0], b.shape[1]
    if a.shape[1] == 0:
        return objects_of([Ball(0)] * prod(shape), shape)
    entries = (flint_matrix(a) * flint_matrix(b)).entries() if prod(shape) else []
    balls = (Ball(e) if e.is_finite() else _entry(a, b, i) for i, e in enumerate(entries))
    return objects_of(balls, shape)


def _entry(a: Objects, b: Objects, index: int) -> Ball:
    """Sum one entry term by term, as infinities and `nan` need it."""
    row, column = divmod(index, b.shape[1])
    terms = zip(a[row].tolist(), b[:, column].tolist(), strict=True)
    return reduce(operator.add, (as_balls(x) * y for x, y in terms), Ball(0))


def batched_product(a: Objects, b: Objects) -> Objects:
    """Multiply stacks of matrices, broadcasting the leading axes."""
    if a.ndim == b.ndim == 2:
        return matrix_product(a, b)
    if b.ndim == 2:
        rows = matrix_product(a.reshape(-1, a.shape[-1]), b)
        return rows.reshape(*a.shape[:-1], b.shape[-1])
    stack = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    a = np.broadcast_to(a, stack + a.shape[-2:])
    b = np.broadcast_to(b, stack + b.shape[-2:])
    result = np.empty((*stack, a.shape[-2], b.shape[-1]), dtype=object)
    for index in np.ndindex(stack):
        result[index] = matrix_product(a[index], b[index])
    return result


def factor(value: Any) -> Objects:
    """Give the array that a product works on: float64 and integers need no lifting."""
    if type(value) is np.ndarray and value.dtype.kind in "fiub" and value.dtype.itemsize <= 8:
        return value
    balls = as_balls(value)
    return plain(balls) if isinstance(balls, BallArray) else objects_of([balls], ())


def matmul(a: Any, b: Any) -> Any:
    """Multiply as `@` does: 1-d operands are a row on the left and a column on the right."""
    left, right = factor(a), factor(b)
    _refuse_scalars(left, right)
    rows = left[np.newaxis] if left.ndim == 1 else left
    columns = right[:, np.newaxis] if right.ndim == 1 else right
    if rows.shape[-1] != columns.shape[-2]:
        raise ValueError(
            f"matmul of shapes {left.shape} and {right.shape}: "
            f"{rows.shape[-1]} columns on the left, {columns.shape[-2]} rows on the right"
        )
    product = batched_product(rows, columns)
    dropped = [axis for axis, factor in ((-2, left), (-1, right)) if factor.ndim == 1]
    return boxed(np.squeeze(product, axis=tuple(dropped))[()])


def _refuse_scalars(left: Objects, right: Objects) -> None:
    if 0 in (left.ndim, right.ndim):
        raise ValueError(f"matmul of shapes {left.shape} and {right.shape}: a scalar is no matrix")


def _matmul_ufunc(method: str, inputs: Any, kwargs: dict[str, Any]) -> Any:
    """Answer np.matmul, also as `a @= b` and with out=."""
    out = kwargs.pop("out", None)
    if method != "__call__" or kwargs.keys() - {"dtype", "casting"}:
        raise NotLiftable(
            f"np.matmul.{method} with {sorted(kwargs)} on balls: call np.matmul(a, b)"
        )
    return as_out(out and out[0], matmul(*inputs))


UFUNCS["matmul"] = _matmul_ufunc


@implements(np.dot)
def dot(a: Any, b: Any, out: Any = None) -> Any:
    """Sum over the last axis of `a` and the last but one of `b`; scalars multiply."""
    left, right = factor(a), factor(b)
    if 0 in (left.ndim, right.ndim):
        product = as_balls(a) * as_balls(b)
    else:
        product = tensordot(a, b, axes=(-1, max(right.ndim - 2, 0)))
    return as_out(out, product)


@implements(np.vdot)
def vdot(a: Any, b: Any) -> Any:
    """Sum the products of all elements."""
    return matmul(factor(a).ravel(), factor(b).ravel())


@implements(np.inner)
def inner(a: Any, b: Any) -> Any:
    """Sum over the last axes; scalars multiply."""
    if 0 in (np.ndim(a), np.ndim(b)):
        return as_balls(a) * as_balls(b)
    return tensordot(a, b, axes=(-1, -1))


@implements(np.outer)
def outer(a: Any, b: Any, out: Any = None) -> Any:
    """Multiply every element of `a` with every one of `b`."""
    product = boxed(np.multiply.outer(_column(a), _column(b)))
    return as_out(out, product)


def _column(value: Any) -> Objects:
    """Give all elements in a row, as an object array."""
    balls = as_balls(value)
    return plain(balls).ravel() if isinstance(balls, BallArray) else objects_of([balls], (1,))


@implements(np.tensordot)
def tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    """Sum over the named axes, by one product of matrices."""
    left, right = factor(a), factor(b)
    summed_left, summed_right = _axes(axes, left.ndim, right.ndim)
    rows, kept_left = _as_rows(left, summed_left)
    columns, kept_right = _as_rows(right, summed_right)
    if rows.shape[1] != columns.shape[1]:
        raise ValueError(f"tensordot of shapes {left.shape} and {right.shape} over axes {axes!r}")
    product = matrix_product(rows, columns.T)
    return boxed(product.reshape(kept_left + kept_right)[()])


def _axes(axes: Any, left: int, right: int) -> tuple[list[int], list[int]]:
    """Normalise the axes of tensordot: how many, or which of either operand."""
    if isinstance(axes, (int, np.integer)):
        return list(range(left - int(axes), left)), list(range(int(axes)))
    first, second = ([axis] if np.ndim(axis) == 0 else list(axis) for axis in axes)
    return [axis % left for axis in first], [axis % right for axis in second]


def _as_rows(array: Objects, summed: list[int]) -> tuple[Objects, tuple[int, ...]]:
    """Give the array as a matrix whose columns are the summed axes, and the shape of the rest."""
    kept = [axis for axis in range(array.ndim) if axis not in summed]
    shape = tuple(array.shape[axis] for axis in kept)
    length = prod(array.shape[axis] for axis in summed)
    return array.transpose(kept + summed).reshape(prod(shape), length), shape
