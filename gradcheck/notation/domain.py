"""Where an operation's inputs live: one declaration that documents, validates and generates.

A domain prints as a reader would write it, tells which entry of an array lies outside it, and
draws arrays from inside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gradcheck.notation.errors import NotationError
from gradcheck.notation.signature import Dim, Shape

Array: TypeAlias = NDArray[Any]
Sizes: TypeAlias = Mapping[str, int]


class Domain(Protocol):
    """A set of arrays: what an input may be."""

    @property
    def is_real(self) -> bool:
        """Whether the entries are real numbers, in which a derivative can be taken."""

    def sample(self, rng: np.random.Generator, shape: Shape, sizes: Sizes) -> Array:
        """Draw an array of this shape; `sizes` are the extents of the operation's dimensions."""

    def violation(self, x: Array, sizes: Sizes) -> str:
        """Say which entry lies outside and why, to follow the symbol; empty if all are inside."""


@dataclass(frozen=True)
class Reals:
    """All real numbers, drawn from a normal distribution with short decimals.

    Parameters
    ----------
    scale : float
        The standard deviation of what is drawn.

    Examples
    --------
    >>> print(Reals())
    real
    >>> Reals().violation(np.array([1.0, np.nan]), {})
    '[1] = nan is not finite'
    """

    scale: float = 1.0
    is_real = True

    def sample(self, rng: np.random.Generator, shape: Shape, sizes: Sizes) -> Array:
        """Draw normal numbers, rounded to three decimals of the scale."""
        return self.scale * np.round(rng.standard_normal(shape), 3)

    def violation(self, x: Array, sizes: Sizes) -> str:
        """Say which entry is not finite."""
        return _first(x, ~np.isfinite(x), "is not finite")

    def __str__(self) -> str:
        return "real"


@dataclass(frozen=True)
class Interval:
    """The interval between two bounds, either of which may be infinite.

    Parameters
    ----------
    low, high : float
        The bounds.
    closed : bool
        Whether finite bounds belong to it.  Operations are differentiated at such a bound too, so
        they must be defined a little beyond it.

    Raises
    ------
    NotationError
        If no number lies between the bounds.

    Examples
    --------
    >>> print(Interval(0, 1), "or", Interval(0, 1, closed=True))
    in (0, 1) or in [0, 1]
    >>> Interval(0, 1).violation(np.array([[0.5, 1.0]]), {})
    '[0, 1] = 1.0 is not in (0, 1)'
    """

    low: float
    high: float
    closed: bool = field(default=False, kw_only=True)
    is_real = True

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise NotationError(f"the interval {self} is empty: give the lower bound first")

    def sample(self, rng: np.random.Generator, shape: Shape, sizes: Sizes) -> Array:
        """Draw from the inside of the interval, well away from its bounds."""
        if math.isinf(self.low) and math.isinf(self.high):
            return Reals().sample(rng, shape, sizes)
        unit = np.round(rng.uniform(0.05, 0.95, shape), 3)
        if math.isfinite(self.low) and math.isfinite(self.high):
            return self.low + (self.high - self.low) * unit
        away = unit / (1 - unit)  # from (0, 1) to (0, infinity)
        return self.low + away if math.isfinite(self.low) else self.high - away

    def violation(self, x: Array, sizes: Sizes) -> str:
        """Say which entry is not between the bounds."""
        inside = (x > self.low) & (x < self.high)
        if self.closed:
            inside |= np.isfinite(x) & ((x == self.low) | (x == self.high))
        return _first(x, ~inside, f"is not {self}")

    def __str__(self) -> str:
        start = "[" if self.closed and math.isfinite(self.low) else "("
        end = "]" if self.closed and math.isfinite(self.high) else ")"
        return f"in {start}{self.low:g}, {self.high:g}{end}"


POSITIVE = Interval(0.0, math.inf)
NON_NEGATIVE = Interval(0.0, math.inf, closed=True)
UNIT_INTERVAL = Interval(0.0, 1.0)


@dataclass(frozen=True)
class Integers:
    """Whole numbers from `low` to one less than `high`, which may name a dimension.

    Examples
    --------
    >>> print(Integers(0, "v"))
    integer, 0 <= . < v
    >>> Integers(0, "v").violation(np.array([0, 7]), {"v": 5})
    '[1] = 7 is not in 0, ..., 4'
    """

    low: int
    high: Dim
    is_real = False

    def sample(self, rng: np.random.Generator, shape: Shape, sizes: Sizes) -> Array:
        """Draw uniformly."""
        return rng.integers(self.low, self.end(sizes), shape)

    def violation(self, x: Array, sizes: Sizes) -> str:
        """Say which entry is out of range, or that the array is not of an integer dtype."""
        if x.dtype.kind not in "iu":
            return f" has dtype {x.dtype}, but counts or indices are integers"
        end = self.end(sizes)
        return _first(x, (x < self.low) | (x >= end), f"is not in {self.low}, ..., {end - 1}")

    def end(self, sizes: Sizes) -> int:
        """Return the number below which all lie: a fixed one, or the extent of a dimension."""
        return self.high if isinstance(self.high, int) else sizes[self.high]

    def __str__(self) -> str:
        return f"integer, {self.low} <= . < {self.high}"


@dataclass(frozen=True)
class Binary:
    """Zeros and ones.

    Examples
    --------
    >>> Binary().violation(np.array([0.0, 0.5]), {})
    '[1] = 0.5 is neither 0 nor 1'
    """

    is_real = False

    def sample(self, rng: np.random.Generator, shape: Shape, sizes: Sizes) -> Array:
        """Draw each entry by a fair coin."""
        return rng.integers(0, 2, shape).astype(np.float64)

    def violation(self, x: Array, sizes: Sizes) -> str:
        """Say which entry is neither 0 nor 1."""
        return _first(x, (x != 0) & (x != 1), "is neither 0 nor 1")

    def __str__(self) -> str:
        return "0 or 1"


@dataclass(frozen=True)
class Signs:
    """Two classes as -1 and +1.

    Examples
    --------
    >>> Signs().violation(np.array([-1.0, 0.0]), {})
    '[1] = 0.0 is neither -1 nor 1'
    """

    is_real = False

    def sample(self, rng: np.random.Generator, shape: Shape, sizes: Sizes) -> Array:
        """Draw each entry by a fair coin."""
        return np.asarray(2.0 * rng.integers(0, 2, shape) - 1.0)

    def violation(self, x: Array, sizes: Sizes) -> str:
        """Say which entry is neither -1 nor 1."""
        return _first(x, (x != -1) & (x != 1), "is neither -1 nor 1")

    def __str__(self) -> str:
        return "-1 or 1"


@dataclass(frozen=True)
class OneHot:
    """Vectors along the last axis with a single 1 among zeros.

    Examples
    --------
    >>> OneHot().violation(np.array([[0.0, 1.0], [1.0, 1.0]]), {})
    '[1] = [1. 1.] is not one-hot'
    """

    is_real = False

    def sample(self, rng: np.random.Generator, shape: Shape, sizes: Sizes) -> Array:
        """Draw the place of the 1 uniformly."""
        unit_vectors: Array = np.eye(shape[-1])
        chosen: Array = unit_vectors[rng.integers(0, shape[-1], shape[:-1])]
        return chosen

    def violation(self, x: Array, sizes: Sizes) -> str:
        """Say which vector is not one-hot."""
        inside = ((x == 0) | (x == 1)).all(axis=-1) & (x.sum(axis=-1) == 1)
        return _first(x, ~inside, "is not one-hot")

    def __str__(self) -> str:
        return "one-hot"


@dataclass(frozen=True)
class Probabilities:
    """Vectors along the last axis of non-negative numbers that sum to 1.

    Parameters
    ----------
    positive : bool
        Whether nothing is impossible, as where a logarithm is taken.

    Examples
    --------
    >>> Probabilities().violation(np.array([0.25, 0.25]), {})
    ' = [0.25 0.25] does not sum to 1'
    >>> Probabilities(positive=True).violation(np.array([0.0, 1.0]), {})
    '[0] = 0.0 is not positive'
    """

    positive: bool = False
    is_real = True

    def sample(self, rng: np.random.Generator, shape: Shape, sizes: Sizes) -> Array:
        """Draw from the flat Dirichlet distribution."""
        weights: Array = rng.exponential(size=shape)
        shares: Array = weights / weights.sum(axis=-1, keepdims=True)
        return shares

    def violation(self, x: Array, sizes: Sizes) -> str:
        """Say which entry is negative or which vector does not sum to 1."""
        refused, complaint = (
            (x <= 0, "is not positive") if self.positive else (x < 0, "is negative")
        )
        outside = _first(x, refused, complaint)
        # n rounded terms of size at most 1: their float sum is 1 within n units in the last place
        slack = np.finfo(np.float64).eps * max(x.shape[-1], 1)
        return outside or _first(x, ~(abs(x.sum(axis=-1) - 1) <= slack), "does not sum to 1")

    def __str__(self) -> str:
        return "positive probabilities" if self.positive else "probabilities"


def renamed(domain: Domain, dims: Mapping[str, Dim]) -> Domain:
    """Return the same domain where the dimensions bear other names: those of a network, say.

    Examples
    --------
    >>> print(renamed(Integers(0, "k"), {"k": "u2"}))
    integer, 0 <= . < u2
    """
    if isinstance(domain, Integers) and domain.high in dims:
        return replace(domain, high=dims[str(domain.high)])
    return domain


def _first(x: Array, outside: Array, complaint: str) -> str:
    """Name the first entry (or vector) that is outside, with its value."""
    where = np.argwhere(outside)
    if not len(where):
        return ""
    index = tuple(int(i) for i in where[0])
    place = f"[{', '.join(map(str, index))}]" if index else ""
    return f"{place} = {x[index]} {complaint}"
