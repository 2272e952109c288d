"""Awkward variants of all values of a layer, by kind, the most promising kind first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, zip_longest
from typing import TypeAlias

import numpy as np

from gradcheck.notation.layer import Array, Layer
from gradcheck.search import awkward_integers as integers
from gradcheck.search import awkward_reals as reals
from gradcheck.search.awkward_reals import Variants
from gradcheck.search.structure import Structure, is_default, restored, structures_of

OfArray: TypeAlias = Callable[[Array, np.random.Generator], Variants]
Changed: TypeAlias = tuple[str, dict[str, Array]]
Structures: TypeAlias = Mapping[str, tuple[Structure, ...]]

OFF_DEFAULT, TIES = "off the default", "ties"

KINDS: Mapping[str, Sequence[OfArray]] = {
    OFF_DEFAULT: (reals.off_default, reals.scalars, integers.settings),
    "zeros": (reals.zeros,),
    TIES: (reals.ties,),
    "repeated indices": (integers.repeated_indices, integers.other_integers),
    "masks": (integers.masks,),
    "signs": (reals.signs,),
    "simple numbers": (reals.simple_numbers,),
    "large and small": (reals.sizes,),
    "saturated": (reals.saturated,),
    "equal entries": (reals.equal_entries,),
}
"""What each kind does to one array."""

AXIS_NAMES = frozenset({"axis", "axes", "dim", "dims"})
"""An integer of this name may be counted from the end; of another, -1 may mean anything."""


def structures(layer: Layer) -> dict[str, tuple[Structure, ...]]:
    """Return what holds for each example array of a layer."""
    return {
        symbol: structures_of(x, symbol) if symbol in layer.held or not is_default(x) else ()
        for symbol, x in layer.values.items()
    }


def variants(
    kind: str, values: Mapping[str, Array], kept: Structures, rng: np.random.Generator
) -> Iterator[Changed]:
    """Yield awkward variants of one kind: of each array in turn, then of all together.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    values : mapping of str to ndarray
        What they are variants of.
    kept : mapping of str to tuple of Structure
        What holds for each array and goes on to hold.
    rng : numpy.random.Generator
        Draws places and numbers.

    Yields
    ------
    what, values
        In words and as arrays.
    """
    for row in zip_longest(*_of_each(kind, values, kept, rng)):
        for what, change in filter(None, row):
            yield what, {**values, **change}
    if kind == TIES:
        yield from _equal_inputs(values, kept, rng)
    for row in zip_longest(*_of_each(kind, values, kept, rng)):
        several = list(filter(None, row))
        if len(several) > 1:
            joined = {symbol: x for _, change in several for symbol, x in change.items()}
            yield ", ".join(what for what, _ in several), {**values, **joined}


def _of_each(
    kind: str, values: Mapping[str, Array], kept: Structures, rng: np.random.Generator
) -> list[Iterator[Changed]]:
    return [_of_one(kind, symbol, x, kept[symbol], rng) for symbol, x in values.items()]


def _of_one(
    kind: str, symbol: str, x: Array, kept: tuple[Structure, ...], rng: np.random.Generator
) -> Iterator[Changed]:
    for function in _functions(kind, symbol, x):
        for what, variant in function(x, rng):
            fitting = restored(variant, kept)
            if fitting is not None:
                yield f"{symbol}: {what}", {symbol: fitting}


def _functions(kind: str, symbol: str, x: Array) -> Iterator[OfArray]:
    for function in KINDS[kind]:
        if x.size and (x.dtype.kind == "f" or function.__module__ != reals.__name__):
            yield function
    if kind == OFF_DEFAULT and symbol.lower() in AXIS_NAMES:
        yield integers.axes


def _equal_inputs(
    values: Mapping[str, Array], kept: Structures, rng: np.random.Generator
) -> Iterator[Changed]:
    """Yield values in which two inputs of one shape are equal in half of the entries, or in all."""
    for a, b in combinations(values, 2):
        x, y = values[a], values[b]
        if x.shape == y.shape and x.dtype == y.dtype and x.dtype.kind == "f" and x.size:
            half = rng.permuted(np.arange(x.size) % 2 == 0).reshape(x.shape)
            for what, equal in (("half of the entries", half), ("all entries", True)):
                fitting = restored(np.asarray(np.where(equal, x, y)), kept[b])
                if fitting is not None:
                    yield f"{b}: {what} equal to those of {a}", {**values, b: fitting}
