"""One start of a stateful object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.adapters.given import CodeError, like
from gradcheck.adapters.stateful.calls import Argument, Calls, method
from gradcheck.adapters.stateful.copies import as_balls_for, with_values
from gradcheck.adapters.stateful.pairs import Gradient
from gradcheck.adapters.stateful.places import Place, leaves_in
from gradcheck.adapters.stateful.rehearsal import RATE
from gradcheck.adapters.stateful.views import View
from gradcheck.arithmetic import Ball
from gradcheck.arithmetic.array import BallArray
from gradcheck.notation.layer import Array, Session, Values

Maker = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class Roles:
    """What was found out about an object.

    Attributes
    ----------
    calls : Calls
        How it goes forward and back.
    inputs : mapping of str to callable
        By symbol, what turns an array into the kind of thing that the user hands over.
    parameters : mapping of str to Place
        Where the object keeps them.
    gradients : mapping of str to Gradient
        Where the gradients are after a backward pass.
    moved : tuple of Place
        What backward moves by design: parameters along their gradient, and momenta.
    stepping : tuple of str
        Parameters of which nothing but that step is seen.
    rate : Place, optional
        Where the object keeps the length of that step, if backward is not handed it.
    views : mapping of Place to View
        Where it keeps views of parameters.
    stable : frozenset of Place
        What the object had before it ran, and only reads.
    """

    calls: Calls
    inputs: Mapping[str, Maker]
    parameters: Mapping[str, Place] = field(default_factory=dict)
    gradients: Mapping[str, Gradient] = field(default_factory=dict)
    moved: tuple[Place, ...] = ()
    stepping: tuple[str, ...] = ()
    rate: Place | None = None
    views: Mapping[Place, View] = field(default_factory=dict)
    stable: frozenset[Place] = frozenset()


class StatefulSession(Session):
    """A copy of an object: its parameters are set before it goes forward, its gradients read."""

    def __init__(self, subject: Any, roles: Roles) -> None:
        self._object, self._roles = subject, roles
        self._given = subject
        self._handed: list[Any] = []
        self._result: Any = None

    def forward(self, values: Values) -> Any:
        """Set the parameters and go forward."""
        self._set_parameters(values)
        self._handed = [make(values[symbol]) for symbol, make in self._roles.inputs.items()]
        self._result = method(self._object, self._roles.calls.forward)(*self._handed)
        return self._output

    def backward(self, cotangent: Any) -> dict[str, Any]:
        """Go back, and return copies of the gradients that the object keeps."""
        before = {place: deepcopy(place.of(self._object)) for place in self._roles.moved}
        returned = self._returned(cotangent)
        gradients = {
            symbol: self._read(gradient, returned)
            for symbol, gradient in self._roles.gradients.items()
        }
        for symbol in self._roles.stepping:
            place = self._roles.parameters[symbol]
            gradients[symbol] = _step(before[place], place.of(self._object))
        if before:  # the next pass starts from where this one did
            self._object = with_values(self._object, before)
        if self._roles.calls.takes_cotangent:
            return gradients
        return {s: times_cotangent(cotangent, found, s) for s, found in gradients.items()}

    def memory(self) -> dict[str, Array]:
        """Return what the object made on its way forward."""
        skipped = {str(gradient) for gradient in self._roles.gradients.values()}
        return {
            str(place): leaf
            for place, leaf in leaves_in(self._object)
            if isinstance(leaf, np.ndarray)
            and place not in self._roles.stable
            and str(place) not in skipped
        }

    @property
    def _output(self) -> Any:
        return self._roles.calls.output(self._result, self._object)

    def _returned(self, cotangent: Any) -> Any:
        calls = self._roles.calls
        if calls.returns_both:
            return self._result[1]
        special = {
            Argument.COTANGENT: like(self._output, cotangent),
            Argument.CACHE: self._result[1] if calls.keeps_cache else None,
            Argument.RATE: RATE,
        }
        return method(self._object, calls.backward)(*calls.handed(self._handed, special))

    def _read(self, gradient: Gradient, returned: Any) -> Any:
        if gradient.returned:
            return gradient.place.found(returned)
        found = gradient.place.found(self._object)
        return found.copy() if isinstance(found, np.ndarray) else found

    def _set_parameters(self, values: Values) -> None:
        """Exchange the parameters, and all other floats for balls if the values are balls."""
        balls = any(isinstance(value, (BallArray, Ball)) for value in values.values())
        places = self._roles.parameters
        dtypes = {np.asarray(place.of(self._given)).dtype for place in places.values()}
        kept = {place: self._as_kept(symbol, values[symbol]) for symbol, place in places.items()}
        kept |= {place: view.of(values[view.symbol]) for place, view in self._roles.views.items()}
        self._object = with_values(
            self._object,
            kept,
            as_balls_for(self._object, dtypes, kept) if balls else {},
        )
        if self._roles.rate is not None:
            self._roles.rate.put(self._object, RATE)

    def _as_kept(self, symbol: str, value: Any) -> Any:
        """Return a value of a parameter as the object keeps it: an array, a list or a number."""
        place = self._roles.parameters[symbol]
        original = place.of(self._given)
        if isinstance(original, np.ndarray):
            return value.copy() if place in self._roles.moved else value
        return value.tolist() if isinstance(original, list) else value.item()


def _step(before: Any, after: Any) -> Any:
    """Return the gradient along which a parameter was moved."""
    return (np.asanyarray(before) - np.asanyarray(after)) / RATE


def times_cotangent(cotangent: Any, gradient: Any, symbol: str) -> Any:
    """Pull a cotangent back through the derivative of a value, or of values entry by entry.

    Examples
    --------
    >>> times_cotangent(np.array([1.0, 2.0]), np.array([[1.0, 2.0], [3.0, 4.0]]), "x")
    array([[1., 2.],
           [6., 8.]])
    """
    if gradient is None:
        return None
    along, gradient = np.asanyarray(cotangent), np.asanyarray(gradient)
    if along.shape == gradient.shape[: along.ndim]:
        along = along.reshape(along.shape + (1,) * (gradient.ndim - along.ndim))
    try:
        return along * gradient
    except ValueError:
        raise CodeError(
            f"the gradient of {symbol} has shape {gradient.shape}, and the output {along.shape}: "
            f"without a cotangent, backward gives the gradient of one value, or entry by entry"
        ) from None
