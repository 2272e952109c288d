"""One gradient of one operation at one point next to the true one: what a cause has to explain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np

from gradcheck.checks.evaluation import Array, Evaluation
from gradcheck.diagnosis.bounded import Bounded, agree
from gradcheck.diagnosis.true_gradient import Index, gradient_of_code, true_gradient

MOST_ENTRIES = 64
"""Up to so many entries of a gradient are all looked at: each costs some runs of the code."""

GRID = 24
"""Entries of a larger gradient that are looked at, on a grid: enough to recognise any pattern."""

Window = tuple[Array, ...]


@dataclass(frozen=True, eq=False)
class Mismatch:
    """A gradient as the code gives it, and as it ought to be.

    Attributes
    ----------
    evaluation : Evaluation
        The form under test at a point.
    symbol : str
        The input by which is differentiated.
    window : tuple of ndarray of int
        The indices along each axis that are looked at.
    """

    evaluation: Evaluation
    symbol: str
    window: Window

    @cached_property
    def code(self) -> Bounded:
        """The whole gradient that the code gives, of whatever shape."""
        return gradient_of_code(self.evaluation, self.symbol)

    @cached_property
    def candidate(self) -> Bounded:
        """The entries of it that are looked at."""
        return self.code.rearranged(self.seen)

    @cached_property
    def truth(self) -> Bounded:
        """The true gradient in these entries."""
        return self.truth_of(self.evaluation)

    @cached_property
    def wrong(self) -> Array:
        """Which of the entries differ from the true ones."""
        return np.asarray(~agree(self.candidate, self.truth) & np.isfinite(self.truth.error))

    def truth_of(self, evaluation: Evaluation, symbol: str = "") -> Bounded:
        """Return the same entries of the true gradient elsewhere, or for another input."""
        indices: list[Index] = [tuple(map(int, index)) for index in product(*self.window)]
        found = true_gradient(evaluation, symbol or self.symbol, indices)
        return found.rearranged(lambda flat: flat.reshape(self.window_shape))

    def truth_of_entry(self, index: Index) -> Bounded:
        """Return one entry of the true gradient, as an array of one."""
        return true_gradient(self.evaluation, self.symbol, [index])

    def seen(self, array: Any) -> Array:
        """Return the entries that are looked at, of an array of the gradient's shape."""
        return np.asarray(np.asarray(array)[np.ix_(*self.window)])

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the input: the one that its gradient should have."""
        return self.evaluation.point.inputs[self.symbol].shape

    @property
    def window_shape(self) -> tuple[int, ...]:
        """The shape of what is looked at."""
        return tuple(len(indices) for indices in self.window)

    @property
    def complete(self) -> bool:
        """Whether all entries are looked at."""
        return self.window_shape == self.shape

    @property
    def fits(self) -> bool:
        """Whether the gradient has its input's shape."""
        return self.code.shape == self.shape

    @property
    def everything(self) -> str:
        """All entries, in words."""
        seen, size = prod(self.window_shape), prod(self.shape)
        if seen < size:
            return f"all {seen} entries that were looked at (of {size})"
        return {1: "the only entry", 2: "both entries"}.get(size, f"all {size} entries")

    def at(self, evaluation: Evaluation) -> Mismatch:
        """Return the same gradient at another point."""
        return replace(self, evaluation=evaluation)


def mismatch_at(evaluation: Evaluation, symbol: str, around: Index = ()) -> Mismatch:
    """Look at one gradient, as a whole or on a grid through one of its entries.

    Examples
    --------
    >>> from gradcheck.notation import MATRIX, Point
    >>> from reference_nets import tanh
    >>> here = Evaluation(tanh, MATRIX, Point({"z": [0.0, 1.0]}, [1.0, 1.0]))
    >>> mismatch_at(here, "z").wrong, mismatch_at(here, "z").everything
    (array([False, False]), 'both entries')
    """
    shape = evaluation.point.inputs[symbol].shape
    return Mismatch(evaluation, symbol, window_around(shape, around))


def window_around(shape: tuple[int, ...], index: Index) -> Window:
    """Choose indices along each axis: all of a small array, some of a large one.

    The first, the last and the given one are among them.  They lie symmetrically, and are the same
    along axes of the same length, so that what is reversed or transposed can be recognised.

    Examples
    --------
    >>> [indices.tolist() for indices in window_around((2, 3), (0, 0))]
    [[0, 1], [0, 1, 2]]
    >>> rows, columns = window_around((100, 100), (17, 3))
    >>> bool((rows == columns).all()), {0, 3, 17, 99 - 17, 99} <= set(rows.tolist())
    (True, True)
    """
    if prod(shape) <= MOST_ENTRIES:
        return tuple(np.arange(n) for n in shape)
    counts = dict.fromkeys(shape, 0)
    for _ in range(GRID):
        grown = {n: min(n, count + 1) for n, count in counts.items()}
        counts = grown if prod(grown[n] for n in shape) <= GRID else counts
    centre = index if len(index) == len(shape) else (0,) * len(shape)
    among = {n: {i for i, m in zip(centre, shape, strict=True) if m == n} for n in shape}
    return tuple(_some(n, counts[n], among[n]) for n in shape)


def _some(n: int, count: int, among: set[int]) -> Array:
    """Choose about so many of n indices, always the same ones."""
    rng = np.random.default_rng(n)
    drawn = rng.choice(n, size=min(n, count // 2), replace=False)
    half = np.unique(np.array([0, *among, *drawn], dtype=int))
    return np.unique(np.concatenate([half, n - 1 - half]))
