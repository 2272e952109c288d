"""Nested lists of numbers, which is what scalar forms return, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradcheck.notation.point import Array


def as_array(value: Any) -> Array:
    """Return nested lists of numbers of any kind as an array; an array as it is.

    Parameters
    ----------
    value : array_like
        Floats become an array of floats, all other numbers an array of objects.

    Raises
    ------
    ValueError
        If lists beside each other have different lengths.

    Examples
    --------
    >>> as_array([[1.0, 2.0]]).shape
    (1, 2)
    """
    if not isinstance(value, list):
        return np.asanyarray(value)
    shape = _shape(value)
    leaves = list(_leaves(value, len(shape)))
    if not leaves or isinstance(leaves[0], (float, complex, int, np.generic)):
        return np.asanyarray(value)
    # NumPy asks every object in a list whether it is an array; there may be millions of them
    return np.fromiter(leaves, dtype=object, count=len(leaves)).reshape(shape)


def summed(terms: Sequence[Any]) -> Any:
    """Return the sum of terms that are numbers, arrays or nested lists of numbers, in order.

    Examples
    --------
    >>> summed([[1.0, [2.0]], [10.0, [20.0]]])
    [11.0, [22.0]]
    """
    if isinstance(terms[0], list):
        return [summed(parts) for parts in zip(*terms, strict=True)]
    return sum(terms[1:], start=terms[0])


def _shape(value: Any) -> tuple[int, ...]:
    shape = []
    while isinstance(value, list):
        shape.append(len(value))
        value = value[0] if value else None
    return tuple(shape)


def _leaves(value: Any, depth: int) -> Iterator[Any]:
    if depth == 0:
        yield value
        return
    for part in value:
        yield from _leaves(part, depth - 1)
