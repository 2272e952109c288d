"""Central differences: the derivative of any function that can be evaluated, with an honest error.

The error is composed of

* truncation: twice the largest disagreement of neighbours in the Richardson tableau, of the slope
  and of its control (:mod:`gradcheck.oracles.differences`);
* the noise of the function, measured, eight standard deviations a value;
* the rounding of the function's last operation, two units a value, and of the quotient.

It bounds what the values show. Two things they may not show: a change that rounding inside the
function swallows at all points (log(1 + x**2) at x = 1e-6), and a rounded number that leaps so
rarely that the function is smooth wherever it is looked at ((1 - cos x) / x**2 at x = 4e-8, an
iteration that stops early). There the derivative of the code is not that of the formula,
and only more precision tells.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gradcheck.oracles.conclusions import (
    TWO_SCALES,
    UNSETTLED,
    at_edge,
    at_kink,
    drowned,
    estimate_from,
    is_kink,
    outside,
    sides,
)
from gradcheck.oracles.differences import CentralDifferences, Differences, searched
from gradcheck.oracles.estimate import Estimate
from gradcheck.oracles.evaluation import DOUBLE, Function, Precision, Probe, quietly
from gradcheck.oracles.noise import Noise, ripples
from gradcheck.oracles.richardson import Extrapolation
from gradcheck.oracles.samples import Sample

CENTRAL = "central differences"
# Where only much shorter steps than the first settle, look for a kink at x, and for jumps ...
CLOSE = 2.0**-5
# ... at these multiples of the longest of them.
BEYOND = (8.0, 64.0, 512.0)


def central_differences(
    g: Function,
    x: float,
    *,
    scale: float | None = None,
    noise: Noise | float | None = None,
    precision: Precision = DOUBLE,
    oracle: str = CENTRAL,
) -> Estimate:
    r"""Differentiate `g` at `x` by central differences with Richardson extrapolation.

    Parameters
    ----------
    g : callable
        From a number to a number. May raise or return nan or inf away from x.
    x : float
        The point.
    scale : float, optional
        Length, in the units of x, over which `g` may be smooth; 1 or \|x\| if larger. The search
        goes downwards from an eighth of it.
    noise : float, optional
        Standard deviation of the noise in the values of `g`; measured if not given.
    precision : Precision
        The numbers that `g` is evaluated on.
    oracle : str
        The name that the estimate bears.

    Returns
    -------
    Estimate
        Shape ``()``. At a kink with the two slopes; at the edge of the domain the slope of the side
        that exists; with an infinite error and the reason where the differences do not settle.

    Raises
    ------
    ValueError
        If `x` is not finite or ``g(x)`` is not a single real number.

    Examples
    --------
    >>> estimate = central_differences(np.exp, 1.0)
    >>> print(f"{estimate.value:.10f}", bool(estimate.error < 1e-10))
    2.7182818285 True
    >>> print(central_differences(abs, 0.0).reason)
    kink: the slope is -1 to the left and 1 to the right

    """
    with quietly():
        probe = Probe(g, x, precision)
        if not np.isfinite(probe.centre):
            return Estimate.unknown(oracle, outside(probe))
        samples, differences = searched(probe, CentralDifferences, noise, scale)
        if _on_two_scales(probe, samples, differences):
            return Estimate.unknown(oracle, TWO_SCALES)
        return _conclusion(samples, differences, oracle)


def _on_two_scales(probe: Probe, samples: Sequence[Sample], differences: Differences) -> bool:
    """Whether the answer holds only on a scale below that of small fast variations."""
    best, noise = differences.consensus(), differences.resolution.noise
    if best is None or not _close(best, samples) or not differences.abrupt():
        return False
    beyond = (factor * float(best.reach) for factor in BEYOND)
    return best.step < noise.spacing or any(ripples(probe, s, noise) for s in beyond)


def _close(window: Extrapolation, samples: Sequence[Sample]) -> bool:
    """Whether the first steps were no good."""
    return bool(window.reach < CLOSE * samples[0].step)


def _conclusion(samples: Sequence[Sample], differences: Differences, oracle: str) -> Estimate:
    best, resolution = differences.consensus(), differences.resolution
    if resolution.drowned(samples):
        return Estimate.unknown(oracle, drowned(resolution.noise.level))
    if best is not None and best.settled and not _close(best, samples):
        return estimate_from(best, resolution.eps, oracle)
    left, right = sides(samples, resolution)
    if not any(one.two_sided for one in samples):
        return at_edge(left, right, resolution.eps)
    if left is not None and right is not None and is_kink(left, right, best):
        return at_kink(left, right, resolution.eps, oracle)
    if best is None:
        return Estimate.unknown(oracle, UNSETTLED)
    return estimate_from(best, resolution.eps, oracle)
