"""Losses, and whatever else returns its gradients along with its value."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.adapters.given import CodeError, Given, run
from gradcheck.adapters.stateful.calls import FORWARDS, Calls, has, method
from gradcheck.adapters.stateful.copies import copied
from gradcheck.adapters.stateful.layer import layer_of
from gradcheck.adapters.stateful.objects import adapt as adapt_object
from gradcheck.adapters.stateful.objects import as_object, is_object
from gradcheck.adapters.stateful.objects import recognises as is_with_both_methods
from gradcheck.adapters.stateful.places import is_floating
from gradcheck.adapters.stateful.rehearsal import rehearsed
from gradcheck.adapters.stateful.way import Way, prepared
from gradcheck.notation.layer import Layer

KIND = "value with gradients"


def recognises(given: Given) -> bool:
    """Tell whether a function, or a method of an object, returns a value and its gradients."""
    given = as_object(given)
    if given.backward is not None or isinstance(given.subject, type):
        return False
    return _forward(given) is not None


def adapt(given: Given) -> Layer:
    """Make a layer of ``loss(x, y) -> value, gradient``, or of an object that does so.

    The gradient is that of the value: it is multiplied by the cotangent.  Inputs that look like
    targets are held if there are fewer gradients than inputs.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or the names do not fit.
    CodeError
        If the code raises, does not return both, or it is not clear what is the gradient of what.
    """
    if is_with_both_methods(given):
        return adapt_object(given)
    given = as_object(given)
    forward = _forward(given)
    if forward is None:
        raise CodeError(
            f"{given.name} does not return a value and its gradients: return a pair (value, "
            f"gradient), or give its gradient as a function of its own"
        )
    calls = Calls(forward)
    return layer_of(given, Way(calls, rehearsed(prepared(given, forward), given, calls)), KIND)


def _forward(given: Given) -> str | None:
    """Return the name of the method that returns both; empty for a function; None if none does."""
    names = [name for name in FORWARDS if has(given.subject, name)]
    for name in names if is_object(given) else [""] if callable(given.subject) else []:
        if _returns_both(given, name):
            return name
    return None


def _returns_both(given: Given, name: str) -> bool:
    try:
        result = run(method(copied(given.subject), name), "forward", *given.copies())
    except CodeError:  # not meant for these inputs
        return False
    if not isinstance(result, tuple) or len(result) != 2:
        return False
    value, gradients = result
    return is_floating(value) and not np.ndim(value) and _are_gradients(gradients)


def _are_gradients(found: Any) -> bool:
    """Tell whether there are only floats in a result, so that it may be gradients."""
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, (list, tuple)) and not is_floating(found):
        return bool(found) and all(part is None or _are_gradients(part) for part in found)
    return is_floating(found)
