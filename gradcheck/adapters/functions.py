"""Two functions, ``forward(*inputs)`` and ``backward(cotangent, *inputs)``, as an operation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradcheck.notation import CODE, Equation, Operation, Point, PointError, Signature, delta

Forward = Callable[..., Any]
Backward = Callable[..., Any]


class CodeError(Exception):
    """Somebody's function cannot be run at the given inputs, or returns what cannot be checked."""


def from_functions(
    forward: Forward,
    backward: Backward,
    inputs: Sequence[Any],
    *,
    names: Sequence[str] | None = None,
    seed: int = 0,
) -> tuple[Operation, Point]:
    """Make an operation of two functions, and a point of the inputs.

    Every run hands the functions fresh copies of the inputs, of the kind that was given: arrays,
    nested lists or single numbers.

    Parameters
    ----------
    forward : callable
        ``forward(*inputs)`` returns an array or a number.
    backward : callable
        ``backward(cotangent, *inputs)`` returns one gradient per input, None for those that are
        not floating-point; or a single one where there is a single input.
    inputs : sequence
        Arrays, nested lists or numbers.  The floating-point ones are differentiated.
    names : sequence of str, optional
        What reports call the inputs; the parameter names of `forward` if left out.
    seed : int
        Draws the cotangent.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or `names` does not fit.
    CodeError
        If a function raises at the inputs, or returns what is no gradient.
    """
    arrays = [_real_array(n, value) for n, value in enumerate(inputs)]
    symbols = _names(forward, names, len(arrays))
    restore = [_restorer(value) for value in inputs]
    floating = [s for s, array in zip(symbols, arrays, strict=True) if array.dtype.kind == "f"]
    if not floating:
        raise PointError("none of the inputs is floating-point: there is nothing to differentiate")
    output = _run(
        forward, "forward", [make(a.copy()) for make, a in zip(restore, arrays, strict=True)]
    )

    def run_forward(*values: Any) -> Any:
        return forward(*(make(value) for make, value in zip(restore, values, strict=True)))

    def run_backward(cotangent: Any, *values: Any) -> dict[str, Any]:
        own = [make(value) for make, value in zip(restore, values, strict=True)]
        return _by_name(backward(_like(output, cotangent), *own), symbols, floating)

    cotangent = _cotangent(np.shape(output), seed)
    _run(run_backward, "backward", [cotangent, *(array.copy() for array in arrays)])
    out = _fresh_name("y", symbols)
    every = Equation("all gradients", (delta(out), *symbols), {CODE: run_backward})
    return (
        Operation(
            getattr(forward, "__name__", type(forward).__name__),
            Signature(tuple(a.shape for a in arrays), np.shape(output)),
            Equation(out, tuple(symbols), {CODE: run_forward}),
            [_one_of(every.name, symbol) for symbol in floating],
            where=[every],
            inputs=symbols,
            constants=[symbol for symbol in symbols if symbol not in floating],
        ),
        Point(dict(zip(symbols, arrays, strict=True)), cotangent, label="given"),
    )


def _real_array(n: int, value: Any) -> Any:
    try:
        array = np.asarray(value)
    except ValueError:  # nested lists of unequal lengths
        array = np.empty((), dtype=object)
    if array.dtype.kind not in "fiub":
        raise PointError(
            f"input {n} = {value!r} is no array of real numbers: give floats to differentiate, "
            f"or integers and booleans to hold"
        )
    return array


def _names(forward: Forward, names: Sequence[str] | None, count: int) -> list[str]:
    if names is not None:
        if len(names) != count or len(set(names)) != count:
            raise PointError(f"names={list(names)!r}: give {count} different ones, one per input")
        return list(names)
    try:
        parameters = list(inspect.signature(forward).parameters.values())
    except (TypeError, ValueError):  # builtins have none
        parameters = []
    found = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return found[:count] if len(found) >= count else [f"x{n}" for n in range(count)]


def _restorer(value: Any) -> Callable[[Any], Any]:
    """Return what turns an array into the kind of thing that the user gave."""
    if isinstance(value, np.ndarray):
        return lambda array: array
    if isinstance(value, (list, tuple)):
        return lambda array: type(value)(array.tolist())
    if isinstance(value, (bool, int, float)):
        return lambda array: array.item()
    return lambda array: array[()]  # NumPy scalars and other array-likes


def _like(output: Any, cotangent: Any) -> Any:
    """Return the cotangent as the output is: an array, or a number for a number."""
    return cotangent if isinstance(output, np.ndarray) else np.asanyarray(cotangent)[()]


def _by_name(gradients: Any, symbols: Sequence[str], floating: Sequence[str]) -> dict[str, Any]:
    """Assign what a backward function returned to the inputs."""
    if not isinstance(gradients, (tuple, list)) or (len(symbols) == 1 and len(gradients) != 1):
        gradients = (gradients,)
    for expected in (symbols, floating):
        if len(gradients) == len(expected):
            return dict(zip(expected, gradients, strict=True))
    raise CodeError(
        f"backward returned {len(gradients)} gradients for {len(symbols)} inputs "
        f"({', '.join(symbols)}): return one for each, None for those that are not floating-point"
    )


def _one_of(every: str, symbol: str) -> Equation:
    def pick(gradients: dict[str, Any]) -> Any:
        gradient = gradients[symbol]
        return np.full((), np.nan) if gradient is None else gradient

    return Equation(delta(symbol), (every,), {CODE: pick})


def _cotangent(shape: tuple[int, ...], seed: int) -> Any:
    """Draw signs times numbers from 1 to 2: no entry of the output is overlooked."""
    rng = np.random.default_rng(seed)
    return np.round(rng.uniform(1, 2, shape), 3) * rng.choice((-1.0, 1.0), shape)


def _fresh_name(name: str, taken: Sequence[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _run(function: Callable[..., Any], name: str, arguments: Sequence[Any]) -> Any:
    try:
        with np.errstate(all="ignore"):  # what is not finite is a finding, not a warning
            result = function(*arguments)
    except CodeError:
        raise
    except Exception as error:
        raise CodeError(
            f"{name} raised {type(error).__name__} at the given inputs: {error}"
        ) from error
    if name == "forward":
        _real_array_output(result)
    return result


def _real_array_output(output: Any) -> None:
    try:
        kind = "O" if isinstance(output, tuple) else np.asarray(output).dtype.kind
    except ValueError:  # nested lists of unequal lengths
        kind = "O"
    if kind != "f":
        raise CodeError(
            f"forward returned {type(output).__name__} {output!r:.60}: return one array of floats, "
            f"or a float"
        )
