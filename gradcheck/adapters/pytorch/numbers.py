"""In which of PyTorch's kinds of number a run takes place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.adapters.pytorch.tensors import is_short, pytorch, tensor_of
from gradcheck.notation.layer import Array


@dataclass(frozen=True)
class Numbers:
    """The dtypes of one run.

    Attributes
    ----------
    real : torch.dtype
        Of buffers, and of what the code makes itself.
    number : torch.dtype
        Of floating-point inputs and parameters: complex for a complex step.
    only : bool
        Whether the code runs in no other dtype.
    """

    real: Any
    number: Any
    only: bool = False

    @classmethod
    def of(cls, arrays: Iterable[Array], only: Any = None) -> Numbers:
        """Return the dtypes for given values: theirs, or the only one in which the code runs.

        Raises
        ------
        TypeError
            If the values are of a kind that PyTorch or the code does not know.
        """
        kind = np.result_type(*{array.dtype for array in arrays if array.dtype.kind in "fc"})
        torch = pytorch()
        known = {
            np.dtype(np.float64): (torch.float64, torch.float64),
            np.dtype(np.float32): (torch.float32, torch.float32),
            np.dtype(np.float16): (torch.float16, torch.float16),
            np.dtype(np.complex128): (torch.float64, torch.complex128),
        }
        if kind not in known or (only is not None and kind.kind == "c"):
            raise TypeError(f"{only or 'PyTorch'} has no numbers of dtype {kind}")
        return cls(*known[kind]) if only is None else cls(only, only, only=True)

    def tensor(self, array: Array, device: Any) -> Any:
        """Return an array as a tensor of these numbers; integers and booleans as they are.

        Raises
        ------
        ValueError
            If the code runs in a 16-bit format only, and that does not hold the values.  Its
            steps are too long for differences: what is between them counts as outside the domain.
        """
        if array.dtype.kind not in "fc":
            return tensor_of(array, device)
        tensor = tensor_of(array, device, self.number)
        if self.only and is_short(self.real) and not _holds(tensor, array):
            raise ValueError(f"{self.real} does not hold these values")
        return tensor


def _holds(tensor: Any, array: Array) -> bool:
    return np.array_equal(tensor.double().numpy(force=True), array, equal_nan=True)
