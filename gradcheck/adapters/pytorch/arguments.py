"""The arguments of a call: tensors and arrays in it are values, everything else stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.adapters.given import CodeError
from gradcheck.adapters.pytorch.tensors import array_of, is_tensor
from gradcheck.arithmetic.leaves import leaves, map_leaves
from gradcheck.notation.layer import Array


@dataclass(frozen=True, eq=False)
class Slot:
    """The place of one tensor among the arguments.

    Attributes
    ----------
    symbol : str
        What reports call it: ``x``, or ``state[1]`` within a list.
    given : Tensor or ndarray
        What the user gave.
    """

    symbol: str
    given: Any

    @property
    def array(self) -> Array:
        """What was given, as a new array."""
        return np.array(array_of(self.given) if is_tensor(self.given) else self.given)

    @property
    def device(self) -> Any:
        """Where the tensor lives."""
        return self.given.device if is_tensor(self.given) else "cpu"

    @property
    def floating(self) -> bool:
        """Whether it has a gradient."""
        if is_tensor(self.given):
            return bool(self.given.is_floating_point())
        return bool(np.issubdtype(self.given.dtype, np.floating))


@dataclass(frozen=True, eq=False)
class Arguments:
    """The arguments of a call, with slots in place of tensors.

    Attributes
    ----------
    trees : tuple
        One for each argument: a slot, a constant, or containers of them.
    """

    trees: tuple[Any, ...]

    @classmethod
    def of(cls, inputs: Sequence[Any], names: Sequence[str]) -> Arguments:
        """Put slots in place of tensors and arrays.

        Raises
        ------
        CodeError
            If a tensor is complex.
        """
        return cls(tuple(_slotted(tree, name) for tree, name in zip(inputs, names, strict=True)))

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The places of the tensors, in order."""
        return tuple(leaf for leaf in leaves(self.trees) if isinstance(leaf, Slot))

    def filled(self, tensors: Mapping[str, Any]) -> list[Any]:
        """Return the arguments with other tensors in the slots."""

        def fill(leaf: Any) -> Any:
            return tensors[leaf.symbol] if isinstance(leaf, Slot) else leaf

        return [map_leaves(tree, fill) for tree in self.trees]

    def held(self) -> tuple[str, ...]:
        """Return the symbols without gradients: integers, and floats that require none.

        As everywhere in PyTorch, requires_grad says what is differentiated; where no input says
        so, all that are floating-point are.
        """
        slots = self.slots
        choosing = any(getattr(slot.given, "requires_grad", False) for slot in slots)
        return tuple(
            slot.symbol
            for slot in slots
            if not slot.floating or (choosing and not getattr(slot.given, "requires_grad", False))
        )


def _slotted(tree: Any, name: str) -> Any:
    paths = iter(list(_paths(tree, name)))

    def slot(leaf: Any) -> Any:
        path = next(paths)
        return Slot(path, _real(leaf, path)) if _is_array(leaf) else leaf

    return map_leaves(tree, slot)


def _paths(tree: Any, path: str) -> Iterator[str]:
    """Yield the path to every leaf, in the order of `leaves`."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _paths(value, f"{path}.{key}")
    elif isinstance(tree, (list, tuple)):
        for n, value in enumerate(tree):
            yield from _paths(value, f"{path}[{n}]")
    else:
        yield path


def _is_array(leaf: Any) -> bool:
    return is_tensor(leaf) or isinstance(leaf, (np.ndarray, np.generic))


def _real(leaf: Any, symbol: str) -> Any:
    complex_numbers = leaf.is_complex() if is_tensor(leaf) else leaf.dtype.kind not in "fiub"
    if complex_numbers:
        raise CodeError(
            f"{symbol} has dtype {leaf.dtype}: give real numbers, for complex ones their real and "
            f"imaginary parts, and torch.view_as_complex in the code"
        )
    return leaf
