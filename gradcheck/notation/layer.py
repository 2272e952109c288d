"""A layer: somebody's code under one face, whatever it was written for.

Adapters make layers of function pairs, stateful objects, PyTorch and JAX code.  A layer can be
started any number of times; each start is a `Session` with a state of its own, so that no run can
spoil the next one or the object that the user holds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gradcheck.notation.randomness import generators_of

Array: TypeAlias = NDArray[Any]
Values: TypeAlias = Mapping[str, Any]


class Session(ABC):
    """One start of a layer: goes forward, and back from where it last went forward."""

    @abstractmethod
    def forward(self, values: Values) -> Any:
        """Return what the code returns, for the very arrays that are given: no copies."""

    @abstractmethod
    def backward(self, cotangent: Any) -> Mapping[str, Any]:
        """Return a gradient for every differentiable input of the last forward pass.

        A gradient that the code did not provide is None.
        """

    def gradients(self, values: Values, cotangent: Any) -> Mapping[str, Any]:
        """Return the gradients at given values."""
        self.forward(values)
        return self.backward(cotangent)

    def memory(self) -> Mapping[str, Array]:
        """Return the arrays that the code keeps from forward to backward, each under a path."""
        return {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Layer:
    """Code under test, and an example of what it runs on.

    Attributes
    ----------
    name : str
        What reports call it.
    kind : str
        What it was recognised as, for example ``"forward with cache"``.
    values : mapping of str to ndarray
        Example values by symbol, in the order of the inputs, then the parameters.
    start : callable
        Returns a new `Session`.
    output : ndarray
        What the code returns at the example values.
    parameters : tuple of str
        The symbols that the code keeps itself, for example ``("W", "b")``.
    held : tuple of str
        The symbols that are not differentiated: integers, booleans, and what the user says.
    code : tuple
        The functions and objects that were given: laws look into their closures.
    exact : bool
        Whether the code computes with NumPy, so that it may be tried on balls.
    iterates : bool
        Whether compiled code in it, which cannot be watched, runs loops until a condition holds.
    found : str
        A sentence that says what was recognised, and in which roles.
    notes : tuple of str
        What a reader of the verdict has to know, for example which attributes stay unchecked.
    signature : str
        Shapes in NumPy's gufunc notation, one core for each of `values`, if the user gave it.
    batch : tuple of str
        The symbols whose first axis counts inputs that do not influence each other, if declared.
    """

    name: str
    kind: str
    values: Mapping[str, Array]
    start: Callable[[], Session]
    output: Array
    parameters: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    code: tuple[Any, ...] = ()
    exact: bool = True
    iterates: bool = False
    found: str = ""
    notes: tuple[str, ...] = field(default=())
    signature: str = ""
    batch: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        frozen = {symbol: np.array(value) for symbol, value in self.values.items()}
        for value in frozen.values():
            value.flags.writeable = False
        object.__setattr__(self, "values", MappingProxyType(frozen))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The symbols that are handed over at every call."""
        return tuple(symbol for symbol in self.values if symbol not in self.parameters)

    @property
    def differentiable(self) -> tuple[str, ...]:
        """The symbols that have gradients."""
        return tuple(symbol for symbol in self.values if symbol not in self.held)

    @cached_property
    def generators(self) -> tuple[Any, ...]:
        """The random generators that the code holds beside the global ones."""
        return generators_of(self.code)

    def at(self, values: Values) -> Layer:
        """Return the same code with other example values; the output follows from them.

        Raises
        ------
        Exception
            Whatever the code raises at these values.
        """
        copies = {symbol: np.array(values[symbol]) for symbol in self.values}
        output = self.start().forward(copies)
        return replace(self, values=dict(values), output=np.asarray(output))
