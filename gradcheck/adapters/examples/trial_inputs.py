"""Choices of inputs for one call, in the order of their likelihood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from gradcheck.adapters.examples.drawn import CLASSES, INT, REAL, Beside, Drawn
from gradcheck.adapters.examples.roles import Suggestion, role_of

Wanted: TypeAlias = Drawn | float

DOMAINS = ((0.5, 1.5), (0.1, 0.9), (1.1, 2.0))
"""Where to look for values at which a function is finite: positive ones, shares, beyond one."""


@dataclass(frozen=True)
class Choice:
    """What each input is to be.

    Attributes
    ----------
    names : tuple of str
        Of the inputs.
    wanted : tuple of Drawn or number
        What they are to be.
    """

    names: tuple[str, ...]
    wanted: tuple[Wanted, ...]

    @property
    def held(self) -> tuple[str, ...]:
        """The inputs that are plain numbers: settings of the code, not differentiated."""
        return tuple(name for name, wanted in self if isinstance(wanted, float))

    def inputs(self, rng: np.random.Generator) -> list[Any]:
        """Draw the arrays."""
        return [w.draw(rng) if isinstance(w, Drawn) else w for w in self.wanted]

    def within(self, low: float, high: float) -> Choice:
        """Return the same shapes with real values between bounds, where none were given."""
        return replace(self, wanted=tuple(_bounded(w, low, high) for w in self.wanted))

    def with_integers(self, names: Sequence[str]) -> Choice:
        """Return the same shapes with integers for some inputs."""
        return replace(
            self,
            wanted=tuple(
                Drawn(w.shape, INT, 0, CLASSES - 1) if name in names and isinstance(w, Drawn) else w
                for name, w in self
            ),
        )

    def __iter__(self) -> Iterator[tuple[str, Wanted]]:
        return iter(zip(self.names, self.wanted, strict=True))

    def __str__(self) -> str:
        return ", ".join(f"{n} {w}" if isinstance(w, Drawn) else f"{n} = {w}" for n, w in self)


def _bounded(wanted: Wanted, low: float, high: float) -> Wanted:
    if isinstance(wanted, Drawn) and wanted.kind == REAL and not np.isfinite(wanted.low):
        return replace(wanted, low=low, high=high)
    return wanted


def likeliest_first(
    names: tuple[str, ...], choices: Sequence[Sequence[Suggestion]]
) -> Iterator[Choice]:
    """Yield all combinations of choices, those first that are near the front of every list.

    Examples
    --------
    >>> [choice.wanted for choice in likeliest_first(("a", "b"), [(1.0, 2.0), (3.0, 4.0)])]
    [(1.0, 3.0), (1.0, 4.0), (2.0, 3.0), (2.0, 4.0)]
    """
    counts = [len(choice) for choice in choices]
    for total in range(sum(counts) - len(counts) + 1):
        for ranks in _with_total(total, counts):
            chosen = [suggested[n] for suggested, n in zip(choices, ranks, strict=True)]
            yield Choice(names, tuple(_beside(names, chosen)))


def _beside(names: Sequence[str], chosen: Sequence[Suggestion]) -> Iterator[Wanted]:
    """Give what goes with the first input its shape; a weight is no such input."""
    drawn = [(name, c.shape) for name, c in zip(names, chosen, strict=True) if isinstance(c, Drawn)]
    inputs = [shape for name, shape in drawn if role_of(name, names) == "activation"]
    first = next(iter(inputs or [shape for _, shape in drawn]), ())
    for c in chosen:
        yield c.of(first) if isinstance(c, Beside) else c


def _with_total(total: int, counts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the tuples of numbers below counts that add up to a total."""
    if not counts:
        yield from [()] * (total == 0)
        return
    for first in range(min(total, counts[0] - 1) + 1):
        for rest in _with_total(total - first, counts[1:]):
            yield (first, *rest)
