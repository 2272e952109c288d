"""At a kink the gradient must lie in the hull of the gradients nearby, and may be any point of it.

The Clarke subdifferential of a locally Lipschitz function is the convex hull of the limits of its
gradients at nearby points where it is smooth (F. H. Clarke, Optimization and Nonsmooth Analysis,
1983, section 2.5).  The gradients are sampled in balls, 2^-100 away from the point, where a kink
at the point is far and everything else is as it is at the point to 30 digits.  Each sample is the
code's own gradient there, once it agrees with the slope of the forward code there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck.arithmetic import NotLiftable, Undecided, midpoint, precision, to_balls
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.finding import Verdict
from gradcheck.checks.probing import ENTRYWISE, magnitudes, probe, random_weights, slopes
from gradcheck.notation import delta
from gradcheck.oracles.exact import Effort, Shape
from gradcheck.oracles.hull import nearest_to_origin

DISTANCE = 2.0**-100
"""From the point to where gradients are sampled: far outside the step, deep inside any float."""

NEARBY = (Effort(240, 900),)
"""The step of a slope at a sampled point: tiny next to its distance from the kink."""

SAME = -80.0
"""log2 of what a smooth entry changes at most over that distance, relative to its size."""

COMPLETE = 32
"""So many samples in a row without a new gradient make the hull complete."""

MOST_SAMPLES = 256
"""Beyond, the verdict rests on the range of each entry alone, which is soon complete."""

INSIDE = 1e-10
"""Relative distance from the hull at which float64 corners cannot tell inside from outside."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a gradient is one of the slopes that are valid at a kink.

    Attributes
    ----------
    verdict : Verdict
        Inconclusive where not enough gradients could be sampled.
    excess : mapping of str to ndarray
        For each input, how far every entry is from the nearest valid gradient.
    nearest : mapping of str to ndarray
        That gradient.
    """

    verdict: Verdict
    excess: Mapping[str, FloatArray]
    nearest: Mapping[str, FloatArray]


@dataclass
class _Samples:
    """Gradients nearby, relative to the one under test, in the entries that are not smooth.

    Attributes
    ----------
    size : float
        The largest entry so far, of the gradient under test too: what INSIDE is relative to.
    """

    size: float
    directions: list[FloatArray] = field(default_factory=list)
    gradients: list[FloatArray] = field(default_factory=list)

    def add(self, direction: FloatArray, gradient: FloatArray) -> bool:
        """Take a sample; tell whether its gradient is a new one."""
        self.size = max(self.size, float(np.abs(gradient).max(initial=0.0)))
        new = all(np.abs(gradient - old).max() > INSIDE * self.size for old in self.gradients)
        self.directions.append(direction)
        self.gradients.append(gradient)
        return new

    def nearest(self) -> FloatArray:
        """Return the nearest point of their hull, with zeros where it is zero but for rounding."""
        found = nearest_to_origin(np.array(self.gradients))
        return np.where(np.abs(found) <= INSIDE * self.size, 0.0, found)


def membership(
    evaluation: Evaluation,
    balls: Mapping[str, Any],
    symbols: Sequence[str],
    rng: np.random.Generator,
) -> Membership:
    """Tell whether the gradients in these inputs, taken together, are valid at a kink.

    Parameters
    ----------
    evaluation : Evaluation
        One form at the point.
    balls : mapping of str to BallArray
        Its gradients there.
    symbols : sequence of str
        The inputs that move.
    rng : numpy.random.Generator
        Draws the nearby points.
    """
    ours = _flat(balls, symbols)
    samples, known = _Samples(float(np.abs(midpoint(ours)).max(initial=0.0))), 0
    for direction in islice(_guided(samples, rng, len(ours)), MOST_SAMPLES):
        gradient = _gradient_at(evaluation, symbols, direction, rng)
        if gradient is None:
            return _unknown(evaluation, symbols)
        known = 0 if samples.add(direction, _relative(gradient, ours)) else known + 1
        nearest = samples.nearest()
        if not nearest.any():
            return _told(evaluation, symbols, Verdict.AGREE, nearest, ours)
        if known >= COMPLETE:
            return _told(evaluation, symbols, Verdict.DISAGREE, nearest, ours)
    outside = _beyond_all(samples)
    verdict = Verdict.DISAGREE if outside.any() else Verdict.INCONCLUSIVE
    return _told(evaluation, symbols, verdict, np.where(outside, nearest, 0.0), ours)


def _guided(samples: _Samples, rng: np.random.Generator, size: int) -> Iterator[FloatArray]:
    """Yield directions: random ones, and ones towards the side of the hull that is missing.

    Where entries have kinks of their own, the sign of the direction in an entry decides its slope:
    the means over the samples of either sign tell which sign brings the hull nearer.
    """
    while True:
        yield random_weights(rng, np.ones(size, dtype=bool))
        nearest = nearest_to_origin(np.array(samples.gradients))
        directions, gradients = np.array(samples.directions), np.array(samples.gradients)
        ahead, behind = directions > 0, directions < 0
        with np.errstate(invalid="ignore"):  # an entry that moved one way only so far
            rise = _mean(gradients, ahead) - _mean(gradients, behind)
        towards = -np.sign(np.nan_to_num(rise) * nearest)
        towards = np.where(towards == 0, np.sign(random_weights(rng, towards == 0)), towards)
        yield towards * np.abs(random_weights(rng, np.ones(size, dtype=bool)))


def _mean(values: FloatArray, mask: NDArray[np.bool_]) -> FloatArray:
    count = mask.sum(axis=0)
    return np.asarray(np.where(mask, values, 0.0).sum(axis=0) / np.maximum(count, 1))


def _gradient_at(
    evaluation: Evaluation, symbols: Sequence[str], direction: FloatArray, rng: np.random.Generator
) -> Any:
    """Return the gradient nearby in balls; None where it cannot be had.

    It is the code's own where that agrees with the slope there.  Where the code is wrong nearby as
    well, the entries are differentiated one by one, if they are not too many.
    """
    offsets = _unflat(evaluation, symbols, direction * DISTANCE)
    nearby = evaluation.displaced(offsets)
    names = [delta(symbol) for symbol in symbols]
    try:
        balls = nearby.in_balls(names, bits=NEARBY[0].bits)
        weights = {s: random_weights(rng, np.ones_like(offsets[s], dtype=bool)) for s in symbols}
        agrees = probe(nearby, balls, weights, NEARBY).agrees
    except (NotLiftable, Undecided):
        return None
    if agrees:
        return _flat(balls, symbols)
    return _true_gradient(nearby, symbols)


def _true_gradient(nearby: Evaluation, symbols: Sequence[str]) -> Any:
    if sum(nearby.point.inputs[symbol].size for symbol in symbols) > ENTRYWISE:
        return None
    found = [
        one
        for symbol in symbols
        for one in slopes(nearby, symbol, np.ndindex(nearby.point.inputs[symbol].shape), NEARBY)
    ]
    smooth = all(one.shape is Shape.SMOOTH for one in found)
    return to_balls([one.value for one in found]) if smooth else None


def _relative(gradient: Any, ours: Any) -> FloatArray:
    """Return gradient - ours as floats, zero where the two are the same to 24 digits."""
    with precision(NEARBY[0].bits):
        difference = to_balls(gradient - ours)
    size = np.maximum(magnitudes(gradient), magnitudes(ours))
    same = magnitudes(difference) <= np.maximum(size, 0.0) + SAME
    return np.where(same, 0.0, midpoint(difference))


def _beyond_all(samples: _Samples) -> NDArray[np.bool_]:
    """Tell which entries of ours lie outside the range of all samples."""
    gradients = np.array(samples.gradients)
    return np.asarray((gradients > 0).all(axis=0) | (gradients < 0).all(axis=0))


def _flat(balls: Mapping[str, Any], symbols: Sequence[str]) -> Any:
    return to_balls(np.concatenate([np.ravel(balls[delta(symbol)]) for symbol in symbols]))


def _unflat(
    evaluation: Evaluation, symbols: Sequence[str], values: FloatArray
) -> dict[str, FloatArray]:
    parts, start = {}, 0
    for symbol in symbols:
        x = evaluation.point.inputs[symbol]
        parts[symbol] = values[start : start + x.size].reshape(x.shape)
        start += x.size
    return parts


def _told(
    evaluation: Evaluation,
    symbols: Sequence[str],
    verdict: Verdict,
    nearest: FloatArray,
    ours: Any,
) -> Membership:
    excess = _unflat(evaluation, symbols, np.abs(nearest))
    return Membership(
        verdict, excess, _unflat(evaluation, symbols, np.asarray(midpoint(ours)) + nearest)
    )


def _unknown(evaluation: Evaluation, symbols: Sequence[str]) -> Membership:
    size = sum(evaluation.point.inputs[symbol].size for symbol in symbols)
    nothing = _unflat(evaluation, symbols, np.full(size, np.nan))
    return Membership(Verdict.INCONCLUSIVE, nothing, nothing)
