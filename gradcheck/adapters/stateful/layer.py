"""A layer of an object whose way of being called is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from gradcheck.adapters.given import Given, real_output
from gradcheck.adapters.stateful.copies import shared_places, with_values
from gradcheck.adapters.stateful.discovery import Discovery
from gradcheck.adapters.stateful.places import is_floating
from gradcheck.adapters.stateful.sentences import found_sentence
from gradcheck.adapters.stateful.session import Roles, StatefulSession
from gradcheck.adapters.stateful.way import Way
from gradcheck.notation.layer import Layer, Session


def layer_of(given: Given, way: Way, kind: str) -> Layer:
    """Make a layer of an object.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or the names do not fit.
    CodeError
        If it is not clear which array is the gradient of which.
    """
    found = Discovery(given, way)
    roles = found.roles
    base = _without_old_gradients(way.rehearsal.base, roles)
    parameters = {s: np.array(place.of(base)) for s, place in roles.parameters.items()}
    held = tuple(_held(found))

    def start() -> Session:
        return StatefulSession(base, roles)

    targets = {s: found.inputs[s] for s in found.targets if s in held}
    return Layer(
        name=given.name,
        kind=kind,
        values={**found.inputs, **parameters},
        start=start,
        output=real_output(way.rehearsal.output),
        parameters=tuple(parameters),
        held=held,
        code=(given.subject,),
        found=found_sentence(given, way.calls, roles, targets),
        notes=(*way.notes, *_notes(found)),
    )


def _without_old_gradients(base: Any, roles: Roles) -> Any:
    """Forget what earlier backward passes of the user left: it may be added to."""
    places = [gradient.place for gradient in roles.gradients.values() if not gradient.returned]
    old = {place: place.found(base) for place in places}
    zeros = {place: _zeros(value) for place, value in old.items() if is_floating(value)}
    return with_values(base, zeros)


def _zeros(value: Any) -> Any:
    return np.zeros_like(value) if isinstance(value, np.ndarray) else (np.array(value) * 0).tolist()


def _held(found: Discovery) -> Iterator[str]:
    """Yield the inputs without a gradient, and what the user says."""
    differentiable = {*found.roles.gradients, *found.roles.stepping} - set(found.given.held)
    for symbol in (*found.inputs, *found.roles.parameters):
        may_be = symbol in found.floating or symbol in found.roles.parameters
        if symbol not in differentiable or not may_be:
            yield symbol


def _notes(found: Discovery) -> Iterator[str]:
    """Say what stays unchecked, and what the checks do about it."""
    for symbol, part in found.unpaired.items():
        if symbol not in found.roles.parameters and part.place not in found.roles.views:
            yield f"{part.place} {np.shape(part.value)} has no gradient: found, not checked"
    for symbol in found.floating:
        if symbol not in found.roles.gradients and symbol not in found.targets:
            yield f"no gradient of {symbol} was found: held, not checked"
    if found.roles.moved:
        moved = ", ".join(map(str, found.roles.moved))
        yield f"backward moves {moved} itself; put back after every run"
    for place in shared_places(found.given.subject):
        yield f"{place} cannot be copied: all runs share it"
