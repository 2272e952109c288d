"""Parameters and gradients that the user named: ``parameters={"W": "dW"}``."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np

from gradcheck.adapters.given import CodeError, Given
from gradcheck.adapters.stateful.pairs import Gradient
from gradcheck.adapters.stateful.places import Place, is_floating, leaves_in
from gradcheck.adapters.stateful.rehearsal import Rehearsal


class Named(NamedTuple):
    """A parameter, and where its gradient is; or an input, which has no place in the object."""

    symbol: str
    place: Place | None
    gradient: Gradient


def named_parameters(given: Given, rehearsal: Rehearsal, inputs: Collection[str]) -> list[Named]:
    """Return the parameters that the user named, and inputs whose gradients they named.

    A gradient whose name begins with a bracket is in what backward returns: ``"[1]"``.

    Raises
    ------
    CodeError
        If there is no such parameter or gradient, or one is not floating-point.
    """
    return [
        _named(given, rehearsal, symbol, gradient, is_input=symbol in inputs)
        for symbol, gradient in (given.parameters or {}).items()
    ]


def _named(
    given: Given, rehearsal: Rehearsal, symbol: str, gradient: str, *, is_input: bool
) -> Named:
    after = rehearsal.returned if gradient.startswith("[") else rehearsal.after
    where = "what backward returned" if gradient.startswith("[") else given.name
    return Named(
        symbol,
        None if is_input else _place(given, rehearsal.base, symbol, given.name),
        Gradient(_place(given, after, gradient, where), returned=gradient.startswith("[")),
    )


def _place(given: Given, root: Any, text: str, where: str) -> Place:
    place = Place.parse(text)
    if place is None:
        raise CodeError(
            f"parameters={given.parameters}: {text!r} is no place in an object; write 'W', "
            f"\"params['W']\" or 'layers[0].W'"
        )
    value = place.found(root)
    if value is None:
        raise CodeError(
            f"parameters={given.parameters}: {where} has no {text!r}; it has {inventory(root)}"
        )
    if not is_floating(value):
        raise CodeError(
            f"parameters={given.parameters}: {text} = {value!r:.60} of {where} is no array of "
            f"floats"
        )
    return place


def inventory(root: Any) -> str:
    """Say which floating-point arrays and numbers there are, for a message."""
    found = [f"{p} {_shape(leaf)}" for p, leaf in leaves_in(root) if is_floating(leaf)]
    return ", ".join(found[:12]) + (", ..." if len(found) > 12 else "") or "no floats"


def _shape(leaf: Any) -> str:
    return str(np.shape(leaf)) if np.ndim(leaf) else "(a number)"
