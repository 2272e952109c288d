"""NumPy arrays as PyTorch tensors and back, over the same memory wherever both can use it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np

from gradcheck.adapters.given import CodeError
from gradcheck.notation.layer import Array


def pytorch() -> Any:
    """Return the package.

    Raises
    ------
    CodeError
        If it is not installed.
    """
    try:
        return sys.modules.get("torch") or import_module("torch")
    except ImportError as error:
        raise CodeError(
            "kind='torch' needs PyTorch, which is not installed here: pip install torch"
        ) from error


def is_tensor(value: Any) -> bool:
    """Tell whether something is a tensor; where PyTorch was never imported, nothing is."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def tensor_of(array: Any, device: Any, dtype: Any = None) -> Any:
    """Return an array as a tensor on a device: on the CPU, the very memory of the array.

    PyTorch has neither read-only memory nor negative strides, and does not write where entries
    overlap: such arrays are copied.

    Raises
    ------
    TypeError
        If PyTorch has no such numbers, as for longdouble.
    """
    array = np.asarray(array)
    strides = array.strides
    usable = array.flags.writeable and all(stride > 0 for stride in strides)
    tensor = pytorch().from_numpy(array if usable else array.copy())
    return tensor.to(device=device, dtype=dtype)


def array_of(tensor: Any) -> Array:
    """Return a tensor as an array, one of float32 for bfloat16 and float16."""
    torch = pytorch()
    dense = tensor.detach().to_dense() if tensor.layout is not torch.strided else tensor.detach()
    if dense.dtype in (torch.bfloat16, torch.float16):
        dense = dense.float()
    array: Array = dense.numpy(force=True)
    return array


def precision_of(dtype: Any) -> float:
    """Return the spacing of a dtype's numbers above 1."""
    return float(pytorch().finfo(dtype).eps)


def is_short(dtype: Any) -> bool:
    """Tell whether a dtype is a 16-bit format, which NumPy holds as float32."""
    return bool(pytorch().finfo(dtype).bits == 16)


@contextmanager
def settings(dtype: Any) -> Iterator[None]:
    """Run with gradients recorded, in one thread, and new tensors of a dtype if none is named.

    A team of threads waits for its slowest: where other programs run, small layers spend most of
    their time on that.  One thread also adds up in the same order every time.
    """
    torch = pytorch()
    before, threads = torch.get_default_dtype(), torch.get_num_threads()
    torch.set_default_dtype(dtype)
    torch.set_num_threads(1)
    try:
        with torch.enable_grad():
            yield
    finally:
        torch.set_num_threads(threads)
        torch.set_default_dtype(before)
