"""Finding inputs on which somebody's code runs, by running it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from gradcheck.adapters.examples.construction import extents_in
from gradcheck.adapters.examples.drawn import Drawn
from gradcheck.adapters.examples.elementwise_derivatives import ElementwiseDerivative
from gradcheck.adapters.examples.entry_points import entry_point, input_names
from gradcheck.adapters.examples.fitting import MisfitError, assert_fit, gradients_of
from gradcheck.adapters.examples.nearest import Nearest, Stage
from gradcheck.adapters.examples.roles import Sizes, Suggestion, suggestions
from gradcheck.adapters.examples.shapes import ShapesError, written
from gradcheck.adapters.examples.trial_inputs import DOMAINS, Choice, Wanted, likeliest_first
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer
from gradcheck.notation import PointError
from gradcheck.notation.layer import Layer

ATTEMPTS = 4_000
"""About a second's work for a layer in NumPy; what comes later in the order is far-fetched."""

PATIENCE = 10.0
"""Seconds of trying, for code that is compiled anew for every shape."""


class Search:
    """The search for inputs of one object or function.

    Parameters
    ----------
    made : object
        What is run.
    name : str, optional
        What reports call it.
    backward : callable, optional
        The gradient, where that is a function of its own.
    shapes : mapping of str to Drawn
        What is known of the inputs.
    seed : int
        Of the values.
    how : mapping
        Handed on to `gradcheck.layer`.
    nearest : Nearest
        Is told what fails.

    Raises
    ------
    ShapesError
        If `shapes` names an input that the code does not have.
    """

    def __init__(
        self,
        made: Any,
        name: str | None,
        backward: Callable[..., Any] | None,
        shapes: Mapping[str, Wanted],
        seed: int,
        how: Mapping[str, Any],
        nearest: Nearest,
    ) -> None:
        self._made, self._name, self._shapes = made, name, shapes
        self._seed, self._how, self._nearest = seed, how, nearest
        self._backwards = _readings(made, backward)
        self._names = self._asked_for()

    def layers(self) -> Iterator[Layer]:
        """Yield layers that run, the likeliest first."""
        seconds = 0.0
        for choice in islice(likeliest_first(self._names, self._choices()), ATTEMPTS):
            before = time.monotonic()
            found = self._found(choice)
            seconds += time.monotonic() - before
            if found is not None:
                yield found
                yield from self._variants(choice, found)
            if seconds > PATIENCE:
                return

    def _found(self, choice: Choice) -> Layer | None:
        """Return a layer on a choice of inputs, at values in its domain, if it runs there."""
        for backward in self._backwards:
            tried = self._tried(choice, backward)
            if tried is not None:
                return self._in_its_domain(choice, backward, tried)
        return None

    def _variants(self, choice: Choice, found: Layer) -> Iterator[Layer]:
        """Yield the layer at values that it may be meant for, as its gradients tell.

        What has no gradient may be integers; where one is not finite, the values may be positive.
        """
        gradients = gradients_of(found, self._seed)
        absent = [name for name in choice.names if gradients.get(name, ()) is None]
        finite = all(np.isfinite(g).all() for g in gradients.values() if g is not None)
        variants = [choice.with_integers(absent)] * bool(absent)
        variants += [choice.within(*DOMAINS[0])] * (not finite)
        tried = (self._tried(variant, b) for variant in variants for b in self._backwards)
        yield from (layer for layer in tried if layer is not None)

    def _choices(self) -> list[Sequence[Suggestion]]:
        """Return what to try for each input."""
        sizes = Sizes.known(extents_in(self._made))
        choices: list[Sequence[Suggestion]] = [
            suggestions(name, sizes, self._names) for name in self._names
        ]
        if len(self._backwards) > 1:  # a function and its derivative, as optimisers take them
            choices[0] = sorted(choices[0], key=_is_no_vector)
        return [
            (self._shapes[name],) if name in self._shapes else choice
            for name, choice in zip(self._names, choices, strict=True)
        ]

    def _asked_for(self) -> tuple[str, ...]:
        """Return the inputs: those that the code needs, and those before one that is named."""
        method = (self._how.get("methods") or (None,))[0]
        names, needed = input_names(entry_point(self._made, method))
        unknown = [name for name in self._shapes if name not in names]
        if unknown:
            raise ShapesError(f"shapes of {', '.join(unknown)}: its inputs are {', '.join(names)}")
        named = [n for n, name in enumerate(names, start=1) if name in self._shapes]
        return names[: max([needed, *named])]

    def _tried(self, choice: Choice, backward: Any) -> Layer | None:
        """Return a layer on a choice of inputs if it runs there."""
        try:
            made = self._layer(choice, backward)
            if not self._is_said(choice):
                assert_fit(made, choice, self._seed)
        except MisfitError as error:
            self._nearest.failed(error.stage, written(choice), error)
        except (CodeError, PointError) as error:
            self._nearest.failed(Stage.FORWARD, written(choice), error)
        else:
            return made
        return None

    def _layer(self, choice: Choice, backward: Any) -> Layer:
        rng = np.random.default_rng(self._seed)
        return layer(self._made, backward, choice.inputs(rng), name=self._name, names=self._names,
                     held=choice.held, **self._how)  # fmt: skip

    def _is_said(self, choice: Choice) -> bool:
        """Whether nothing is guessed: what does not fit then is a mistake."""
        return all(name in self._shapes for name in choice.names)

    def _in_its_domain(self, choice: Choice, backward: Any, tried: Layer) -> Layer:
        """Return the layer at values where its output is finite, if there are some."""
        for low, high in DOMAINS:
            if np.isfinite(tried.output).all():
                return tried
            tried = self._tried(choice.within(low, high), backward) or tried
        return tried


def _is_no_vector(suggestion: Suggestion) -> bool:
    return not (isinstance(suggestion, Drawn) and len(suggestion.shape) == 1)


def _readings(made: Any, backward: Callable[..., Any] | None) -> tuple[Any, ...]:
    """Return the ways in which a gradient function can be understood."""
    if backward is None:
        return (None,)
    if input_names(backward)[1] != input_names(entry_point(made))[1]:
        return (backward,)
    return backward, ElementwiseDerivative(backward)
