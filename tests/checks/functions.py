"""Plain functions with their gradients, as one form of an operation at a point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.checks.derivative import derivative
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.finding import Finding
from gradcheck.notation import MATRIX, Equation, Operation, Point, Signature, delta


def evaluation_of(
    forward: Callable[..., Any],
    *gradients: Callable[..., Any],
    cotangent: Any = None,
    **inputs: Any,
) -> Evaluation:
    """Return f = forward(*inputs) with one gradient ``function(delta_f, *inputs)`` per input."""
    arrays = {symbol: np.asarray(value, dtype=float) for symbol, value in inputs.items()}
    with np.errstate(all="ignore"):  # some points are outside the domain on purpose
        output = np.shape(forward(*arrays.values()))
    symbols = tuple(arrays)
    operation = Operation(
        "given",
        Signature(tuple(x.shape for x in arrays.values()), output),
        Equation("f", symbols, {MATRIX: forward}),
        [
            Equation(delta(symbol), ("delta_f", *symbols), {MATRIX: gradient})
            for symbol, gradient in zip(symbols, gradients, strict=True)
        ],
    )
    return Evaluation(
        operation, MATRIX, Point(arrays, np.ones(output) if cotangent is None else cotangent)
    )


def findings_of(*functions: Callable[..., Any], **point: Any) -> dict[str, Finding]:
    """Hold every gradient against the derivative; one finding for each, under its name."""
    evaluation = evaluation_of(*functions, **point)
    found = derivative(evaluation, np.random.default_rng(0))
    return {finding.quantity: finding for finding in found}
