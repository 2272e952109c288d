"""The names that code under test can see: of loaded modules, and of what given functions reach."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache, partial
from types import CellType, FunctionType, MethodType, ModuleType
from typing import Any

_LIBRARIES = sys.stdlib_module_names | {
    "_pytest",
    "flint",
    "gradcheck",
    "hypothesis",
    "jax",
    "jaxlib",
    "matplotlib",
    "ml_dtypes",
    "mpmath",
    "numpy",
    "opt_einsum",
    "pandas",
    "pytest",
    "scipy",
    "sklearn",
    "sympy",
    "torch",
}
"""Packages that hold no code under test; `__main__` is the user's."""

_MOST_LAYERS = 1000
"""Longer containers hold data, not layers: nothing in them is looked at."""


@cache
def of_a_library(name: str) -> bool:
    """Tell whether a module of this name holds no code under test.

    Examples
    --------
    >>> of_a_library("numpy.linalg"), of_a_library("my_layers")
    (True, False)
    """
    return name.partition(".")[0] in _LIBRARIES


class Cell:
    """The variable of a closure, as a namespace of one name."""

    def __init__(self, cell: CellType) -> None:
        self._cell = cell

    def items(self) -> list[tuple[str, Any]]:
        """Give the name and the value, or nothing for a variable that is not set yet."""
        try:
            return [("cell_contents", self._cell.cell_contents)]
        except ValueError:
            return []

    def __setitem__(self, name: str, value: Any) -> None:
        setattr(self._cell, name, value)


Namespace = dict[str, Any] | Cell


def namespaces_of_modules() -> list[dict[str, Any]]:
    """Find the namespaces of all loaded modules that may hold code under test.

    Only modules written in Python count: a compiled one would store plain doubles into whatever
    array it is given.
    """
    return [
        vars(module)
        for name, module in list(sys.modules.items())
        if not of_a_library(name)
        and str(getattr(module, "__file__", None) or ".py").endswith(".py")
    ]


def namespaces_of(functions: Iterable[Any]) -> list[Namespace]:
    """Find the namespaces and closures that functions reach beyond the loaded modules.

    Parameters
    ----------
    functions
        Functions, methods, partial applications, callable objects, or containers of them.

    Returns
    -------
    list
        The globals of each function reached, each attribute dictionary of an object, and each
        variable of a closure.
    """
    found: dict[int, Namespace] = {}
    seen: dict[int, Any] = {}
    pending = list(functions)
    while pending:
        item = pending.pop()
        if id(item) not in seen:
            seen[id(item)] = item  # kept, lest another object get its id
            pending.extend(_reached(item, found))
    return list(found.values())


def _reached(item: Any, found: dict[int, Namespace]) -> Iterator[Any]:
    """Yield what `item` leads to, and enter the namespaces on the way into `found`."""
    if isinstance(item, FunctionType):
        yield from _of_function(item, found)
    elif isinstance(item, MethodType):
        yield from (item.__func__, item.__self__)
    elif isinstance(item, partial):
        yield from (item.func, item.args, item.keywords)
    elif isinstance(item, type):
        yield from (value for value in vars(item).values() if isinstance(value, FunctionType))
    elif isinstance(item, (list, tuple, dict)) and len(item) <= _MOST_LAYERS:
        yield from item.values() if isinstance(item, dict) else item
    elif not isinstance(item, ModuleType) and _is_of_the_user(type(item)):
        yield from _of_object(item, found)


def _of_function(function: FunctionType, found: dict[int, Namespace]) -> Iterator[Any]:
    """Yield closure, wrapped function and defaults; enter its globals if no module's."""
    for cell in map(Cell, function.__closure__ or ()):
        found[id(cell)] = cell
        yield from (value for _, value in cell.items())
    yield from (getattr(function, "__wrapped__", None), function.__defaults__)
    namespace = function.__globals__
    module = sys.modules.get(namespace.get("__name__", ""))
    if module is None or vars(module) is not namespace:
        found[id(namespace)] = namespace


def _of_object(item: Any, found: dict[int, Namespace]) -> Iterator[Any]:
    """Yield the class and the attributes of an object."""
    attributes = getattr(item, "__dict__", {})
    found[id(attributes)] = attributes
    yield type(item)
    yield from attributes.values()


def _is_of_the_user(kind: type) -> bool:
    """Tell whether a class was written by the user, or wraps what the user wrote."""
    top = kind.__module__.partition(".")[0]
    return top == "gradcheck" or top not in _LIBRARIES
