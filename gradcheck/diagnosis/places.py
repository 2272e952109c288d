"""Places in a gradient that have something in common: zeros of an input, ties, the last row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.checks.evaluation import Array
from gradcheck.diagnosis.bounded import exactly
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.quantities import embeddings, output_of


@dataclass(frozen=True, eq=False)
class Places:
    """Some entries of a gradient, and what they have in common.

    Attributes
    ----------
    phrase : str
        Completes "the entries that are wrong are those …".
    mask : ndarray of bool
        Which entries these are, of those that are looked at.
    """

    phrase: str
    mask: Array


EVERYWHERE = "everywhere but"
"""How a phrase begins that names the other entries."""

SIGNS: tuple[tuple[str, Callable[[Array], Array]], ...] = (
    ("where {} is negative", lambda q: q < 0),
    ("where {} is positive", lambda q: q > 0),
    ("where {} is 0 or negative", lambda q: q <= 0),
    ("where {} is 0 or positive", lambda q: q >= 0),
)
"""What numbers of both signs may have in common."""


def places(mismatch: Mismatch) -> Iterator[Places]:
    """Yield sets of entries that can be said in a few words, special values first."""
    for name, array in _arrays(mismatch):
        for of_values in _by_value(name, array):
            for laid in embeddings(exactly(of_values.mask), mismatch.shape):
                yield Places(of_values.phrase, mismatch.seen(laid.value) > 0)
    for by_index in (*_by_integers(mismatch), *_by_position(mismatch.shape)):
        yield Places(by_index.phrase, mismatch.seen(by_index.mask))


def _arrays(mismatch: Mismatch) -> Iterator[tuple[str, Array]]:
    point = mismatch.evaluation.point
    yield from point.inputs.items()
    yield mismatch.evaluation.operation.output, output_of(mismatch.evaluation).value
    yield "the cotangent", point.cotangent


def _by_value(name: str, array: Array) -> Iterator[Places]:
    if array.dtype.kind == "b":
        yield Places(f"where {name} is True", array)
        yield Places(f"where {name} is False", ~array)
        return
    yield Places(f"where {name} is 0", array == 0)
    for template, holds in SIGNS if (array < 0).any() and (array > 0).any() else ():
        yield Places(template.format(name), holds(array))
    if np.isin(array, (0, 1)).all():
        yield Places(f"where {name} is 1", array == 1)
    if array.size > 1:
        yield Places(f"where {name} has a value that it has elsewhere too", _tied(array))
    for axis in range(array.ndim) if array.size > 1 else ():
        largest = array == array.max(axis, keepdims=True)
        smallest = array == array.min(axis, keepdims=True)
        tied = largest & (largest.sum(axis, keepdims=True) > 1)
        yield Places(f"where {name} is the largest along axis {axis}", largest)
        yield Places(f"where {name} is the smallest along axis {axis}", smallest)
        yield Places(f"where {name} is one of several largest along axis {axis}", tied)


def _tied(array: Array) -> Array:
    _, which, counts = np.unique(array, return_inverse=True, return_counts=True)
    return np.asarray(counts[which.ravel()].reshape(array.shape) > 1)


def _by_integers(mismatch: Mismatch) -> Iterator[Places]:
    """Yield the entries that an integer input points to."""
    for name, array in mismatch.evaluation.point.inputs.items():
        if array.dtype.kind in "iu" and array.size:
            yield from _pointed_to(name, array, mismatch.shape)
            yield from _picked_by_row(name, array, mismatch.shape)


def _pointed_to(name: str, index: Array, shape: tuple[int, ...]) -> Iterator[Places]:
    """Yield the slices along each axis that an index names: once, several times, or never."""
    for axis, extent in enumerate(shape):
        if index.min() < -extent or index.max() >= extent:
            continue
        counts = np.bincount(index.ravel() % extent, minlength=extent)
        where = f"axis {axis}"
        for phrase, chosen in (
            (f"that {name} points to more than once along {where}", counts > 1),
            (f"that {name} points to along {where}", counts > 0),
            (f"that {name} never points to along {where}", counts == 0),
        ):
            yield Places(phrase, _along(chosen, axis, shape))


def _picked_by_row(name: str, index: Array, shape: tuple[int, ...]) -> Iterator[Places]:
    """Yield the entries [n, index[n]]: the targets of a classification."""
    rows, classes = shape[:-1], shape[-1] if shape else 0
    if index.shape == rows and classes and index.min() >= 0 and index.max() < classes:
        picked = np.arange(classes) == index[..., None]
        yield Places(f"that {name} picks along axis {len(rows)}", picked)
        yield Places(f"that {name} does not pick along axis {len(rows)}", ~picked)


def _by_position(shape: tuple[int, ...]) -> Iterator[Places]:
    for axis, extent in enumerate(shape):
        if extent > 1:
            for phrase, index in (("first", 0), ("last", extent - 1)):
                chosen = np.arange(extent) == index
                name = f"at the {phrase} index of axis {axis}"
                yield Places(name, _along(chosen, axis, shape))
                yield Places(f"{EVERYWHERE} {name}", _along(~chosen, axis, shape))
    if len(shape) >= 2 and min(shape[-2:]) > 1:
        below = np.subtract.outer(np.arange(shape[-2]), np.arange(shape[-1]))
        for phrase, mask in (
            ("on the diagonal", below == 0),
            ("off the diagonal", below != 0),
            ("below the diagonal", below > 0),
            ("above the diagonal", below < 0),
        ):
            yield Places(phrase, np.broadcast_to(mask, shape))
        yield Places("on the border of the last two axes", _border(shape))


def _along(chosen: Array, axis: int, shape: tuple[int, ...]) -> Array:
    """Repeat a choice of indices of one axis along the others."""
    others = tuple(n for n in range(len(shape)) if n != axis)
    return np.broadcast_to(np.expand_dims(chosen, others), shape)


def _border(shape: tuple[int, ...]) -> Array:
    inside: Any = np.zeros(shape, dtype=bool)
    inside[..., 1:-1, 1:-1] = True
    return np.asarray(~inside)
