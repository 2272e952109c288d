"""Functions of an array as functions of one number: along a direction, or in one entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gradcheck.oracles.directions import random_direction
from gradcheck.oracles.estimate import FloatArray
from gradcheck.oracles.evaluation import Function

ArrayFunction = Callable[[Any], Any]


def float_point(x: ArrayLike) -> FloatArray:
    """Return a float64 copy of a finite floating-point array, in C order."""
    array = np.asarray(x)
    if array.dtype.kind != "f":
        raise TypeError(
            f"x must be floating-point to differentiate by it, but its dtype is {array.dtype}: "
            "convert it with x.astype(float)"
        )
    if not np.isfinite(array).all():
        where = [int(i) for i in np.argwhere(~np.isfinite(array))[0]]
        raise ValueError(f"x must be finite, but x{where} = {array[tuple(where)]}")
    return array.astype(np.float64, order="C")


def along(phi: ArrayFunction, x: FloatArray, v: FloatArray) -> Function:
    """Return t -> phi(x + t v), in the arithmetic of t."""

    def g(t: Any) -> Any:
        kind = np.asarray(t).dtype  # NumPy 1 would cast a scalar down to the arrays beside it
        return phi(np.asarray(x.astype(kind) + t * v.astype(kind)))

    return g


def along_entry(phi: ArrayFunction, x: FloatArray, index: int) -> Function:
    """Return t -> phi(x with the entry at a flat index replaced by t), in the arithmetic of t."""

    def g(t: Any) -> Any:
        probe = x.astype(np.asarray(t).dtype, order="C")
        probe.reshape(-1)[index] = t
        return phi(probe)

    return g


def relative_direction(x: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return a random direction that moves each entry in proportion to its size."""
    sizes = np.abs(x)
    typical = float(sizes.max()) or 1.0
    return random_direction(rng, x.shape) * np.where(sizes > 0, sizes, typical)
