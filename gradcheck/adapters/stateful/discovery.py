"""Finding out which array of an object has which role, from its names and from its rehearsal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gradcheck.adapters.given import CodeError, Given, restorer
from gradcheck.adapters.stateful.arguments import RATE_ATTRIBUTES
from gradcheck.adapters.stateful.calls import method
from gradcheck.adapters.stateful.inputs import gradients_in_attributes
from gradcheck.adapters.stateful.named import Named, inventory, named_parameters
from gradcheck.adapters.stateful.names import VALUES
from gradcheck.adapters.stateful.pairs import Gradient, Part, pairs, parameters_of
from gradcheck.adapters.stateful.places import Place
from gradcheck.adapters.stateful.rehearsal import matters
from gradcheck.adapters.stateful.returns import Wanted, returned_gradients
from gradcheck.adapters.stateful.session import Roles
from gradcheck.adapters.stateful.targets import targets_among
from gradcheck.adapters.stateful.views import views_in
from gradcheck.adapters.stateful.way import Way
from gradcheck.notation.layer import Array


@dataclass(eq=False)
class Discovery:
    """The roles of an object's arrays.

    Attributes
    ----------
    given : Given
        What the user gave.
    way : Way
        How the object is called, and what came of it.
    """

    given: Given
    way: Way

    @cached_property
    def roles(self) -> Roles:
        """Everything that a session has to know."""
        gradients = {**self._kept, **self._returned, **self._left}
        if not (gradients or self._stepping):
            raise CodeError(self._nothing_found())
        shown = {*gradients, *self._stepping}
        parameters = {s: place for s, place in self._places.items() if s in shown}
        return Roles(
            calls=self.way.calls,
            inputs=dict(zip(self.inputs, map(restorer, self.given.inputs), strict=True)),
            parameters=parameters,
            gradients=gradients,
            stepping=self._stepping,
            moved=self._moved,
            views=views_in(self.given.subject, parameters, self.way.rehearsal.stable),
            rate=self._rate if self._stepping and not self.way.calls.takes_a_step else None,
            stable=self.way.rehearsal.stable,
        )

    # the inputs

    @cached_property
    def inputs(self) -> dict[str, Array]:
        """The inputs by symbol."""
        symbols = self.given.symbols(method(self.given.subject, self.way.calls.forward))
        return dict(zip(symbols, self.given.arrays, strict=True))

    @cached_property
    def floating(self) -> tuple[str, ...]:
        """The inputs that may have a gradient."""
        held = self.given.held_among(tuple(self.inputs))
        return tuple(symbol for symbol in self.inputs if symbol not in held)

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """Those of them that look like targets of a loss."""
        return targets_among({symbol: self.inputs[symbol] for symbol in self.floating})

    # the parameters, by symbol

    @cached_property
    def unpaired(self) -> dict[str, Part]:
        """What has no gradient of its own and moves the output: arrays, and numbers that move."""
        used = {gradient.place for gradient in self._kept.values()}
        taken = used | {named.place for named in self._named if named.place}
        return {
            symbol: part
            for symbol, part in self._parts.items()
            if symbol not in self._kept
            and (np.ndim(part.value) or self._is_written(part))
            and not set(part.places) & taken
            and matters(self.way.rehearsal, self.given, self.way.calls, part.place)
        }

    @cached_property
    def _parts(self) -> dict[str, Part]:
        """Everything that may be a parameter."""
        gradients = {gradient.place for gradient in self._paired.values()}
        parts = [
            part for part in parameters_of(self.way.rehearsal) if not set(part.places) & gradients
        ]
        return {symbol_of(part.place, parts, self.inputs): part for part in parts}

    @cached_property
    def _paired(self) -> dict[Place, Gradient]:
        """The gradients by the places of their parameters, as far as the user left it open."""
        return {} if self.given.parameters is not None else pairs(self.way.rehearsal)

    @cached_property
    def _places(self) -> dict[str, Place]:
        if self.given.parameters is not None:
            return {named.symbol: named.place for named in self._named if named.place}
        return {symbol: part.place for symbol, part in self._parts.items()}

    @cached_property
    def _named(self) -> list[Named]:
        return named_parameters(self.given, self.way.rehearsal, tuple(self.inputs))

    @cached_property
    def _kept(self) -> dict[str, Gradient]:
        """The gradients that the object keeps, or that the user named."""
        if self.given.parameters is not None:
            return {named.symbol: named.gradient for named in self._named}
        found = self._paired
        return {s: found[part.place] for s, part in self._parts.items() if part.place in found}

    # the parameters that a backward pass moves itself

    @cached_property
    def _moved(self) -> tuple[Place, ...]:
        """What it moves by design, for there is a learning rate; momenta as well."""
        if self._rate is None and not self.way.calls.takes_a_step:
            return ()
        return tuple(part.place for part in self._parts.values() if self._is_written(part))

    @cached_property
    def _stepping(self) -> tuple[str, ...]:
        """Those of which it shows no gradient."""
        if self.given.parameters is not None:
            return ()
        moved = tuple(s for s, part in self.unpaired.items() if self._is_written(part))
        if moved and not self._moved:
            raise CodeError(
                f"{self.given.name}.{self.way.calls.backward} moves {', '.join(moved)} itself, "
                f"and no learning rate was found: let it keep the gradients, and name them, "
                f"parameters={{{moved[0]!r}: ...}}"
            )
        return moved

    @cached_property
    def _rate(self) -> Place | None:
        """The learning rate that the object keeps."""
        places = [place for place in self.way.rehearsal.stable if len(place.steps) == 1]
        return next((p for p in places if RATE_ATTRIBUTES.fullmatch(p.names[0].strip("_"))), None)

    def _is_written(self, part: Part) -> bool:
        return bool(set(part.places) & self.way.rehearsal.written)

    # the gradients of the inputs, and of parameters along with them

    @cached_property
    def _returned(self) -> dict[str, Gradient]:
        found = returned_gradients(self.way.rehearsal.returned, self._wanted)
        may_have = {*self.floating, *self._parts} - set(self._kept)
        return {symbol: gradient for symbol, gradient in found.items() if symbol in may_have}

    @property
    def _wanted(self) -> Wanted:
        shapes = {symbol: np.shape(part.value) for symbol, part in self._parts.items()}
        free = tuple(symbol for symbol in self.unpaired if symbol not in self._stepping)
        arrays = tuple(s for s, shape in shapes.items() if s in {*free, *self._kept} and shape)
        return Wanted(
            shapes={symbol: value.shape for symbol, value in self.inputs.items()} | shapes,
            inputs=(
                tuple(self.inputs),
                self.floating,
                tuple(symbol for symbol in self.floating if symbol not in self.targets),
            ),
            parameters=((),) if self.given.parameters is not None else ((), free, arrays),
            places={symbol: part.places for symbol, part in self._parts.items()},
            taken=[named.gradient.place for named in self._named if named.gradient.returned],
        )

    @cached_property
    def _left(self) -> dict[str, Gradient]:
        """The gradients of inputs that are left in attributes."""
        if any(s in self._returned or s in self._kept for s in self.floating):
            return {}
        used = [gradient.place for gradient in self._kept.values()]
        missing = [symbol for symbol in self.floating if symbol not in self.targets]
        return gradients_in_attributes(missing, self.way.rehearsal, used)

    def _nothing_found(self) -> str:
        calls, name = self.way.calls, self.given.name
        return (
            f"{name}.{calls.backward or calls.forward} returned "
            f"{type(self.way.rehearsal.returned).__name__} and no gradient was found; afterwards "
            f"{name} has {inventory(self.way.rehearsal.after)}: say which is which, "
            f"parameters={{'W': 'dW'}}, or let backward return the gradient of its input"
        )


def symbol_of(place: Place, parts: Sequence[Part], taken: Iterable[str]) -> str:
    """Name a parameter after its place: ``W`` for ``params['W']`` too, if that is the only W."""
    name = _short(place)
    alone = [part for part in parts if _short(part.place) == name]
    return name if len(alone) == 1 and name not in taken else f"self.{place}"


def _short(place: Place) -> str:
    if len(place.names) > 1 and place.names[-1] in VALUES:
        place = Place(place.steps[:-1])
    if len(place.names) == 2 and str(place).endswith("']"):
        return place.names[-1]
    return str(place).lstrip("_")
