"""Moves to smaller cases: arrays with fewer entries, and entries that are simpler numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from gradcheck.notation.layer import Array, Layer, Values
from gradcheck.search.sizes import Axes, axes_of_equal_extent, declared_dimensions

Move: TypeAlias = Callable[[Values], "dict[str, Array] | None"]
"""From values to smaller or simpler ones; None where they have no such place."""

Simpler: TypeAlias = Callable[[Array], Array]

WHOLE: Sequence[Simpler] = (np.zeros_like, np.ones_like)
DECIMAL: Sequence[Simpler] = (
    lambda x: np.copysign(np.ones_like(x), x),
    np.rint,
    lambda x: np.round(x, 1),
    lambda x: np.round(x, 2),
)
"""What is tried in place of an array or an entry: the first two for integers, too."""

ENTRIES = 64
"""Up to so many entries of an array are made simple one by one."""


def fewer_entries(layer: Layer, values: Mapping[str, Array]) -> Iterator[Move]:
    """Yield moves that leave out halves, quarters, ... and single slices along each dimension.

    Dimensions are those that the user declared, axes that happen to be equally long, and single
    axes: code that does not take the smaller arrays says so.
    """
    groups: list[Axes] = [
        *declared_dimensions(layer).values(),
        *axes_of_equal_extent(values).values(),
        *([(symbol, axis)] for symbol, x in values.items() for axis in range(x.ndim)),
    ]
    for axes in groups:
        symbol, axis = axes[0]
        for part in _parts(values[symbol].shape[axis]):
            yield partial(_without, axes, part)


def simpler_integers(values: Mapping[str, Array]) -> Iterator[Move]:
    """Yield moves that make integers and booleans 0 or 1: shorter axes have no larger indices."""
    return _simpler(values, "iub", WHOLE)


def simpler_reals(values: Mapping[str, Array]) -> Iterator[Move]:
    """Yield moves that make an array, or one entry, simple: 0, 1, -1, or short decimals."""
    return _simpler(values, "f", (*WHOLE, *DECIMAL))


def _simpler(values: Mapping[str, Array], kinds: str, ways: Sequence[Simpler]) -> Iterator[Move]:
    for symbol, x in values.items():
        if x.dtype.kind in kinds:
            yield from (partial(_set, symbol, ..., simpler) for simpler in ways)
            for index in np.ndindex(x.shape) if 1 < x.size <= ENTRIES else ():
                yield from (partial(_set, symbol, index, simpler) for simpler in ways)


def _parts(extent: int) -> Iterator[slice]:
    """Yield halves, quarters, ... and single indices, the last ones first."""
    length = (extent + 1) // 2
    while length:
        for stop in range(extent, 0, -length):
            yield slice(max(0, stop - length), stop)
        length //= 2


def _without(axes: Axes, part: slice, values: Values) -> dict[str, Array] | None:
    left = dict(values)
    for symbol, axis in axes:
        x = left[symbol]
        if x.shape[axis] < part.stop or x.shape[axis] <= part.stop - part.start:
            return None
        left[symbol] = np.delete(x, part, axis)
    return left


def _set(symbol: str, where: Any, simpler: Simpler, values: Values) -> dict[str, Array] | None:
    """Make some entries of an array simpler; None where they are simple enough, or gone."""
    x = np.array(values[symbol])
    if where is not ... and any(i >= n for i, n in zip(where, x.shape, strict=True)):
        return None
    before = _effort(x)
    x[where] = simpler(x[where])
    return {**values, symbol: x} if _effort(x) < before else None


def _effort(x: Array) -> tuple[float, ...]:
    """Return what is less for simpler numbers: whole ones, then few decimals, then small ones."""
    finite = np.nan_to_num(x.astype(float))
    decimals = [int((finite != np.round(finite, n)).sum()) for n in range(3)]
    return *decimals, float(np.abs(finite).sum()), int((finite < 0).sum())
