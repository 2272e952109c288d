"""One-sided differences: the slope on one side of a kink, or at the edge of a domain."""

from __future__ import annotations

from functools import partial

import numpy as np

from gradcheck.oracles.conclusions import ONE_SIDED, UNSETTLED, estimate_from, outside
from gradcheck.oracles.differences import OneSidedDifferences, searched
from gradcheck.oracles.estimate import Estimate
from gradcheck.oracles.evaluation import Function, Probe, quietly
from gradcheck.oracles.noise import Noise


def one_sided_differences(
    g: Function,
    x: float,
    side: int,
    *,
    scale: float | None = None,
    noise: Noise | float | None = None,
) -> Estimate:
    """Slope of `g` on one side of `x`, for kinks and for the edge of a domain.

    Parameters
    ----------
    g : callable
        From a number to a number; evaluated at x and on the given side of it only.
    x : float
        The point.
    side : int
        1 for the right, -1 for the left.
    scale, noise
        As for :func:`central_differences`.

    Returns
    -------
    Estimate
        Shape ``()``.

    Raises
    ------
    ValueError
        If `side` is neither 1 nor -1, `x` not finite, or ``g(x)`` not a single real number.

    Examples
    --------
    >>> estimate = one_sided_differences(lambda x: x * np.sqrt(x) + x, 0.0, 1)
    >>> bool(abs(estimate.value - 1) <= estimate.error)
    True

    """
    if side not in (1, -1):
        raise ValueError(f"side must be 1 (right) or -1 (left), but is {side!r}")
    with quietly():
        probe = Probe(g, x)
        if not np.isfinite(probe.centre):
            return Estimate.unknown(ONE_SIDED, outside(probe))
        family = partial(OneSidedDifferences, side=side)
        _, differences = searched(probe, family, noise, scale)
        best = differences.consensus()
        if best is None:
            return Estimate.unknown(ONE_SIDED, UNSETTLED)
        return estimate_from(best, probe.eps, ONE_SIDED)
