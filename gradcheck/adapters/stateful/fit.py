"""How well gradients fit, where an object can be understood in two ways."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradcheck.adapters.given import run
from gradcheck.adapters.operation_of import random_cotangent
from gradcheck.notation.layer import Layer

STEP = float(np.finfo(float).eps) ** (1 / 3)
"""Of a central difference.  Fits are compared with each other, so that it need not be the best."""


def misfit(layer: Layer) -> float:
    """Return how far the gradients are from a central difference along one direction.

    This decides between two readings of the same code, and no verdict.
    """
    rng = np.random.default_rng(0)
    cotangent = random_cotangent(layer.output.shape, 0).astype(layer.output.dtype)
    directions = {
        symbol: rng.choice((-1.0, 1.0), size=layer.values[symbol].shape)
        for symbol in layer.differentiable
    }
    ahead, behind = (_value(layer, directions, cotangent, t) for t in (STEP, -STEP))
    session = layer.start()
    found = run(lambda: session.gradients(_moved(layer, directions, 0.0), cotangent), "backward")
    try:
        along = sum(float(np.sum(found[symbol] * v)) for symbol, v in directions.items())
    except (TypeError, ValueError):  # no gradients, or none of the right shape
        return math.inf
    difference = abs((ahead - behind) / (2 * STEP) - along)
    return math.inf if math.isnan(difference) else difference


def _value(layer: Layer, directions: dict[str, Any], cotangent: Any, t: float) -> float:
    output = run(layer.start().forward, "forward", _moved(layer, directions, t))
    return float(np.sum(cotangent * output))


def _moved(layer: Layer, directions: dict[str, Any], t: float) -> dict[str, Any]:
    return {
        symbol: value + (t * directions[symbol]).astype(value.dtype)
        if symbol in directions
        else value.copy()
        for symbol, value in layer.values.items()
    }
