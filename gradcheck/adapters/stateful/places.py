"""Places inside an object: ``W``, ``params['W']``, ``layers[0].W``, ``get_grads()[0]``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

MOST_PARTS = 1000
"""Longer containers hold data, not layers."""

_STEP = re.compile(r"\.?([A-Za-z_]\w*)|\[\s*(?:(-?\d+)|(['\"])(.*?)\3)\s*\]|(\(\))")
_ATTRIBUTE, _ITEM, _CALL = ".", "[", "("


@dataclass(frozen=True)
class Place:
    """A way from an object to one of its parts.

    Attributes
    ----------
    steps : tuple
        Pairs of a kind of step (attribute, item, call) and its name or key.

    Examples
    --------
    >>> place = Place.parse("layers[0].params['W']")
    >>> place.names
    ('layers', '0', 'params', 'W')
    >>> print(place)
    layers[0].params['W']
    """

    steps: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read what somebody wrote; None if it is no place."""
        steps, end = [], 0
        for match in _STEP.finditer(text):
            if match.start() != end:
                return None
            steps.append(_step(match))
            end = match.end()
        return cls(tuple(steps)) if steps and end == len(text) else None

    def attribute(self, name: str) -> Place:
        """Return the place of an attribute of what is here."""
        return Place((*self.steps, (_ATTRIBUTE, name)))

    def item(self, key: Any) -> Place:
        """Return the place of an item of what is here."""
        return Place((*self.steps, (_ITEM, key)))

    def called(self) -> Place:
        """Return the place of what comes from calling what is here."""
        return Place((*self.steps, (_CALL, "")))

    def of(self, root: Any) -> Any:
        """Return what is here.

        Raises
        ------
        LookupError, AttributeError
            If there is no such place.
        """
        for kind, key in self.steps:
            root = _followed(root, kind, key)
        return root

    def found(self, root: Any) -> Any:
        """Return what is here, or None."""
        try:
            return self.of(root)
        except Exception:
            return None

    def put(self, root: Any, value: Any) -> None:
        """Put a value here."""
        holder = Place(self.steps[:-1]).of(root)
        kind, key = self.steps[-1]
        if kind == _ATTRIBUTE:
            setattr(holder, key, value)
        else:
            holder[key] = value

    @property
    def names(self) -> tuple[str, ...]:
        """Its names and keys as texts."""
        return tuple(str(key) for kind, key in self.steps if kind != _CALL)

    @property
    def called_for(self) -> bool:
        """Whether a method has to be called on the way."""
        return any(kind == _CALL for kind, _ in self.steps)

    def __str__(self) -> str:
        return "".join(_TEXT[kind](key) for kind, key in self.steps).removeprefix(".")


_TEXT = {_ATTRIBUTE: ".{}".format, _ITEM: "[{!r}]".format, _CALL: "(){}".format}


def leaves_in(root: Any, start: Place = Place()) -> Iterator[tuple[Place, Any]]:
    """Yield every array and every number in an object, those near its surface first.

    Nested lists of floats count as arrays.  Objects that occur twice are entered once, arrays that
    occur twice are yielded twice.

    Examples
    --------
    >>> class Dense:
    ...     def __init__(self):
    ...         self.params = {"W": np.ones((2, 3)), "b": np.zeros(3)}
    >>> [str(place) for place, _ in leaves_in(Dense())]
    ["params['W']", "params['b']"]
    """
    seen: dict[int, Any] = {}
    pending = [(start, root)]
    for place, value in pending:  # grows while it is read
        if is_leaf(value):
            yield place, value
        elif id(value) not in seen:
            seen[id(value)] = value  # kept, lest another object get its id
            pending.extend(_parts(place, value))


def parts_in(root: Any) -> Iterator[tuple[Place, Any]]:
    """Yield everything in an object that has no parts of its own."""
    seen: dict[int, Any] = {}
    pending = [(Place(), root)]
    for place, value in pending:  # grows while it is read
        parts = [] if is_leaf(value) else list(_parts(place, value))
        if not parts:
            yield place, value
        elif id(value) not in seen:
            seen[id(value)] = value
            pending.extend(parts)


def is_leaf(value: Any) -> bool:
    """Tell whether a value is an array, a number, or a nested list of floats."""
    return isinstance(value, (np.ndarray, np.number, int, float)) or _is_list_of_floats(value)


def is_floating(value: Any) -> bool:
    """Tell whether a leaf holds floating-point numbers."""
    if isinstance(value, (np.ndarray, np.number)):
        return value.dtype.kind == "f"
    return isinstance(value, float) or _is_list_of_floats(value)


def _is_list_of_floats(value: Any) -> bool:
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(v, float) for v in value) or (
        all(map(_is_list_of_floats, value)) and len({len(row) for row in value}) == 1
    )


def _parts(place: Place, value: Any) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, dict) and len(value) <= MOST_PARTS:
        yield from ((place.item(key), part) for key, part in value.items())
    elif isinstance(value, (list, tuple)) and len(value) <= MOST_PARTS:
        yield from ((place.item(n), part) for n, part in enumerate(value))
    elif not isinstance(value, (type, ModuleType)):
        yield from ((place.attribute(name), part) for name, part in _attributes(value))


def _attributes(value: Any) -> list[tuple[str, Any]]:
    """Return the attributes of an object whose class the user wrote."""
    home = type(value).__module__.partition(".")[0]
    if home in {"numpy", *sys.stdlib_module_names} and not isinstance(value, SimpleNamespace):
        return []
    slots = [name for kind in type(value).__mro__ for name in _slots(kind)]
    found = [(name, getattr(value, name)) for name in slots if hasattr(value, name)]
    return [*found, *getattr(value, "__dict__", {}).items()]


def _slots(kind: type) -> list[str]:
    declared = vars(kind).get("__slots__", ())
    names = [declared] if isinstance(declared, str) else list(declared)
    return [name for name in names if not name.startswith("__")]


def _followed(root: Any, kind: str, key: Any) -> Any:
    if kind == _CALL:
        given = root()
        return list(given) if isinstance(given, Iterator) else given
    return getattr(root, key) if kind == _ATTRIBUTE else root[key]


def _step(match: re.Match[str]) -> tuple[str, Any]:
    name, number, _, key, _ = match.groups()
    if name is not None:
        return _ATTRIBUTE, name
    if number is not None:
        return _ITEM, int(number)
    return (_CALL, "") if key is None else (_ITEM, key)
