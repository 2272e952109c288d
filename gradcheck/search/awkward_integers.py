"""Awkward variants of integers and booleans: repeated indices, other settings, masks.

Each function takes an array and a generator, and yields what it did in words, and a new array.
"""

from __future__ import annotations

import numpy as np

from gradcheck.search.awkward_reals import Array, Variants

SETTINGS = (0, 1, 2, 3)
"""Small numbers that a stride, a padding, an exponent or a lag may be."""


def repeated_indices(x: Array, rng: np.random.Generator) -> Variants:
    """Repeat some of the integers of an array, or make all the same; none leaves their range."""
    if x.size < 2 or x.dtype.kind not in "iu":
        return
    repeated = x.copy()
    first, second = rng.choice(x.size, 2, replace=False)
    repeated.flat[second] = x.flat[first]
    yield "one integer repeated", repeated
    yield "all integers equal to the largest", np.full_like(x, x.max())
    yield "all integers equal to the smallest", np.full_like(x, x.min())
    yield "integers drawn with repeats", rng.choice(x.ravel(), x.shape)


def other_integers(x: Array, rng: np.random.Generator) -> Variants:
    """Turn the order round, or draw anew from the range that was observed."""
    if x.size < 2 or x.dtype.kind not in "iu":
        return
    yield "integers in reverse", np.flip(x).copy()
    drawn = rng.integers(x.min(), x.max(), x.shape, endpoint=True)
    yield "integers drawn from their range", drawn.astype(x.dtype)


def settings(x: Array, rng: np.random.Generator) -> Variants:
    """Try other values of a single integer, none negative unless it was."""
    if x.ndim or x.dtype.kind not in "iu":
        return
    for value in SETTINGS if x >= 0 else (0, 1, -1, -2):
        if value != x:
            yield f"set to {value}", np.array(value, x.dtype)


def axes(x: Array, rng: np.random.Generator) -> Variants:
    """Try axes counted from the end."""
    if not x.ndim and x.dtype.kind == "i":
        for value in (-1, -2):
            if value != x:
                yield f"set to {value}", np.array(value)


def masks(x: Array, rng: np.random.Generator) -> Variants:
    """Set all booleans, none, one, or the opposite ones."""
    if x.dtype.kind != "b":
        return
    yield "opposite", ~x
    if x.ndim and x.size:
        yield "none set", np.zeros_like(x)
        yield "all set", np.ones_like(x)
        one = np.zeros_like(x)
        one.flat[rng.integers(x.size)] = True
        yield "one set", one
