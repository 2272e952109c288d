"""Arrays to try a layer on: of which shape and which kind."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gradcheck.notation.layer import Array

REAL, INT, BOOL = "real", "int", "bool"
SHARES, ONE_HOT = "shares", "onehot"

CLASSES = 3
"""Integers go from 0 to 2, which every axis of three and more has room for."""

_PLURALS = {INT: "integers ", BOOL: "booleans ", ONE_HOT: "one-hot integers "}


@dataclass(frozen=True)
class Drawn:
    """An array that is drawn at random.

    Attributes
    ----------
    shape : tuple of int
        Of the array; the empty one is that of a single number.
    kind : str
        ``"real"``, ``"int"`` or ``"bool"``; ``"shares"`` are reals that add up to one in the last
        axis without rounding, and ``"onehot"`` are integers, a single one in each row.
    low, high : float
        Bounds, both included by integers; without them, reals are normal.
    """

    shape: tuple[int, ...]
    kind: str = REAL
    low: float = -math.inf
    high: float = math.inf

    def draw(self, rng: np.random.Generator) -> Array:
        """Return one.

        Examples
        --------
        >>> Drawn((4,), "int", 0, 2).draw(np.random.default_rng(0)).tolist()
        [2, 1, 1, 0]
        """
        if self.kind == INT:
            return np.asarray(rng.integers(int(self.low), int(self.high) + 1, self.shape))
        if self.kind == BOOL:
            return np.asarray(rng.integers(0, 2, self.shape) > 0)
        if self.kind in (ONE_HOT, SHARES):
            return _in_rows(rng, _ROWS[self.kind], self.shape)
        if math.isfinite(self.low):
            return np.asarray(rng.uniform(self.low, self.high, self.shape))
        return np.asarray(rng.standard_normal(self.shape))

    def __str__(self) -> str:
        return f"{_PLURALS.get(self.kind, '')}of shape {self.shape}"


@dataclass(frozen=True)
class Beside:
    """An array that goes with the first input: of its shape, or one entry for each of its rows.

    Targets and masks are that.  Labels of other rows than those of the input would run in some
    code, and prove nothing about it.
    """

    kind: str
    axes: int | None = None
    """How many of the first axes, counted as slices do; all of them if left out."""

    def of(self, first: tuple[int, ...]) -> Drawn:
        """Return it for the shape of the first input."""
        bounds = (0, CLASSES - 1) if self.kind == INT else (-math.inf, math.inf)
        return Drawn(first[: self.axes], self.kind, *bounds)


def _in_rows(
    rng: np.random.Generator, row: Callable[[int], Array], shape: tuple[int, ...]
) -> Array:
    """Return an array whose rows are a row in random orders."""
    count = shape[-1] if shape else 1
    return np.asarray(rng.permuted(np.broadcast_to(row(count), shape or (1,)), axis=-1)).reshape(
        shape
    )


def _shares(count: int) -> Array:
    """Return 1/2, 1/4, ..., the last one twice: floats that add up to one exactly."""
    return np.asarray(0.5 ** np.minimum(np.arange(1, count + 1), max(count - 1, 0)))


def _one_hot(count: int) -> Array:
    return np.asarray(np.arange(count) == 0, dtype=int)


_ROWS = {ONE_HOT: _one_hot, SHARES: _shares}
