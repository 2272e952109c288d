"""Probing a gradient in balls: along one direction, entry by entry, by bisection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.arithmetic import Ball, inner, midpoint, precision
from gradcheck.checks.evaluation import BITS, Array, Evaluation
from gradcheck.notation import delta
from gradcheck.oracles.exact import EFFORTS, Effort, Shape, Slope, log2_of

COVERED = -40.0
"""log2 of the relative error in one entry that a direction is to see: one part in 10^12."""

PLAIN = -60.0
"""log2 of a relative difference that a glance is trusted with.  Whatever it leads to accuse is
differentiated with care, entry by entry."""

ENTRYWISE = 1024
"""Up to so many entries each one is differentiated when something is wrong; beyond, bisection."""

WEIGHT_BITS = 20
"""Random bits in a weight: structured errors cancel in a direction once in a million draws."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What one direction says.

    Attributes
    ----------
    slope : Slope
        The slope of the forward code along the direction.
    unseen : float
        log2 of the largest error of <δ, v> that this direction would not have seen.
    agrees : bool
        Whether <δ, v> is the slope, within the error of the slope.
    gap : Ball
        <δ, v> minus the slope.
    """

    slope: Slope
    unseen: float
    agrees: bool
    gap: Ball


def random_weights(rng: np.random.Generator, mask: Array) -> Array:
    """Return weights of random sign and of size 1 to 2 where the mask is set, 0 elsewhere.

    They are short dyadic fractions, so that a point moved along them is exact in balls; they
    differ in size, so that errors which are equal and opposite do not cancel.
    """
    size = 1 + rng.integers(0, 1 << WEIGHT_BITS, mask.shape) / (1 << WEIGHT_BITS)
    return np.where(mask, size * rng.choice((-1.0, 1.0), mask.shape), 0.0)


def probe(
    evaluation: Evaluation,
    balls: Mapping[str, Any],
    directions: Mapping[str, Array],
    efforts: Sequence[Effort] = EFFORTS,
) -> Probe:
    """Compare <δ, v> with the slope of the forward code along v.

    Parameters
    ----------
    evaluation : Evaluation
        The form under test.
    balls : mapping of str to BallArray
        Its gradients ``delta_x`` in balls.
    directions : mapping of str to ndarray
        v for each input ``x`` that moves.
    efforts : sequence of Effort
        What the slope may cost.
    """
    if tuple(efforts) == EFFORTS and (quick := evaluation.function.glance(directions)):
        first = _compare(evaluation, balls, directions, quick)
        if first.agrees or first.unseen > log2_of(quick.value) + PLAIN:
            return first
    found = evaluation.function.slope(directions, efforts)
    return _compare(evaluation, balls, directions, found)


def _compare(
    evaluation: Evaluation,
    balls: Mapping[str, Any],
    directions: Mapping[str, Array],
    found: Slope,
) -> Probe:
    if found.bits > BITS:
        balls = evaluation.in_balls(balls, bits=found.bits)
    with precision(found.bits):
        predicted = sum((inner(balls[delta(s)], v) for s, v in directions.items()), start=Ball(0))
        gap = predicted - found.value
        allowed = found.error + Ball(gap.arb.rad())
        agrees = found.shape is Shape.SMOOTH and bool(gap.arb.abs_lower() <= allowed.arb)
        unseen = Ball(gap.arb.abs_upper()) + allowed
    return Probe(found, log2_of(unseen), agrees, gap)


def magnitudes(balls: Any, rounded: Array | None = None) -> Array:
    """Return log2 of the size of every entry; minus infinity for those that are zero.

    `rounded` are the midpoints, where they are known already.
    """
    floats = np.abs(midpoint(balls) if rounded is None else rounded)
    with np.errstate(divide="ignore"):  # zeros are looked at again
        logs = np.asarray(np.log2(floats))
    flat = np.ravel(np.asarray(balls, dtype=object))
    for n in np.flatnonzero((floats < np.finfo(float).tiny) | ~np.isfinite(floats)):
        logs.flat[n] = log2_of(flat[n])  # zero, not finite, or beyond the range of floats
    return logs


def slopes(
    evaluation: Evaluation,
    symbol: str,
    indices: Iterable[tuple[int, ...]],
    efforts: Sequence[Effort] = EFFORTS,
) -> Iterator[Slope]:
    """Yield the slope of the forward code in single entries of one input."""
    for index in indices:
        direction = np.zeros(evaluation.point.inputs[symbol].shape)
        direction[index] = 1.0
        yield evaluation.function.slope({symbol: direction}, efforts)
