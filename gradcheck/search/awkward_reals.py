"""Awkward variants of arrays of real numbers, by kind: zeros, ties, equal entries, signs, sizes.

Each function takes an array and a generator, and yields what it did in words, and a new array.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gradcheck.search.structure import is_default

Array: TypeAlias = NDArray[Any]
Variants: TypeAlias = Iterator[tuple[str, Array]]

SIMPLE = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
"""Where thresholds are, and what people type."""

SATURATED = 50.0
"""There tanh, sigmoid and softmax are flat in float64, and exp is far from overflow."""

FACTORS = (10.0, 0.1, 1e3, 1e-8)
"""Beyond usual thresholds, small, large, and so small that 1 + x² rounds to 1."""


def zeros(x: Array, rng: np.random.Generator) -> Variants:
    """Set one entry, one slice along each axis, half of the entries, or all to exact zeros."""
    yield "one entry zero", _with(x, _entry(x, rng), 0.0)
    for axis in range(x.ndim):
        yield f"a slice along axis {axis} zero", _with(x, _slice(x, axis, rng), 0.0)
    if x.ndim:
        half = rng.permuted(np.arange(x.size) % 2 == 0).reshape(x.shape)
        yield "half of the entries zero", np.where(half, np.zeros_like(x), x)
    yield "all zero", np.zeros_like(x)


def ties(x: Array, rng: np.random.Generator) -> Variants:
    """Make the two largest entries equal, or the two smallest, or slices, or draw with repeats."""
    for axis in range(x.ndim):
        if x.shape[axis] > 1:
            yield f"the two largest along axis {axis} equal", _tied(x, axis, largest=True)
            yield f"the two smallest along axis {axis} equal", _tied(x, axis, largest=False)
            first, second = rng.choice(x.shape[axis], 2, replace=False)
            yield (
                f"two equal slices along axis {axis}",
                _with(x, _at(axis, second), np.take(x, first, axis)),
            )
    if x.size > 1:
        yield "entries repeated", rng.choice(x.ravel(), x.shape)
        yield "rounded to whole numbers", np.rint(x)


def equal_entries(x: Array, rng: np.random.Generator) -> Variants:
    """Make all entries one number."""
    if x.size > 1:
        for number in (1.0, -1.0, 0.5, float(x.flat[0])):
            yield f"all equal to {number:.4g}", np.full_like(x, number)


def simple_numbers(x: Array, rng: np.random.Generator) -> Variants:
    """Draw from the numbers at which thresholds are."""
    if x.ndim:
        yield "simple numbers", rng.choice(SIMPLE, x.shape).astype(x.dtype)
        yield "one simple number", _with(x, _entry(x, rng), rng.choice(SIMPLE))


def signs(x: Array, rng: np.random.Generator) -> Variants:
    """Make all entries negative, all positive, or turn them round."""
    if x.ndim:
        yield "all negative", -np.abs(x)
        yield "all positive", np.abs(x)
        yield "signs turned", -x
        index = _entry(x, rng)
        yield "one entry's sign turned", _with(x, index, -x[index])


def sizes(x: Array, rng: np.random.Generator) -> Variants:
    """Make all entries, or one, large or small."""
    if x.ndim:
        for factor in FACTORS:
            yield f"{factor:g} times as large", factor * x
            index = _entry(x, rng)
            yield f"one entry {factor:g} times as large", _with(x, index, factor * x[index])


def saturated(x: Array, rng: np.random.Generator) -> Variants:
    """Push all entries, or one slice, to where squashing functions are flat."""
    flat = np.copysign(np.full_like(x, SATURATED), x)
    if x.ndim:
        yield "all saturated", flat
        for axis in range(x.ndim):
            part = _slice(x, axis, rng)
            yield f"a slice along axis {axis} saturated", _with(x, part, flat[part])


def off_default(x: Array, rng: np.random.Generator) -> Variants:
    """Move parameters that are all 1 or all 0, any one number, or the identity off that."""
    if is_default(x):
        size = rng.uniform(0.25, 0.75, x.shape)
        sign = np.where(x == 0, rng.choice((-1.0, 1.0), x.shape), np.sign(x))
        yield "moved off its default", np.round(x + sign * size, 3).astype(x.dtype)


def scalars(x: Array, rng: np.random.Generator) -> Variants:
    """Try other settings: a number that is positive stays so, and so does one between 0 and 1."""
    if x.ndim:
        return
    size = abs(float(x))
    if size == 0 or size == 1:
        others: tuple[float, ...] = (0.5, 2.0, 0.0, 1.0)
    elif size < 1:
        others = (size / 2, (1 + size) / 2, 0.0, 1.0)
    else:
        others = (2 * size, (1 + size) / 2, 1.0)
    for other in others:
        if other != size:
            yield f"set to {np.copysign(other, x):.4g}", np.array(np.copysign(other, x), x.dtype)


def _entry(x: Array, rng: np.random.Generator) -> tuple[int, ...]:
    return tuple(int(rng.integers(extent)) for extent in x.shape)


def _slice(x: Array, axis: int, rng: np.random.Generator) -> tuple[Any, ...]:
    return _at(axis, int(rng.integers(x.shape[axis])))


def _at(axis: int, index: int) -> tuple[Any, ...]:
    return (slice(None),) * axis + (index,)


def _with(x: Array, where: tuple[Any, ...], value: Any) -> Array:
    changed = x.copy()
    changed[where] = value
    return changed


def _tied(x: Array, axis: int, *, largest: bool) -> Array:
    """Raise the second largest to the largest, everywhere along an axis."""
    order = np.argsort(-x if largest else x, axis=axis, kind="stable")
    first, second = np.take(order, [0], axis), np.take(order, [1], axis)
    changed = x.copy()
    np.put_along_axis(changed, second, np.take_along_axis(x, first, axis), axis)
    return changed
