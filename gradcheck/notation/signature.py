"""Shape signatures in NumPy's gufunc notation, as in ``(k,i),(i),(k)->(k)``.

The grammar is that of NumPy's generalised universal functions: core dimensions in parentheses,
named by identifiers or fixed by integers, inputs before the arrow and one output after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gradcheck.notation.errors import NotationError, PointError

Dim: TypeAlias = str | int
Shape: TypeAlias = tuple[int, ...]

_DIM = r"(?:[A-Za-z_]\w*|\d+)"
_DIMS = rf"\(\s*(?:{_DIM}(?:\s*,\s*{_DIM})*)?\s*\)"
_SIGNATURE = re.compile(rf"\s*(?:{_DIMS}(?:\s*,\s*{_DIMS})*)?\s*->\s*{_DIMS}\s*")


@dataclass(frozen=True)
class Signature:
    """The core dimensions of an operation's inputs and of its output.

    Examples
    --------
    >>> dense = Signature.parse("(k,i),(i),(k)->(k)")
    >>> dense.inputs, dense.output
    ((('k', 'i'), ('i',), ('k',)), ('k',))
    >>> print(dense)
    (k,i),(i),(k)->(k)
    """

    inputs: tuple[tuple[Dim, ...], ...]
    output: tuple[Dim, ...]

    @classmethod
    def parse(cls, text: str) -> Signature:
        """Read a signature.

        Raises
        ------
        NotationError
            If the text is not of the form ``(k,i),(i)->(k)``.
        """
        if not _SIGNATURE.fullmatch(text):
            raise NotationError(
                f"signature {text!r} cannot be read: write the dimensions of each input in "
                f"parentheses, then -> and those of the output, as in '(k,i),(i),(k)->(k)'"
            )
        inputs, output = text.split("->")
        return cls(tuple(_dims(group) for group in _groups(inputs)), _dims(output))

    @property
    def names(self) -> tuple[str, ...]:
        """The named dimensions, each once, in order of appearance."""
        dims = [dim for group in (*self.inputs, self.output) for dim in group]
        return tuple(dict.fromkeys(dim for dim in dims if isinstance(dim, str)))

    def sizes(self, shapes: Mapping[str, Shape]) -> dict[str, int]:
        """Return the extent of every named dimension, read off the shapes of the inputs.

        Parameters
        ----------
        shapes : mapping of str to tuple of int
            The shape of each input under its symbol, in the order of the signature.

        Raises
        ------
        PointError
            If a shape does not fit; the message names the symbol and both shapes.
        """
        sizes: dict[str, int] = {}
        origin: dict[str, str] = {}
        for (symbol, shape), dims in zip(shapes.items(), self.inputs, strict=True):
            if len(shape) != len(dims):
                raise PointError(
                    f"{symbol} has shape {shape}, but {self} gives it {len(dims)} "
                    f"dimension{'s' * (len(dims) != 1)}: {format_dims(dims)}"
                )
            for dim, size in zip(dims, shape, strict=True):
                expected = dim if isinstance(dim, int) else sizes.setdefault(dim, size)
                if size != expected:
                    source = (
                        f"{dim} = {expected} from {origin[dim]}" if isinstance(dim, str) else ""
                    )
                    raise PointError(
                        f"{symbol} has shape {shape}, but {format_dims(dims)} has "
                        f"{source or f'the fixed size {dim}'}: make the two agree"
                    )
                if isinstance(dim, str):
                    origin.setdefault(dim, symbol)
        return sizes

    def __str__(self) -> str:
        return f"{','.join(format_dims(dims) for dims in self.inputs)}->{format_dims(self.output)}"


def shape_of(dims: Sequence[Dim], sizes: Mapping[str, int]) -> Shape:
    """Return the shape that dimensions have under given extents.

    Examples
    --------
    >>> shape_of(("k", 3), {"k": 5})
    (5, 3)
    """
    return tuple(dim if isinstance(dim, int) else sizes[dim] for dim in dims)


def format_dims(dims: Sequence[Dim]) -> str:
    """Write dimensions as a signature does.

    Examples
    --------
    >>> format_dims(("k", "i"))
    '(k,i)'
    """
    return f"({','.join(map(str, dims))})"


def _groups(text: str) -> list[str]:
    return re.findall(r"\([^)]*\)", text)


def _dims(group: str) -> tuple[Dim, ...]:
    words = [word.strip() for word in group.strip().strip("()").split(",")]
    return tuple(int(word) if word.isdigit() else word for word in words if word)
