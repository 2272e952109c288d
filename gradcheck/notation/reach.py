"""What code holds beside its arguments: closures, defaults, module globals, class attributes."""

from __future__ import annotations

import dis
import functools
import types
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any

LIBRARIES = frozenset({"builtins", "numpy", "scipy", "torch", "jax", "jaxlib", "autograd", "flint"})
"""Packages that are not looked into: what they hold is theirs, and there is much of it."""

_GLOBAL = frozenset({"LOAD_GLOBAL", "LOAD_NAME"})

DEEPEST = 4
"""How many attributes and items deep: ``net.layers[0].W`` is three."""

LONGEST = 1000
"""Containers of more items are data, and are not looked through."""


def reached(code: Iterable[Any]) -> dict[str, Any]:
    """Return everything that code can reach without being handed it, under readable paths.

    Parameters
    ----------
    code : iterable of objects
        Functions are followed into their closures, defaults and those globals that they name;
        objects into the attributes of their classes.  What other functions of the same package
        hold counts as well.

    Returns
    -------
    dict of str to object
        Arrays, numbers, generators and whatever else is no container, no function and no object
        of the same package.

    Examples
    --------
    >>> def make(w):
    ...     return lambda x: w * x
    >>> reached([make(2.0)])
    {'w': 2.0}
    """
    code = tuple(code)
    search = _Search({_package(type(thing)) for thing in code} | {_package(f) for f in code})
    for thing in code:
        search.given(thing)
    return search.found


def attributes(code: Iterable[Any]) -> dict[str, Any]:
    """Return what the given objects themselves keep, under paths as ``Dense.W``.

    Examples
    --------
    >>> class Scale:
    ...     def __init__(self):
    ...         self.factor = 3.0
    >>> attributes([Scale()])
    {'Scale.factor': 3.0}
    """
    code = tuple(code)
    search = _Search({_package(type(thing)) for thing in code})
    for thing in code:
        if not callable(thing) or _has_fields(thing):
            search.inside(type(thing).__name__, getattr(thing, "__dict__", {}))
    return search.found


class _Search:
    """A walk through everything that code refers to, each object once.

    Parameters
    ----------
    packages : set of str
        Whose functions and objects are looked into.
    """

    def __init__(self, packages: set[str]) -> None:
        self.found: dict[str, Any] = {}
        self._packages = packages - LIBRARIES
        self._seen: dict[int, Any] = {}  # with the objects, so that no id is given anew

    def given(self, thing: Any) -> None:
        """Walk through one of the things that the user gave."""
        if isinstance(thing, (types.FunctionType, types.MethodType, functools.partial)):
            self.value("", thing, 0)
        elif isinstance(thing, type) or _package(type(thing)) in self._packages:
            self._classes(thing if isinstance(thing, type) else type(thing), 0)

    def inside(self, path: str, members: Mapping[Any, Any], depth: int = 0) -> None:
        """Walk through named members of something."""
        for name, member in list(members.items()):
            self.value(f"{path}.{name}" if path else str(name), member, depth + 1)

    def value(self, path: str, value: Any, depth: int) -> None:
        """Walk through a value that code refers to by a path."""
        if id(value) in self._seen or depth > DEEPEST or isinstance(value, types.ModuleType):
            return
        if _has_identity(value):
            self._seen[id(value)] = value
        if isinstance(value, types.MethodType):
            self.value(path, value.__func__, depth)
            self.value(type(value.__self__).__name__, value.__self__, depth + 1)
        elif isinstance(value, functools.partial):
            self.value(path, value.func, depth)
            self.inside(path, {**dict(enumerate(value.args)), **value.keywords}, depth)
        elif isinstance(value, types.FunctionType):
            self._function(value, depth)
        elif isinstance(value, (dict, list, tuple)):
            self._items(path, value, depth)
        elif hasattr(value, "named_parameters"):
            self.inside(path, dict(value.named_parameters()), depth)
        elif _package(value if isinstance(value, type) else type(value)) in self._packages:
            self._object(path, value, depth)
        elif not callable(value):
            self.found[path] = value

    def _function(self, function: types.FunctionType, depth: int) -> None:
        if _package(function) in self._packages or depth == 0:
            for name, captured in _captured(function):
                self.value(name, captured, depth + 1)

    def _items(self, path: str, container: Any, depth: int) -> None:
        named = container if isinstance(container, dict) else dict(enumerate(container))
        if len(named) <= LONGEST:
            for key, item in list(named.items()):
                self.value(f"{path}[{key!r}]", item, depth + 1)

    def _object(self, path: str, value: Any, depth: int) -> None:
        self._classes(value if isinstance(value, type) else type(value), depth)
        if not isinstance(value, type):
            self.inside(path, getattr(value, "__dict__", {}), depth)

    def _classes(self, cls: type, depth: int) -> None:
        """Walk through the attributes of a class and of its bases, and what its methods hold."""
        for base in cls.__mro__:
            if _package(base) in self._packages:
                self.inside(base.__name__, dict(_members(base)), depth)


def _captured(function: types.FunctionType) -> Iterator[tuple[str, Any]]:
    """Yield what a function holds: its closure, its defaults, and the globals that it names."""
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            yield name, cell.cell_contents
        except ValueError:  # a cell that is not filled yet
            continue
    code, defaults = function.__code__, function.__defaults__ or ()
    positional = code.co_varnames[: code.co_argcount]
    yield from zip(positional[len(positional) - len(defaults) :], defaults, strict=True)
    yield from (function.__kwdefaults__ or {}).items()
    for name in _names(code):
        if name in function.__globals__:
            yield name, function.__globals__[name]


@cache
def _names(code: types.CodeType) -> tuple[str, ...]:
    """Return the global names of a function, also those that only its inner functions use.

    ``co_names`` has them too, but beside the names of attributes: ``self.b`` is no global ``b``.
    """
    own = [i.argval for i in dis.get_instructions(code) if i.opname in _GLOBAL]
    inner = [
        _names(constant) for constant in code.co_consts if isinstance(constant, types.CodeType)
    ]
    return tuple(dict.fromkeys([*own, *chain.from_iterable(inner)]))


def _members(cls: type) -> Iterator[tuple[str, Any]]:
    """Yield what the body of a class holds, but for what Python puts there."""
    for name, member in vars(cls).items():
        if name == "__call__" or not name.startswith("__"):
            yield name, _unbound(member)


def _unbound(member: Any) -> Any:
    """Return the function behind what a class body holds."""
    if isinstance(member, (staticmethod, classmethod)):
        return member.__func__
    return member.fget if isinstance(member, property) else member


def _has_fields(thing: Any) -> bool:
    return bool(getattr(thing, "__dict__", None)) and not isinstance(
        thing, (types.FunctionType, type, functools.partial)
    )


def _has_identity(value: Any) -> bool:
    """Whether two references to the same object say anything: those to a number do not."""
    return not isinstance(value, (int, float, str, bytes, type(None)))


def _package(thing: Any) -> str:
    """Return the top-level package in which a function or a class was written."""
    function = thing.func if isinstance(thing, functools.partial) else thing
    return str(getattr(function, "__module__", None) or "builtins").split(".")[0]
