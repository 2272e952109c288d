"""What all runs of one piece of PyTorch code share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.adapters.pytorch.arguments import Arguments
from gradcheck.adapters.pytorch.modules import Copies
from gradcheck.adapters.pytorch.outputs import Outputs
from gradcheck.adapters.pytorch.subject import Subject
from gradcheck.adapters.pytorch.tensors import array_of, is_tensor, pytorch
from gradcheck.notation.layer import Array


@dataclass(frozen=True, eq=False)
class Program:
    """Code, its arguments, and what is differentiated.

    Attributes
    ----------
    subject : Subject
        What is called.
    arguments : Arguments
        With what.
    copies : Copies or None
        Of the module that it belongs to.
    differentiable : tuple of str
        The symbols that have gradients.
    dtype : torch.dtype or None
        The only one in which the code runs; None where it runs in that of the values.
    outputs : Outputs or None
        What of its results is checked; None in the trial that finds out.
    """

    subject: Subject
    arguments: Arguments
    copies: Copies | None
    differentiable: tuple[str, ...]
    dtype: Any = None
    outputs: Outputs | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """The trained parameters of the module, by name."""
        return {} if self.copies is None else self.copies.trainable

    def values(self, floats: Any) -> dict[str, Array]:
        """Return inputs and parameters as new arrays, the floating-point ones of one dtype."""
        given = {slot.symbol: slot.array for slot in self.arguments.slots}
        kept = {symbol: np.array(array_of(value)) for symbol, value in self.parameters.items()}
        return {
            symbol: array.astype(floats) if array.dtype.kind == "f" else array
            for symbol, array in (given | kept).items()
        }

    def own_dtypes(self) -> set[Any]:
        """Return the floating-point dtypes in which inputs and parameters were given."""
        slots = (slot.given for slot in self.arguments.slots if slot.floating)
        return {_dtype(value) for value in (*slots, *self.parameters.values())}


def _dtype(value: Any) -> Any:
    torch = pytorch()
    if is_tensor(value):
        return value.dtype
    known = {"float32": torch.float32, "float16": torch.float16}
    return known.get(value.dtype.name, torch.float64)
