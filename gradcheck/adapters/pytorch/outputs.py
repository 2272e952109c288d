"""What a call returned: one tensor, or several that are joined to one array."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.adapters.given import CodeError
from gradcheck.adapters.pytorch.tensors import array_of, is_tensor, tensor_of
from gradcheck.arithmetic.leaves import leaves
from gradcheck.notation.layer import Array


@dataclass(frozen=True)
class Outputs:
    """Which tensors of a result are checked.

    Attributes
    ----------
    chosen : tuple of int
        Their places among all tensors of the result.
    of : int
        The number of tensors.
    single : bool
        Whether the result is or holds one tensor only.
    """

    chosen: tuple[int, ...]
    of: int
    single: bool

    @classmethod
    def found_in(cls, result: Any) -> Outputs:
        """Choose the floating-point tensors that autograd connects with the inputs.

        Raises
        ------
        CodeError
            If there is none.
        """
        tensors = _tensors(result)
        if not tensors:
            raise CodeError(
                f"the code returned {type(result).__name__} {result!r:.60}: return a tensor, or "
                f"several of them in a tuple, list or dict"
            )
        _refuse_complex(tensors)
        chosen = tuple(n for n, tensor in enumerate(tensors) if tensor.requires_grad)
        if not chosen:
            raise CodeError(_detached(tensors))
        return cls(chosen, len(tensors), single=len(tensors) == 1)

    def of_result(self, result: Any) -> list[Any]:
        """Return the chosen tensors of a later result of the same code.

        Raises
        ------
        CodeError
            If it has not as many tensors.
        """
        tensors = _tensors(result)
        if len(tensors) != self.of:
            raise CodeError(f"the code returned {len(tensors)} tensors here, but {self.of} before")
        return [tensors[n] for n in self.chosen]

    def joined(self, tensors: Sequence[Any]) -> Array:
        """Return a single tensor as an array of its shape, several as one long array."""
        if self.single:
            return array_of(tensors[0])
        return np.concatenate([array_of(tensor).ravel() for tensor in tensors])

    def split(self, cotangent: Any, tensors: Sequence[Any]) -> list[Any]:
        """Return the cotangent of each tensor."""
        parts = [cotangent]
        if not self.single:
            ends = np.cumsum([tensor.numel() for tensor in tensors])[:-1]
            parts = np.split(cotangent, ends)
        return [
            tensor_of(part, tensor.device, tensor.dtype).reshape(tensor.shape)
            for part, tensor in zip(parts, tensors, strict=True)
        ]

    @property
    def sentence(self) -> str:
        """What a reader has to know; empty for a single tensor."""
        if self.single:
            return ""
        return f"{len(self.chosen)} of {self.of} tensors returned are checked, joined to one array"

    @property
    def note(self) -> str:
        """Which tensors are left out; empty if none is."""
        apart = ", ".join(str(n) for n in range(self.of) if n not in self.chosen)
        return apart and f"autograd connects these returned tensors with no input: {apart}"


def _tensors(result: Any) -> list[Any]:
    return [leaf for leaf in leaves(result) if is_tensor(leaf)]


def _refuse_complex(tensors: Sequence[Any]) -> None:
    if any(tensor.is_complex() for tensor in tensors):
        raise CodeError(
            "the code returned complex numbers: return torch.view_as_real of them, so that each "
            "part is checked"
        )


def _detached(tensors: Sequence[Any]) -> str:
    shown = ", ".join(f"{tensor.dtype} of shape {tuple(tensor.shape)}" for tensor in tensors)
    if not any(tensor.is_floating_point() for tensor in tensors):
        return f"the code returned {shown}: return floating-point numbers to differentiate"
    return (
        f"the code returned a tensor that autograd connects with no input ({shown}): was it "
        f"detached, made under torch.no_grad(), by NumPy or by torch.tensor()?"
    )
