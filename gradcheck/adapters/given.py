"""What a user gave: code and inputs as they wrote them, and the ways to hand arrays back to it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gradcheck.notation import PointError
from gradcheck.notation.layer import Array
from gradcheck.notation.randomness import generators_held, generators_of


class CodeError(Exception):
    """Somebody's code cannot be run at the given inputs, or returns what cannot be checked."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Given:
    """Everything from which a layer is made.

    Attributes
    ----------
    subject : object
        A function, an object or a class.
    backward : callable, optional
        Its gradient, where that is a function of its own.
    inputs : tuple
        Arrays, tensors, nested lists or numbers.
    names : sequence of str, optional
        What reports call the inputs.
    parameters : mapping of str to str, optional
        Where an object keeps its parameters, and where the gradient of each.
    methods : tuple of str, optional
        The names of an object's forward and backward methods.
    held : sequence of str
        Inputs that are not differentiated whatever they are.
    kind : str, optional
        How the user says that the code is to be understood.
    """

    subject: Any
    backward: Callable[..., Any] | None = None
    inputs: tuple[Any, ...] = ()
    names: Sequence[str] | None = None
    parameters: Mapping[str, str] | None = None
    methods: tuple[str, str] | None = None
    held: Sequence[str] = ()
    kind: str | None = None

    @property
    def name(self) -> str:
        """What reports call the layer."""
        return str(getattr(self.subject, "__name__", type(self.subject).__name__))

    @cached_property
    def arrays(self) -> tuple[Array, ...]:
        """The inputs as arrays of real numbers."""
        return tuple(real_array(n, value) for n, value in enumerate(self.inputs))

    @cached_property
    def result(self) -> Any:
        """What the subject returns at the inputs."""
        return run(self.subject, "forward", *self.copies())

    def copies(self) -> list[Any]:
        """Return the inputs as copies of the kind that was given."""
        makers = map(restorer, self.inputs)
        return [make(array.copy()) for make, array in zip(makers, self.arrays, strict=True)]

    def symbols(self, function: Callable[..., Any]) -> tuple[str, ...]:
        """Name the inputs: as the user says, or after the parameters of a function."""
        return tuple(names_of(function, self.names, len(self.inputs)))

    def held_among(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """Return the inputs that are not differentiated: those that are not floating-point.

        Raises
        ------
        PointError
            If nothing is left to differentiate.
        """
        floating = [
            symbol
            for symbol, array in zip(symbols, self.arrays, strict=True)
            if array.dtype.kind == "f" and symbol not in self.held
        ]
        return tuple(symbol for symbol in symbols if symbol not in floating)


def real_array(n: int, value: Any) -> Array:
    """Return an input as an array of real numbers.

    Raises
    ------
    PointError
        If it is none.
    """
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, RuntimeError):  # unequal lengths, or a tensor that refuses
        array = np.empty((), dtype=object)
    if array.dtype.kind not in "fiub":
        raise PointError(
            f"input {n} = {_short(value)} is no array of real numbers: give floats to "
            f"differentiate, or integers and booleans to hold"
        )
    return array


def restorer(value: Any) -> Callable[[Any], Any]:
    """Return what turns an array into the kind of thing that the user gave."""
    if isinstance(value, np.ndarray):
        return lambda array: array
    if isinstance(value, (list, tuple)):
        return lambda array: type(value)(array.tolist())
    if isinstance(value, (bool, int, float)):
        return lambda array: array.item()
    return lambda array: array[()]  # NumPy scalars and other array-likes


def names_of(
    function: Callable[..., Any], names: Sequence[str] | None, count: int
) -> Sequence[str]:
    """Name inputs as the user says, or after the parameters of the function they go to."""
    if names is not None:
        if len(names) != count or len(set(names)) != count:
            raise PointError(f"names={list(names)!r}: give {count} different ones, one per input")
        return list(names)
    found = positional(function)
    return found[:count] if len(found) >= count else [f"x{n}" for n in range(count)]


def positional(function: Callable[..., Any]) -> list[str]:
    """Return the names of the parameters that a function takes by position."""
    if isinstance(function, np.ufunc):  # only newer versions of NumPy give it a signature
        return ["x"] if function.nin == 1 else [f"x{n + 1}" for n in range(function.nin)]
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # builtins have none
        return []
    return [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]


def required(function: Callable[..., Any]) -> int | None:
    """Return how many arguments a function must be given; None where it does not say."""
    if isinstance(function, np.ufunc):
        return function.nin
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # builtins have none
        return None
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        return None
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(p.kind in kinds and p.default is p.empty for p in parameters)


def like(output: Any, cotangent: Any) -> Any:
    """Return the cotangent as the output is: an array, or a number for a number."""
    return cotangent if isinstance(output, np.ndarray) else np.asanyarray(cotangent)[()]


def run(function: Callable[..., Any], name: str, *arguments: Any) -> Any:
    """Run somebody's code.

    Raises
    ------
    CodeError
        If it raises.
    """
    try:
        # what is not finite is a finding, not a warning
        held = generators_held(generators=generators_of([function]))
        with np.errstate(all="ignore"), held:
            return function(*arguments)
    except CodeError:
        raise
    except Exception as error:  # whatever a stranger's code does
        raise CodeError(
            f"{name} raised {type(error).__name__} at the given inputs: {error}"
        ) from error


def real_output(output: Any) -> Array:
    """Return what a forward function returned as an array of floats.

    Raises
    ------
    CodeError
        If it is none.
    """
    try:
        array = np.empty((), object) if isinstance(output, tuple) else np.asarray(output)
    except ValueError:  # nested lists of unequal lengths
        array = np.empty((), object)
    if array.dtype.kind != "f":
        raise CodeError(
            f"forward returned {type(output).__name__} {_short(output)}: return one array of "
            f"floats, or a float"
        )
    return array


def _short(value: Any) -> str:
    return " ".join(repr(value).split())[:60]


def gradients_by_name(
    gradients: Any, symbols: Sequence[str], held: Sequence[str]
) -> dict[str, Any]:
    """Assign what a backward function returned to the inputs.

    Raises
    ------
    CodeError
        If it returned neither one gradient for each input nor one for each differentiable one.
    """
    floating = [symbol for symbol in symbols if symbol not in held]
    if isinstance(gradients, Mapping) and set(gradients) <= set(symbols):
        return {symbol: gradients.get(symbol) for symbol in symbols}
    if not isinstance(gradients, (tuple, list)) or (len(symbols) == 1 and len(gradients) != 1):
        gradients = (gradients,)
    for expected in (symbols, floating):
        if len(gradients) == len(expected):
            return dict(zip(expected, gradients, strict=True))
    raise CodeError(
        f"backward returned {len(gradients)} gradients for {len(symbols)} inputs "
        f"({', '.join(symbols)}): return one for each, None for those that are not floating-point"
    )
