"""Buffers of balls for code that allocates float ones, while it runs lifted."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck.arithmetic.buffers import MAKERS
from gradcheck.arithmetic.namespaces import Namespace, namespaces_of, namespaces_of_modules
from gradcheck.arithmetic.special import IN_PYTHON, on_balls


@contextmanager
def lifted(*functions: Any, reached: Sequence[Namespace] | None = None) -> Iterator[None]:
    """Give code under test array-of-balls buffers where it asks NumPy for float ones.

    In the block, `np.zeros`, `np.empty`, `np.ones`, `np.full`, `np.eye`, `np.identity`, their
    `_like`s and `np.array` make arrays of balls where they would make arrays of float64, and
    `np.asarray` keeps balls that it is given, also with `dtype=float`. Arrays of other dtypes are
    untouched.

    Parameters
    ----------
    functions
        What will run: needed only where its names are not those of an imported module (closures,
        code run by `exec`, objects that carry `np` as an attribute).
    reached
        What `namespaces_of` found for these functions, where they are lifted again and again.

    Notes
    -----
    NumPy itself stays as it is, as do libraries and compiled code. What is exchanged are the names
    by which modules of the user refer to it: `np`, and `zeros` after `from numpy import zeros`. A
    function that imports NumPy in its body escapes; its float buffers then refuse balls.

    The exchange is undone at the end, also after an error. Other threads that run the same modules
    would see it, so lift in one thread only. The cyclic garbage collector rests meanwhile: it would
    look through hundreds of thousands of balls, which form no cycles, again and again.

    Examples
    --------
    >>> def f(n):
    ...     return np.zeros(n)
    >>> with lifted(f):
    ...     f(2)
    BallArray([0.0, 0.0])
    >>> f(2)
    array([0., 0.])
    """
    if functions in _blocks:  # their names are exchanged already
        yield
        return
    exchanged = {id(original): stand_in for original, stand_in in _stand_ins()}
    with ExitStack() as undo:
        modules = [] if _blocks else namespaces_of_modules()
        _blocks.append(functions)
        undo.callback(_blocks.pop)
        for namespace in (*modules, *(namespaces_of(functions) if reached is None else reached)):
            exchange(namespace, exchanged, undo)
        undo.enter_context(resting_collector())
        yield


_blocks: list[tuple[Any, ...]] = []
"""The lifted blocks around the running code: the outermost exchanges the names of the modules."""


@contextmanager
def resting_collector() -> Iterator[None]:
    """Keep the cyclic garbage collector from looking through balls, which form no cycles."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def exchange(namespace: Namespace, exchanged: dict[int, Any], undo: ExitStack) -> None:
    """Exchange the values of a namespace that have stand-ins, until `undo` closes."""
    for name, value in list(namespace.items()):
        if id(value) in exchanged:
            undo.callback(namespace.__setitem__, name, value)
            namespace[name] = exchanged[id(value)]


def _stand_ins() -> list[tuple[Any, Any]]:
    """Pair NumPy's modules and functions, and SciPy's if imported, with their stand-ins."""
    return _NUMPY + (_scipy() if "scipy.special" in sys.modules else [])


def _stand_in_module(module: ModuleType, changes: dict[str, Any]) -> ModuleType:
    """Make a module like `module`, with other values for some of its names."""
    stand_in = ModuleType(module.__name__, module.__doc__)
    vars(stand_in).update({**vars(module), **changes, "__getattr__": partial(getattr, module)})
    return stand_in


def stand_in_pairs(module: ModuleType, changes: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Pair a module and some of its functions with what stands in for them."""
    functions = [(getattr(module, name), function) for name, function in changes.items()]
    return [(module, _stand_in_module(module, changes)), *functions]


@cache
def _scipy() -> list[tuple[Any, Any]]:
    scipy, special = sys.modules["scipy"], sys.modules["scipy.special"]
    changes = {name: on_balls(getattr(special, name), f) for name, f in IN_PYTHON.items()}
    pairs = stand_in_pairs(special, changes)
    return [*pairs, (scipy, _stand_in_module(scipy, {"special": pairs[0][1]}))]


_NUMPY = stand_in_pairs(np, MAKERS)
