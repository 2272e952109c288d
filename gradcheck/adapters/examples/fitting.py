"""Whether a layer runs on an example that was guessed, and its gradients have the right shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.adapters.examples.drawn import SHARES, Drawn
from gradcheck.adapters.examples.nearest import Stage
from gradcheck.adapters.examples.trial_inputs import Choice
from gradcheck.adapters.given import CodeError, run
from gradcheck.adapters.operation_of import random_cotangent
from gradcheck.notation.layer import Layer


class MisfitError(CodeError):
    """A layer was not meant for the inputs that it was tried on, or is wrong there.

    Attributes
    ----------
    stage : Stage
        How far it came.
    """

    def __init__(self, stage: Stage, reason: str) -> None:
        super().__init__(reason)
        self.stage = stage


def assert_fit(layer: Layer, choice: Choice, seed: int = 0) -> None:
    """Make sure that a layer goes back on a choice of inputs.

    Raises
    ------
    MisfitError
        If its backward pass raises, or a gradient has another shape than its input.
    """
    gradients = gradients_of(layer, seed)
    for name, wanted in choice:
        if isinstance(wanted, Drawn) and wanted.kind == SHARES:
            _assert_differentiated(name, layer, gradients)
    for symbol in layer.differentiable:
        _assert_shape(symbol, layer, gradients)


def gradients_of(layer: Layer, seed: int = 0) -> Mapping[str, Any]:
    """Return the gradients of a layer at its example.

    Raises
    ------
    MisfitError
        If its backward pass raises.
    """
    cotangent = random_cotangent(np.shape(layer.output), seed).astype(layer.output.dtype)
    copies = {symbol: value.copy() for symbol, value in layer.values.items()}
    try:
        return run(  # type: ignore[no-any-return]  # a session returns a mapping
            lambda: layer.start().gradients(copies, cotangent), "backward"
        )
    except CodeError as error:
        raise MisfitError(Stage.BACKWARD, str(error)) from error.__cause__


def _assert_shape(symbol: str, layer: Layer, gradients: Mapping[str, Any]) -> None:
    gradient, expected = gradients.get(symbol), layer.values[symbol].shape
    if gradient is None or np.shape(gradient) == expected:
        return
    stage = Stage.SUMS if _broadcast(np.shape(gradient), expected) else Stage.SHAPES
    shape = np.shape(gradient)
    raise MisfitError(
        stage, f"the gradient of {symbol} has shape {shape}, but {symbol} has {expected}"
    )


def _broadcast(shape: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Tell whether two shapes differ by sums over broadcast axes, done or forgotten."""
    try:
        np.broadcast_shapes(shape, other)
    except ValueError:
        return False
    return True


def _assert_differentiated(name: str, layer: Layer, gradients: Mapping[str, Any]) -> None:
    """Take reals for targets only where there is a gradient for them.

    Code that has none may rest on what targets are: p - t is the gradient of a cross-entropy for
    targets that add up to one.
    """
    gradient = gradients.get(name) if name in layer.differentiable else None
    if gradient is None or not np.any(gradient):
        raise MisfitError(Stage.TARGETS, f"{name} has no gradient, as if it held targets")
