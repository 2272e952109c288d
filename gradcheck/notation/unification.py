"""The signature of a network: the dimensions of its operations, matched symbol by symbol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from gradcheck.notation.errors import NotationError
from gradcheck.notation.signature import Dim, Signature, format_dims

if TYPE_CHECKING:
    from gradcheck.notation.operation import Operation

Local: TypeAlias = tuple[int, str]  # a dimension of the n-th operation


def unify_signatures(
    name: str, operations: Sequence[Operation], inputs: Sequence[str]
) -> tuple[Signature, list[dict[str, Dim]]]:
    """Return the signature of operations that are wired by their symbols.

    Returns
    -------
    Signature
        Of the network.
    list of dict of str to str or int
        For each operation, what the network calls its dimensions.

    Raises
    ------
    NotationError
        If a symbol is used with different numbers of dimensions or different fixed sizes.
    """
    dims: dict[str, tuple[Local | int, ...]] = {}
    classes = _Classes(name)
    for n, operation in enumerate(operations):
        for symbol in (*operation.inputs, operation.output):
            own = tuple(_local(n, dim) for dim in operation.dims(symbol))
            known = dims.setdefault(symbol, own)
            if len(known) != len(own):
                raise NotationError(
                    f"network {name}: {operation.name} uses {symbol} with dimensions "
                    f"{format_dims(operation.dims(symbol))}, but it has {len(known)}"
                )
            for left, right in zip(known, own, strict=True):
                classes.merge(left, right, symbol)
    letters = _Letters(classes)
    signature = Signature(
        tuple(letters.write(dims[symbol]) for symbol in inputs),
        letters.write(dims[operations[-1].output]),
    )
    return signature, [letters.renaming(n, op) for n, op in enumerate(operations)]


def _local(n: int, dim: Dim) -> Local | int:
    return dim if isinstance(dim, int) else (n, dim)


class _Classes:
    """Dimensions that are known to be equal, as a union-find forest."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parent: dict[Local, Local | int] = {}

    def find(self, dim: Local | int) -> Local | int:
        while isinstance(dim, tuple) and dim in self._parent:
            dim = self._parent[dim]
        return dim

    def merge(self, left: Local | int, right: Local | int, symbol: str) -> None:
        left, right = self.find(left), self.find(right)
        if left == right:
            return
        if isinstance(right, tuple):
            self._parent[right] = left
        elif isinstance(left, tuple):
            self._parent[left] = right
        else:
            raise NotationError(
                f"network {self._name}: {symbol} has {left} entries along an axis where it is "
                f"used with {right}: make the two sizes equal"
            )


class _Letters:
    """Names for classes of dimensions: the operation's own letter, numbered where it is taken."""

    def __init__(self, classes: _Classes) -> None:
        self._classes = classes
        self._names: dict[Local, str] = {}

    def write(self, dims: tuple[Local | int, ...]) -> tuple[Dim, ...]:
        return tuple(self._name(self._classes.find(dim)) for dim in dims)

    def renaming(self, n: int, operation: Operation) -> dict[str, Dim]:
        names = operation.signature.names
        return dict(zip(names, self.write(tuple((n, dim) for dim in names)), strict=True))

    def _name(self, dim: Local | int) -> Dim:
        if isinstance(dim, int):
            return dim
        if dim not in self._names:
            taken = self._names.values()
            self._names[dim] = next(n for n in _candidates(dim[1]) if n not in taken)
        return self._names[dim]


def _candidates(letter: str) -> Iterator[str]:
    yield letter
    yield from (f"{letter.rstrip('0123456789')}{n}" for n in count(2))
