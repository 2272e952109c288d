"""Buffers of symbols for code that allocates float ones, as `lifting` does it for balls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np

from gradcheck.arithmetic.lifting import exchange, stand_in_pairs
from gradcheck.arithmetic.namespaces import namespaces_of, namespaces_of_modules
from gradcheck.arithmetic.symbol import to_symbols


@contextmanager
def symbolic_buffers(*functions: Any) -> Iterator[None]:
    """Give code under test arrays of symbols where it asks NumPy for arrays of float64.

    Parameters
    ----------
    functions
        What will run: needed only where its names are not those of an imported module.

    Examples
    --------
    >>> def f(n):
    ...     return np.ones(n)
    >>> with symbolic_buffers(f):
    ...     f(2)
    SymbolArray([1, 1], dtype=object)
    """
    exchanged = {id(original): stand_in for original, stand_in in _STAND_INS}
    with ExitStack() as undo:
        for namespace in (*namespaces_of_modules(), *namespaces_of(functions)):
            exchange(namespace, exchanged, undo)
        yield


def _buffer(maker: Callable[..., Any]) -> Callable[..., Any]:
    def make(*args: Any, **kwargs: Any) -> Any:
        return _lifted(maker(*args, **kwargs))

    return make


def _conversion(convert: Callable[..., Any]) -> Callable[..., Any]:
    def make(a: Any, dtype: Any = None, *args: Any, **kwargs: Any) -> Any:
        if dtype is not None and np.dtype(dtype) == np.float64:
            dtype = None if np.asarray(a).dtype == object else dtype
        return _lifted(convert(a, dtype, *args, **kwargs))

    return make


def _lifted(array: Any) -> Any:
    """Lift float64 and wider: symbols in a narrower array would be rounded in production."""
    kind, bits = array.dtype.kind, 8 * array.dtype.itemsize
    return to_symbols(array) if kind == "O" or (kind == "f" and bits >= 64) else array


_BUFFERS: dict[str, Callable[..., Any]] = {
    "empty": np.zeros,  # what lies in fresh memory is no number of anybody's
    "empty_like": np.zeros_like,
    "eye": np.eye,
    "full": np.full,
    "full_like": np.full_like,
    "identity": np.identity,
    "ones": np.ones,
    "ones_like": np.ones_like,
    "zeros": np.zeros,
    "zeros_like": np.zeros_like,
}
_CONVERSIONS: dict[str, Callable[..., Any]] = {
    "array": np.array,
    "asarray": np.asarray,
    "ascontiguousarray": np.ascontiguousarray,
}

_STAND_INS = stand_in_pairs(
    np,
    {name: _buffer(maker) for name, maker in _BUFFERS.items()}
    | {name: _conversion(convert) for name, convert in _CONVERSIONS.items()},
)
