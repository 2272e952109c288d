"""Which layers there are in a module: what can be told from looking at it, without running them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from gradcheck.adapters.targets import TargetError, module_at, operations_in
from gradcheck.validation.kinds import derivative_rules, looks_like_a_layer
from gradcheck.validation.members import own_members
from gradcheck.validation.pairs import pairs

_VALUES = re.compile("loss|cost|objective|criterion|energy|entropy|nll|_and_grad|error", re.I)
"""In names of functions that may return a value and its gradient."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """Something that is to be checked.

    Attributes
    ----------
    name : str
        What the module calls it.
    subject : object
        An operation, a layer, a function, a class or an object.
    backward : callable, optional
        The gradient, where that is a function of its own.
    certain : bool
        Whether it is a layer.  A function by itself is one only if it returns its gradient along
        with its value, which takes running it.
    """

    name: str
    subject: Any
    backward: Callable[..., Any] | None = None
    certain: bool = True


@dataclass(frozen=True, eq=False)
class Discovery:
    """What a target has.

    Attributes
    ----------
    candidates : tuple of Candidate
        What is to be checked.
    others : tuple of str
        The functions and classes of the module that do not look like it.
    """

    candidates: tuple[Candidate, ...]
    others: tuple[str, ...] = ()


def discover(target: str) -> Discovery:
    """Import a target and find the layers in it.

    Parameters
    ----------
    target : str
        ``package.module`` or ``path.py``, optionally followed by ``:name`` of one layer.

    Raises
    ------
    TargetError
        If the module cannot be found or imported, or has no layer (of that name).
    """
    place, _, name = target.partition(":")
    module = module_at(place)
    candidates = tuple(_candidates(module))
    if name:
        return Discovery((_named(module, candidates, name),))
    if not candidates:
        raise TargetError(
            f"{place} has no layers: name its functions f_forward and f_backward, give a class "
            f"the methods forward and backward, or name a layer as {place}:name"
        )
    return Discovery(candidates, tuple(_others(module, candidates)))


def _candidates(module: ModuleType) -> Iterator[Candidate]:
    for operation in operations_in(module):
        yield Candidate(operation.name, operation)
    own = own_members(module)
    gradients = _gradients(own)
    paired = {*gradients, *(name for names in gradients.values() for name in names)}
    for name, thing in own.items():
        if looks_like_a_layer(thing):
            yield Candidate(name, thing)
        for gradient in gradients.get(name, ()):
            title = name if len(gradients[name]) == 1 else f"{name} with {gradient}"
            yield Candidate(title, thing, own[gradient])
        if inspect.isfunction(thing) and name not in paired and _VALUES.search(name):
            yield Candidate(name, thing, certain=False)


def _gradients(own: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the names of the functions that have gradients, each with those of the gradients."""
    rules = derivative_rules(own.values())
    functions = [
        name
        for name, thing in own.items()
        if _is_function(thing) and not any(thing is rule for rule in rules)
    ]
    found: dict[str, list[str]] = {}
    for forward, gradient in pairs(functions):
        found.setdefault(forward, []).append(gradient)
    return found


def _is_function(thing: Any) -> bool:
    return callable(thing) and not isinstance(thing, type)


def _others(module: ModuleType, candidates: tuple[Candidate, ...]) -> Iterator[str]:
    """Yield the functions and classes that are not looked at."""
    own = own_members(module)
    taken = [thing for c in candidates for thing in (c.subject, c.backward)]
    taken += derivative_rules(own.values())
    for name, thing in own.items():
        known = any(thing is other for other in taken)
        if not known and (isinstance(thing, type) or inspect.isroutine(thing)):
            yield name


def _named(module: ModuleType, candidates: tuple[Candidate, ...], name: str) -> Candidate:
    """Return the layer of a name: as it was found, or whatever the module has under it."""
    for candidate in candidates:
        subject = getattr(module, name, None)
        if candidate.name == name or (subject is not None and candidate.subject is subject):
            return replace(candidate, certain=True)  # who names it knows
    if not hasattr(module, name):
        known = ", ".join(candidate.name for candidate in candidates) or "no layers at all"
        raise TargetError(f"{module.__name__} has no layer {name!r}; it has {known}")
    subject = getattr(module, name)
    functions = {n: thing for n, thing in vars(module).items() if _is_function(thing)}
    found = [gradient for forward, gradient in pairs(functions) if forward == name]
    return Candidate(name, subject, functions[found[0]] if found else None)
