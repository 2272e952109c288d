"""JAX's factorisations and solutions of linear equations, in NumPy code that takes balls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.arithmetic import midpoint


def cholesky(x: Any) -> Any:
    """Return the lower triangular root of a symmetric matrix."""
    return np.linalg.cholesky(x)


def triangular_solve(
    a: Any, b: Any, *, left_side: bool, lower: bool, transpose_a: bool, unit_diagonal: bool
) -> Any:
    """Solve a x = b, or x a = b, where a is read as triangular."""
    matrix = np.tril(a) if lower else np.triu(a)
    if unit_diagonal:
        matrix = np.where(np.eye(a.shape[-1], dtype=bool), 1.0, matrix)
    if transpose_a == left_side:
        matrix = np.swapaxes(matrix, -1, -2)
    if left_side:
        return np.linalg.solve(matrix, b)
    return np.swapaxes(np.linalg.solve(matrix, np.swapaxes(b, -1, -2)), -1, -2)


def lu(x: Any) -> list[Any]:
    """Factorise by elimination: both triangles in one matrix, the row exchanges, the row order."""
    factorised = [_eliminated(matrix) for matrix in np.reshape(x, (-1, *x.shape[-2:]))]
    matrices, exchanges, orders = (np.stack(parts) for parts in zip(*factorised, strict=True))
    stack = x.shape[:-2]
    return [
        np.reshape(matrices, x.shape),
        np.reshape(exchanges, (*stack, -1)).astype(np.int32),
        np.reshape(orders, (*stack, -1)).astype(np.int32),
    ]


def _eliminated(matrix: Any) -> tuple[Any, Any, Any]:
    """Eliminate in one matrix; any pivot but zero is right, so midpoints may choose it."""
    matrix, exchanges, order = matrix.copy(), [], np.arange(matrix.shape[0])
    for k in range(min(matrix.shape)):
        pivot = k + int(np.argmax(np.abs(midpoint(matrix[k:, k]))))
        exchanges.append(pivot)
        matrix[[k, pivot]], order[[k, pivot]] = matrix[[pivot, k]], order[[pivot, k]]
        below, right = slice(k + 1, None), matrix[k, k + 1 :]
        matrix[below, k] = matrix[below, k] / matrix[k, k]
        matrix[below, below] = matrix[below, below] - np.outer(matrix[below, k], right)
    return matrix, np.array(exchanges), order


LINEAR_ALGEBRA: dict[str, Callable[..., Any]] = {
    "cholesky": cholesky,
    "lu": lu,
    "triangular_solve": triangular_solve,
}
"""Name of a primitive -> function of its inputs, and of the parameters that its signature names."""
