"""A layer as an operation with a single form, its code, and its example as a point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import count, repeat
from typing import Any

import numpy as np

from gradcheck.adapters.given import run
from gradcheck.arithmetic import NotLiftable
from gradcheck.arithmetic.array import BallArray
from gradcheck.checks.comparison import AGREEMENT_FLOOR
from gradcheck.notation import CODE, Equation, Operation, Point, PointError, Signature, delta
from gradcheck.notation.layer import Layer
from gradcheck.notation.randomness import generators_held


def operation_of(layer: Layer, *, seed: int = 0, label: str = "given") -> tuple[Operation, Point]:
    """Make an operation of a layer, and a point of its example values.

    Every run is a new start of the layer with copies of the values, at the same state of the
    random generators.

    Parameters
    ----------
    layer : Layer
        Any.
    seed : int
        Draws the cotangent.
    label : str
        What reports call the point.

    Raises
    ------
    PointError
        If nothing is left to differentiate.
    CodeError
        If the layer's backward pass raises at its example.
    """
    if not layer.differentiable:
        raise PointError("none of the inputs is floating-point: there is nothing to differentiate")
    cotangent = random_cotangent(np.shape(layer.output), seed).astype(layer.output.dtype)
    symbols, out = tuple(layer.values), _fresh_name("y", layer.values)
    runs = _Runs(layer)
    every = Equation("all gradients", (delta(out), *symbols), {CODE: runs.backward})
    copies = [value.copy() for value in layer.values.values()]
    run(every[CODE], "backward", cotangent.copy(), *copies)
    operation = Operation(
        layer.name,
        Signature(tuple(np.shape(v) for v in layer.values.values()), np.shape(layer.output)),
        Equation(out, symbols, {CODE: _Forward(runs, layer)}),
        [_one_of(every.name, symbol) for symbol in layer.differentiable],
        where=[every],
        inputs=symbols,
        parameters=layer.parameters,
        constants=layer.held,
    )
    return operation, Point(layer.values, cotangent, label=label)


def random_cotangent(shape: tuple[int, ...], seed: int) -> Any:
    """Draw signs times numbers from 1 to 2: no entry of the output is overlooked."""
    rng = np.random.default_rng(seed)
    return np.round(rng.uniform(1, 2, shape), 3) * rng.choice((-1.0, 1.0), shape)


class _Runs:
    """The passes of a layer as functions of all its values."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._seeds = _seeds(layer)

    def forward(self, *values: Any) -> Any:
        """Return the output."""
        _refuse_balls(self._layer, values)
        with self._held():
            return self._layer.start().forward(_by_symbol(self._layer, values))

    def backward(self, cotangent: Any, *values: Any) -> Any:
        """Return all gradients."""
        _refuse_balls(self._layer, values)
        with self._held():
            return self._layer.start().gradients(_by_symbol(self._layer, values), cotangent)

    def _held(self) -> AbstractContextManager[None]:
        return generators_held(next(self._seeds), self._layer.generators)


class _Forward:
    """The forward pass, with what is known of the code."""

    def __init__(self, runs: _Runs, layer: Layer) -> None:
        self._runs = runs
        self.iterates = layer.iterates

    def __call__(self, *values: Any) -> Any:
        return self._runs.forward(*values)


def _seeds(layer: Layer) -> Iterator[int]:
    """Return where the random generators begin at each run.

    Always at the same state, because a gradient is that of one draw: a mask, say.  Only what
    changes less than six digits of the output is noise around a function that has a gradient of
    its own: it is drawn anew at every run, so that the oracles see how large it is.
    """
    one, other = (_output_at(layer, seed) for seed in (0, 1))
    with np.errstate(all="ignore"):  # what is not finite is no noise
        change = float(np.max(np.abs(other - one), initial=0.0))
        size = float(np.max(np.abs(one), initial=0.0))
    return count() if 0 < change < AGREEMENT_FLOOR * size else repeat(0)


def _output_at(layer: Layer, seed: int) -> Any:
    copies = {symbol: value.copy() for symbol, value in layer.values.items()}
    try:
        with generators_held(seed, layer.generators), np.errstate(all="ignore"):
            output = np.asarray(layer.start().forward(copies))
    except Exception:  # the laws and the derivative have more to say about code that raises
        return layer.output
    return output if output.shape == np.shape(layer.output) else layer.output


def _by_symbol(layer: Layer, values: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(layer.values, values, strict=True))


def _refuse_balls(layer: Layer, values: Sequence[Any]) -> None:
    if not layer.exact and any(isinstance(value, BallArray) for value in values):
        raise NotLiftable(f"{layer.kind}: its arithmetic is its own")


def _one_of(every: str, symbol: str) -> Equation:
    def pick(gradients: dict[str, Any]) -> Any:
        gradient = gradients[symbol]
        return np.full((), np.nan) if gradient is None else gradient

    return Equation(delta(symbol), (every,), {CODE: pick})


def _fresh_name(name: str, taken: Any) -> str:
    while name in taken:
        name += "_"
    return name
