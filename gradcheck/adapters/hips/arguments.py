"""The arguments of an autograd function: lists, tuples and dicts of arrays, a symbol each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gradcheck.adapters.given import Given, real_array, restorer
from gradcheck.arithmetic.leaves import leaves, map_leaves
from gradcheck.notation.layer import Array


@dataclass(frozen=True, eq=False)
class Arguments:
    """How the arguments are put together from arrays.

    Attributes
    ----------
    names : tuple of str
        What reports call the arguments.
    inputs : tuple
        The arguments as they were given.
    """

    names: tuple[str, ...]
    inputs: tuple[Any, ...]

    @classmethod
    def of(cls, given: Given) -> Arguments:
        """Take what the user gave; a primitive hides the names of its parameters."""
        return cls(given.symbols(getattr(given.subject, "fun", given.subject)), given.inputs)

    @cached_property
    def values(self) -> dict[str, Array]:
        """The arrays by symbol: the name of the argument, and the way into it."""
        found = self.by_symbol(self.inputs, range(len(self.inputs)))
        return {symbol: real_array(n, leaf) for n, (symbol, leaf) in enumerate(found.items())}

    @cached_property
    def differentiable(self) -> tuple[int, ...]:
        """The positions of the arguments that hold floats."""
        return tuple(n for n, x in enumerate(self.inputs) if any(map(_is_floating, leaves(x))))

    def rebuilt(self, values: Mapping[str, Any]) -> list[Any]:
        """Put the arguments together with other arrays."""
        arrays = iter([values[symbol] for symbol in self.values])
        return [map_leaves(x, lambda leaf: restorer(leaf)(next(arrays))) for x in self.inputs]

    def by_symbol(self, trees: Sequence[Any], positions: Sequence[int]) -> dict[str, Any]:
        """Return the leaves of containers like those of the arguments at some positions."""
        named = [(self.names[n], tree) for n, tree in zip(positions, trees, strict=True)]
        return {symbol: leaf for name, tree in named for symbol, leaf in _leaves(name, tree)}


def _leaves(name: str, tree: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(tree, (list, tuple)):
        tree = dict(enumerate(tree))
    if not isinstance(tree, dict):
        yield name, tree
        return
    for key, value in tree.items():
        yield from _leaves(f"{name}.{key}", value)


def _is_floating(leaf: Any) -> bool:
    return real_array(0, leaf).dtype.kind == "f"
