"""What an example array is like that other values have to be like, too.

Code may rely on more than shapes: that targets are one-hot, a mask has two values, a matrix is
symmetric, knots increase.  Whatever holds for the example is kept by everything that search tries,
so that no layer is accused for an input that it was never meant for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

NEVER_NEGATIVE = frozenset(
    {"p", "q", "prob", "probs", "probabilities", "var", "variance", "sigma", "std", "counts"}
)
"""By their names: code that guards a zero among these says nothing about negative numbers."""

LEAST_ENTRIES = 3
"""Fewer numbers are in order, or differ, by chance."""


@dataclass(frozen=True)
class Structure:
    """A property of arrays.

    Attributes
    ----------
    name : str
        What it is called.
    holds : callable
        Tells whether an array has it.
    restored : callable
        Returns an array that has it, near one that may have lost it.
    """

    name: str
    holds: Callable[[Array], bool]
    restored: Callable[[Array], Array]


def is_default(x: Array) -> bool:
    """Whether an array is what parameters begin with: one number everywhere, or the identity.

    Examples
    --------
    >>> is_default(np.zeros(4)), is_default(np.eye(3)), is_default(np.array([0.0, 1.0]))
    (True, True, False)
    """
    if not x.ndim or not x.size or not np.isfinite(x).all():
        return False
    square = x.ndim == 2 and x.shape[0] == x.shape[1]
    return bool((x == x.flat[0]).all()) or (square and np.array_equal(x, np.eye(len(x))))


def structures_of(example: Array, symbol: str = "") -> tuple[Structure, ...]:
    """Return what holds for an example; of entries that are all equal nothing can be said.

    Parameters
    ----------
    example : ndarray
        Any.
    symbol : str
        Its name: some names tell that negative numbers have no meaning.

    Examples
    --------
    >>> [structure.name for structure in structures_of(np.eye(3)[[0, 2]])]
    ['one-hot']
    >>> structures_of(np.array([[0.3, -1.2], [0.7, 0.1]]))
    ()
    """
    if example.size < 2 or (example == example.flat[0]).all():
        return ()
    # a row of integers may be labels by chance, several rows are not
    if _is_one_hot(example) and (example.ndim > 1 or example.dtype.kind == "f"):
        return (_ONE_HOT,)
    if example.dtype.kind == "f":
        by_name = [_NOT_NEGATIVE] if symbol.lower() in NEVER_NEGATIVE else []
        found = [_few_values(example), *_OF_REALS, *by_name]
    else:
        found = [*_OF_INTEGERS] if example.dtype.kind in "iu" else []
    return tuple(structure for structure in found if structure and structure.holds(example))


def restored(x: Array, structures: tuple[Structure, ...]) -> Array | None:
    """Return an array with all structures, near x; None where they do not go together."""
    for structure in structures:
        x = structure.restored(x)
    return x if all(structure.holds(x) for structure in structures) else None


def _is_one_hot(x: Array) -> bool:
    rows = x.ndim > 0 and x.shape[-1] > 1
    return rows and bool(np.isin(x, (0, 1)).all() and (x.sum(axis=-1) == 1).all())


def _one_hot(x: Array) -> Array:
    unit_vectors = np.eye(x.shape[-1], dtype=x.dtype)
    return np.asarray(unit_vectors[np.nan_to_num(x).argmax(axis=-1)])


def _few_values(example: Array) -> Structure | None:
    """Two values, as masks and labels have them; two numbers alone are no mask."""
    values = np.unique(example)
    if len(values) != 2 or not (example.size > LEAST_ENTRIES or np.isin(values, (0, 1)).all()):
        return None
    return Structure(
        "two values",
        lambda x: bool(np.isin(x, values).all()),
        partial(_nearest, values),
    )


def _nearest(values: Array, x: Array) -> Array:
    with np.errstate(invalid="ignore"):  # infinity minus itself: a mask of 0 and -inf
        distance = np.nan_to_num(np.abs(x[..., np.newaxis] - values), nan=0.0)
    return np.asarray(values[distance.argmin(axis=-1)])


def _are_probabilities(x: Array) -> bool:
    if not x.ndim or x.shape[-1] < 2 or not (x >= 0).all():
        return False
    off = np.abs(x.sum(axis=-1) - 1)
    return bool((off <= x.shape[-1] * np.finfo(x.dtype).eps).all())


def _normalised(x: Array) -> Array:
    weights = np.abs(np.nan_to_num(x))
    weights = np.where(weights.sum(axis=-1, keepdims=True) == 0, np.ones_like(x), weights)
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def _is_symmetric(x: Array) -> bool:
    square = x.ndim > 1 and x.shape[-1] == x.shape[-2] > 1
    return square and bool(np.array_equal(x, np.swapaxes(x, -1, -2)))


def _symmetric(x: Array) -> Array:
    return np.asarray(np.tril(x) + np.swapaxes(np.tril(x, -1), -1, -2))


def _is_triangular(keep: Callable[[Array], Array], x: Array) -> bool:
    square = x.ndim > 1 and x.shape[-1] == x.shape[-2] > 1
    return square and bool(np.array_equal(x, keep(x)))


def _is_increasing(x: Array) -> bool:
    return x.ndim == 1 and x.size >= LEAST_ENTRIES and bool((np.diff(x) >= 0).all())


def _is_permutation(x: Array) -> bool:
    many = x.ndim == 1 and x.size >= LEAST_ENTRIES
    return many and bool(np.array_equal(np.sort(x), np.arange(x.size)))


_ONE_HOT = Structure("one-hot", _is_one_hot, _one_hot)
_NOT_NEGATIVE = Structure("not negative", lambda x: bool((x >= 0).all()), np.abs)
_INCREASING = Structure("increasing", _is_increasing, np.sort)
_OF_REALS = (
    Structure("probabilities", _are_probabilities, _normalised),
    Structure("symmetric", _is_symmetric, _symmetric),
    Structure("lower triangular", partial(_is_triangular, np.tril), np.tril),
    Structure("upper triangular", partial(_is_triangular, np.triu), np.triu),
    _INCREASING,
)
_OF_INTEGERS = (
    Structure("permutation", _is_permutation, lambda x: np.argsort(x, kind="stable")),
    _INCREASING,
)
