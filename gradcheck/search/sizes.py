"""Other sizes: the dimensions that a layer's arrays share, and arrays of other extents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from gradcheck.notation import Signature
from gradcheck.notation.layer import Array, Layer
from gradcheck.search.structure import Structure, restored

Axes: TypeAlias = Sequence[tuple[str, int]]

SIZES = (1, 2, 0)
"""Where code squeezes, takes one axis for another, or divides by a count."""

LARGER = 3
"""How much longer an axis is made: no multiple of a usual block."""


def declared_dimensions(layer: Layer) -> dict[str, Axes]:
    """Return the axes of each dimension that the user declared: by a signature, or the batch.

    Examples
    --------
    >>> from gradcheck.adapters.recognition import layer
    >>> scaled = layer(lambda x, w: x * w, lambda dout, x, w: (dout * w, (dout * x).sum(0)),
    ...                [np.ones((5, 3)), np.ones(3)], signature="(n,i),(i)->(n,i)")
    >>> declared_dimensions(scaled)
    {'n': [('x', 0)], 'i': [('x', 1), ('w', 0)]}
    """
    if not layer.signature:
        axes = [(symbol, 0) for symbol in layer.batch if layer.values[symbol].ndim]
        return {"the batch": axes} if axes else {}
    found: dict[str, list[tuple[str, int]]] = {}
    dims = Signature.parse(layer.signature).inputs
    for symbol, names in zip(layer.values, dims, strict=True):
        for axis, name in enumerate(names):
            if isinstance(name, str) and axis < layer.values[symbol].ndim:
                found.setdefault(name, []).append((symbol, axis))
    return dict(found)


def axes_of_equal_extent(values: Mapping[str, Array]) -> dict[int, Axes]:
    """Group all axes by extent: a guess at what belongs together, to be tried and not trusted."""
    found: dict[int, list[tuple[str, int]]] = {}
    for symbol, x in values.items():
        for axis, extent in enumerate(x.shape):
            found.setdefault(extent, []).append((symbol, axis))
    return dict(found)


def resized(
    layer: Layer, kept: Mapping[str, tuple[Structure, ...]], rng: np.random.Generator
) -> Iterator[tuple[str, dict[str, Array]]]:
    """Yield values of other sizes: of each declared dimension, then of all at once.

    The numbers lie between those of the example, so that they stay where it lives.
    """
    dimensions = declared_dimensions(layer)
    choices = [({d: size}, f"{d} = {size}") for size in SIZES for d in dimensions]
    choices += [(dict.fromkeys(dimensions, n), f"all dimensions {n}") for n in (1, 2, LARGER)]
    extents = {d: _extent(layer, axes) for d, axes in dimensions.items()}
    choices += [({d: n + LARGER}, f"{d} = {n + LARGER}") for d, n in extents.items()]
    for wanted, what in choices:
        values = _of_sizes(layer.values, {d: (dimensions[d], n) for d, n in wanted.items()}, rng)
        fitting = {symbol: restored(x, kept[symbol]) for symbol, x in values.items()}
        if dimensions and not any(x is None for x in fitting.values()):
            yield what, {symbol: x for symbol, x in fitting.items() if x is not None}


def _extent(layer: Layer, axes: Axes) -> int:
    symbol, axis = axes[0]
    return int(layer.values[symbol].shape[axis])


def _of_sizes(
    values: Mapping[str, Array],
    wanted: Mapping[str, tuple[Axes, int]],
    rng: np.random.Generator,
) -> dict[str, Array]:
    shapes = {symbol: list(x.shape) for symbol, x in values.items()}
    for axes, size in wanted.values():
        for symbol, axis in axes:
            shapes[symbol][axis] = size
    return {symbol: _between(x, tuple(shapes[symbol]), rng) for symbol, x in values.items()}


def _between(x: Array, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Return an array of a shape with numbers from among x, or for real ones between two of x."""
    if shape == x.shape or not x.size:
        return x if shape == x.shape else np.ones(shape, x.dtype)
    first = rng.choice(x.ravel(), shape)
    if x.dtype.kind != "f":
        return first
    share = np.round(rng.uniform(0, 1, shape), 3).astype(x.dtype)
    with np.errstate(invalid="ignore"):  # a mask of 0 and -inf is put right by its structure
        return np.asarray(first + share * (rng.choice(x.ravel(), shape) - first))
