"""The point of a convex hull that is nearest to the origin.

P. Wolfe, Finding the nearest point in a polytope, Mathematical Programming 11 (1976), 128-149.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

RESOLUTION = 1e-12
"""Relative to the largest corner: what is left of float64 after the inner products."""


def nearest_to_origin(corners: FloatArray) -> FloatArray:
    """Return the point nearest to the origin of the convex hull of the rows of `corners`.

    Parameters
    ----------
    corners : ndarray of shape (m, n)
        At least one point.

    Returns
    -------
    ndarray of shape (n,)
        The nearest point; the origin up to rounding where the hull contains it.

    Examples
    --------
    >>> nearest_to_origin(np.array([[1.0, 1.0], [1.0, -1.0]])).round(12) + 0.0
    array([1., 0.])
    """
    size = float(np.abs(corners).max(initial=0.0))
    return size * _nearest(corners / size) if size else np.zeros(corners.shape[1])


def _nearest(corners: FloatArray) -> FloatArray:
    """Find it for corners whose largest entry is 1: squares and weights are of one scale."""
    scale = float(np.max(np.sum(corners * corners, axis=1)))
    active = [int(np.argmin(np.sum(corners * corners, axis=1)))]
    weights = np.ones(1)
    for _ in range(10 * len(corners) + 10):  # finite in exact arithmetic; a bound for floats
        nearest = weights @ corners[active]
        products = corners @ nearest
        best = int(np.argmin(products))
        if best in active or products[best] > nearest @ nearest - RESOLUTION * scale:
            break
        active, weights = _minor_cycle(corners, [*active, best], np.append(weights, 0.0))
    return np.asarray(weights @ corners[active], dtype=np.float64)


def _minor_cycle(
    corners: FloatArray, active: list[int], weights: FloatArray
) -> tuple[list[int], FloatArray]:
    """Move to the nearest point of the affine hull; drop corners that would weigh less than 0."""
    while True:
        target = _affine_weights(corners[active])
        if (target > RESOLUTION).all() or len(active) == 1:
            return active, target
        falling = target < weights
        steps = np.full(len(weights), np.inf)
        with np.errstate(invalid="ignore", divide="ignore"):  # 0/0 where a weight stays zero
            np.divide(weights, weights - target, out=steps, where=falling & (target <= RESOLUTION))
        weights = weights + min(float(np.min(steps)), 1.0) * (target - weights)
        keep = weights > RESOLUTION
        keep[int(np.argmin(steps))] = False
        active = [corner for corner, kept in zip(active, keep, strict=True) if kept]
        weights = weights[keep] / weights[keep].sum()


def _affine_weights(points: FloatArray) -> FloatArray:
    """Return weights that sum to 1 of the affine combination nearest to the origin."""
    m = len(points)
    system = np.ones((m + 1, m + 1))
    system[0, 0] = 0.0
    system[1:, 1:] = points @ points.T
    right = np.zeros(m + 1)
    right[0] = 1.0
    solution = np.linalg.lstsq(system, right, rcond=None)[0]
    return np.asarray(solution[1:], dtype=np.float64)
