"""Extents that follow from others, as the output of a convolution follows from its input.

A gufunc signature names dimensions and cannot say that one is a function of others; an extent is
that function.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from gradcheck.notation.errors import NotationError, PointError
from gradcheck.notation.signature import Dim

Formula: TypeAlias = Callable[..., int]

TRIES = 1000
"""Draws of sizes before a declaration is taken to have none that fit."""


@dataclass(frozen=True)
class Extent:
    """The size of one dimension as a function of others.

    Attributes
    ----------
    dims : tuple of str or int
        The dimensions that the formula takes, or their fixed sizes.
    formula : callable
        Returns the size; smaller than 1 where the others do not fit.
    """

    dims: tuple[Dim, ...]
    formula: Formula

    @classmethod
    def of(cls, formula: Formula | Extent) -> Extent:
        """Take the dimensions from the parameter names of a function."""
        if isinstance(formula, Extent):
            return formula
        return cls(tuple(inspect.signature(formula).parameters), formula)

    def size(self, sizes: Mapping[str, int]) -> int:
        """Return the size under these sizes of the others."""
        return self.formula(*(sizes[dim] if isinstance(dim, str) else dim for dim in self.dims))

    def renamed(self, names: Mapping[str, Dim]) -> Extent:
        """Return the same formula for other names."""
        renamed = tuple(names.get(dim, dim) if isinstance(dim, str) else dim for dim in self.dims)
        return Extent(renamed, self.formula)


def completed(sizes: Mapping[str, int], extents: Mapping[str, Extent]) -> dict[str, int]:
    """Add the sizes that follow from others, and check those that are there already.

    Raises
    ------
    PointError
        If a size contradicts its formula, or comes out smaller than 1.

    Examples
    --------
    >>> completed({"h": 5, "p": 2}, {"u": Extent.of(lambda h, p: h - p + 1)})
    {'h': 5, 'p': 2, 'u': 4}
    """
    known = dict(sizes)
    waiting = dict(extents)
    while waiting:
        ready = [dim for dim, e in waiting.items() if known.keys() >= {*_names(e.dims)}]
        if not ready:
            raise NotationError(
                f"the extents {', '.join(waiting)} depend on dimensions that no input has"
            )
        for dim in ready:
            extent = waiting.pop(dim)
            size = extent.size(known)
            _check(dim, size, extent, known)
            known[dim] = size
    return known


def draw_sizes(
    rng: np.random.Generator,
    names: Sequence[str],
    extents: Mapping[str, Extent],
    fixed: Mapping[str, int],
    *,
    distinct: bool = False,
) -> dict[str, int]:
    """Draw sizes that fit each other, each from 1 to 5, or all different from 2 upwards.

    Raises
    ------
    NotationError
        If none were found that fit.
    """
    free = [name for name in names if name not in extents]
    for attempt in range(TRIES):
        if distinct:
            drawn = rng.permutation(np.arange(2, 2 + max(4, len(free)) + attempt // 50))
        else:
            drawn = rng.integers(1, 6 + attempt // 50, len(free))
        sizes = {name: int(size) for name, size in zip(free, drawn, strict=False)} | dict(fixed)
        try:
            return completed(sizes, extents)
        except PointError:
            continue
    raise NotationError(
        f"no sizes of {', '.join(free)} were found that fit the extents of {', '.join(extents)}: "
        f"give the operation usual_sizes"
    )


def _names(dims: Sequence[Dim]) -> set[str]:
    return {dim for dim in dims if isinstance(dim, str)}


def _check(dim: str, size: int, extent: Extent, known: Mapping[str, int]) -> None:
    source = ", ".join(f"{name} = {known[name]}" for name in extent.dims if isinstance(name, str))
    if size < 1:
        raise PointError(f"{dim} would be {size} with {source}: make the input larger")
    if known.get(dim, size) != size:
        raise PointError(f"{dim} = {known[dim]}, but it has to be {size} with {source}")
