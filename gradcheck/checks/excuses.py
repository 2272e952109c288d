"""What may explain a difference before code that only floats can follow is called wrong.

Balls tell a wrong formula from an inaccurate one.  Floats see one number; so a difference counts
only where it is more than the gradient's own noise, and more than anybody could see in the output.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.checks.evaluation import SIGNS_SEED, Array, Evaluation
from gradcheck.checks.rounding import SAFETY
from gradcheck.notation import delta
from gradcheck.oracles.noise import noise
from gradcheck.oracles.paths import relative_direction
from gradcheck.oracles.samples import DEVIATIONS

MOST_MEASURED = 16
"""Entries whose noise is measured, those that differ most: where they are wrong, one is enough."""


def excuses(evaluation: Evaluation, symbol: str, excess: Array) -> Array:
    """Return by how much each entry of a gradient may differ for reasons of rounding alone.

    Parameters
    ----------
    evaluation : Evaluation
        The form that is about to be called wrong.
    symbol : str
        The input.
    excess : ndarray
        By how much each entry differs, in units of what is explained already.

    Returns
    -------
    ndarray
        Of the shape of the input.
    """
    allowed = invisible(evaluation, symbol)
    flat = np.argsort(np.nan_to_num(excess, nan=np.inf), axis=None)[::-1]
    for n in flat[:MOST_MEASURED]:
        index = tuple(int(i) for i in np.unravel_index(n, excess.shape))
        if excess[index] > 1:
            allowed[index] += DEVIATIONS * noise_at(evaluation, symbol, index)
    return allowed


def invisible(evaluation: Evaluation, symbol: str) -> Array:
    """Return the slopes that move the output by less than its rounding over the length of x.

    An entry of tanh'(20) is 0 or 1e-17: x may go all the way to 0 along either, and the float
    that comes out is the same.
    """
    point, output = evaluation.point, evaluation.operation.output
    value = evaluation.in_floats((output,))[output]
    x = np.abs(point.inputs[symbol].astype(np.float64))
    typical = float(np.max(x, initial=0.0)) or 1.0
    eps = np.finfo(value.dtype).eps if value.dtype.kind == "f" else 0.0
    with np.errstate(all="ignore"):  # an output that is not finite excuses nothing
        moved = float(np.sum(np.abs(point.cotangent * value), dtype=np.float64))
    size = np.nan_to_num(moved, posinf=0.0)
    allowed: Array = SAFETY * eps * size / np.where(x > 0, x, typical)
    return allowed


def noise_at(evaluation: Evaluation, symbol: str, index: tuple[int, ...]) -> float:
    """Return the noise of one entry of a gradient as a function of the inputs.

    Rounding inside may stay the same when the inputs move by their last place: 1 - tanh(x)**2 at
    x = 15 is a staircase, with the steps of numbers near 1.
    """
    name, cotangent = delta(symbol), evaluation.operation.cotangent
    rng = np.random.default_rng(SIGNS_SEED)
    moving = {s: x for s, x in evaluation.moving.items() if s != cotangent}
    ways = {s: relative_direction(x.astype(np.float64), rng) for s, x in moving.items()}

    def entry(t: float) -> Any:
        offsets = {s: (float(t) * way).astype(moving[s].dtype) for s, way in ways.items()}
        return evaluation.moved(offsets).in_floats((name,))[name][index]

    return noise(entry, 0.0)
