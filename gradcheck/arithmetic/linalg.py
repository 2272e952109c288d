"""Linear algebra: norms, and what elimination gives. Iterations (svd, eigenvalues) are refused."""

# ruff: noqa: FBT002 - the signatures are NumPy's and SciPy's
from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
from flint import arb_mat
from numpy.typing import NDArray

from gradcheck.arithmetic.array import as_balls, boxed, objects_of
from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.dispatch import implements
from gradcheck.arithmetic.elementwise import object_array
from gradcheck.arithmetic.errors import NotLiftable, Undecided
from gradcheck.arithmetic.products import flint_matrix, matmul

LinAlgError = np.linalg.LinAlgError


@implements(np.linalg.norm)
def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: Any = False) -> Any:  # noqa: A002
    """Give the norm of a vector or matrix, as np.linalg.norm does; not the spectral norms."""
    balls = as_balls(x)
    if axis is None and ord is None:
        return _root_of_squares(balls, None, keepdims)
    axes = tuple(range(balls.ndim)) if axis is None else tuple(np.atleast_1d(axis).tolist())
    if len(axes) == 1:
        return _vector_norm(balls, ord, axes[0], keepdims)
    return _matrix_norm(balls, ord, axes, keepdims)


def _root_of_squares(x: Any, axis: Any, keepdims: Any) -> Any:
    return np.sqrt(np.sum(np.square(x), axis=axis, keepdims=keepdims))


def _vector_norm(x: Any, order: Any, axis: int, keepdims: Any) -> Any:
    if order in (None, 2):
        return _root_of_squares(x, axis, keepdims)
    if order == 0:
        return np.sum(x != 0, axis=axis, keepdims=keepdims).astype(np.float64)
    if abs(order) == np.inf:
        extreme = np.max if order > 0 else np.min
        return extreme(np.abs(x), axis=axis, keepdims=keepdims)
    if order == 1:
        return np.sum(np.abs(x), axis=axis, keepdims=keepdims)
    return np.sum(np.abs(x) ** order, axis=axis, keepdims=keepdims) ** (1 / Ball(order))


def _matrix_norm(x: Any, order: Any, axes: tuple[int, ...], keepdims: Any) -> Any:
    if order in (None, "fro"):
        return _root_of_squares(x, axes, keepdims)
    if order not in (1, -1, np.inf, -np.inf):
        raise NotLiftable(f"np.linalg.norm(..., ord={order!r}) of a matrix needs singular values")
    summed, compared = axes if abs(order) == 1 else axes[::-1]
    extreme = np.max if order > 0 else np.min
    sums = np.sum(np.abs(x), axis=summed, keepdims=True)
    result = extreme(sums, axis=compared, keepdims=True)
    return result if keepdims else np.squeeze(result, axis=axes)[()]


@implements(np.linalg.inv)
def inverse(a: Any) -> Any:
    """Invert a matrix or each of a stack."""
    return _each(a, lambda matrix: _invertible(matrix, lambda: flint_matrix(matrix).inv()))


@implements(np.linalg.solve)
def solve(a: Any, b: Any) -> Any:
    """Solve a x = b for a vector, a matrix or stacks of matrices."""
    left, right = object_array(a), object_array(b)
    if right.ndim == 1:
        return solve(a, boxed(right[:, np.newaxis]))[..., 0]
    stack = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    left = np.broadcast_to(left, stack + left.shape[-2:])
    result = np.empty(stack + right.shape[-2:], dtype=object)
    for index in np.ndindex(stack):
        result[index] = _solve(left[index], np.broadcast_to(right, result.shape)[index])
    return boxed(result)


def _solve(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
    solution = _invertible(a, lambda: flint_matrix(a).solve(flint_matrix(b)))
    return _from_flint(solution, b.shape)


def _invertible(matrix: NDArray[Any], elimination: Callable[[], arb_mat]) -> arb_mat:
    """Run an elimination; tell a singular matrix from balls too wide to find pivots."""
    try:
        return elimination()
    except ZeroDivisionError:
        if flint_matrix(matrix).det() == 0:
            raise LinAlgError("Singular matrix") from None
        raise Undecided("no pivot of the matrix is certainly different from zero") from None


def _from_flint(matrix: arb_mat, shape: tuple[int, ...]) -> NDArray[Any]:
    return objects_of(map(Ball, matrix.entries()), shape)


def _each(a: Any, of: Callable[[NDArray[Any]], arb_mat]) -> Any:
    """Apply a function to the matrix, or to each of the stack."""
    stack = _square(a)
    result = np.empty(stack.shape, dtype=object)
    for index in np.ndindex(stack.shape[:-2]):
        result[index] = _from_flint(of(stack[index]), stack.shape[-2:])
    return boxed(result)


def _square(a: Any) -> NDArray[Any]:
    array: NDArray[Any] = object_array(a)
    if array.ndim < 2 or array.shape[-1] != array.shape[-2]:
        raise LinAlgError(f"an array of shape {array.shape} is no stack of square matrices")
    return array


@implements(np.linalg.det)
def determinant(a: Any) -> Any:
    """Give the determinant of a matrix, or of each of a stack."""
    stack = _square(a)
    flat = stack.reshape(-1, *stack.shape[-2:])
    return boxed(objects_of((Ball(flint_matrix(m).det()) for m in flat), stack.shape[:-2])[()])


@implements(np.linalg.slogdet)
def slogdet(a: Any) -> Any:
    """Give the sign of the determinant and the logarithm of its size."""
    value = determinant(a)
    return _SignAndLog(np.sign(value), np.log(np.abs(value)))


_SignAndLog = type(np.linalg.slogdet(np.eye(1)))


@implements(np.linalg.cholesky)
def cholesky(a: Any) -> Any:
    """Factor a symmetric positive definite matrix, or each of a stack, into L times L transposed.

    Reads the lower triangle, as NumPy does (G. H. Golub, C. F. Van Loan, Matrix Computations,
    section 4.2).
    """
    stack = _square(a)
    result = np.empty(stack.shape, dtype=object)
    for index in np.ndindex(stack.shape[:-2]):
        result[index] = _cholesky(stack[index])
    return boxed(result)


def _cholesky(a: NDArray[Any]) -> NDArray[Any]:
    n = len(a)
    lower = objects_of([Ball(0)] * (n * n), (n, n))
    for j in range(n):
        pivot = a[j, j] - lower[j, :j] @ lower[j, :j]
        if not pivot > 0:
            raise LinAlgError("Matrix is not positive definite")
        lower[j, j] = pivot.sqrt()
        for i in range(j + 1, n):
            lower[i, j] = (a[i, j] - lower[i, :j] @ lower[j, :j]) / lower[j, j]
    return lower


@implements(np.linalg.multi_dot)
def multi_dot(arrays: Any, *, out: Any = None) -> Any:
    """Multiply matrices from the left."""
    return reduce(matmul, arrays)


@implements(np.linalg.matrix_power)
def matrix_power(a: Any, n: int) -> Any:
    """Multiply a square matrix `n` times with itself, or its inverse for a negative `n`."""
    base = inverse(a) if n < 0 else boxed(_square(a))
    identity = as_balls(np.broadcast_to(np.eye(base.shape[-1]), base.shape))
    return reduce(matmul, [base] * abs(n), identity)
