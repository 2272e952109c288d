"""The derivative of a scalar function of an array along one direction."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from gradcheck.oracles.estimate import Estimate
from gradcheck.oracles.evaluation import quietly, value_at_point
from gradcheck.oracles.ladder import derivative
from gradcheck.oracles.paths import ArrayFunction, along, float_point
from gradcheck.oracles.steps import power_of_two_above


def directional(phi: ArrayFunction, x: ArrayLike, v: ArrayLike) -> Estimate:
    """Differentiate ``t -> phi(x + t * v)`` at t = 0 by the strongest oracle that applies.

    Parameters
    ----------
    phi : callable
        As for :func:`gradient`.
    x, v : array_like
        Point and direction, of one shape.

    Returns
    -------
    Estimate
        Shape ``()``.

    Raises
    ------
    ValueError
        If the shapes differ, `x` or `v` is not finite, or `phi` does not return one real number.
    TypeError
        If `x` is not floating-point.

    Examples
    --------
    >>> print(directional(np.sum, np.zeros(3), np.array([1.0, 2.0, 3.0])).value)
    6.0

    """
    point, way = float_point(x), np.asarray(v, dtype=np.float64)
    if way.shape != point.shape:
        raise ValueError(f"x and v must have one shape, but have {point.shape} and {way.shape}")
    if not np.isfinite(way).all():
        raise ValueError(f"v must be finite, but is {way!r}")
    with quietly():
        value_at_point(phi, point.copy())
    # Steps along v are as long as x is large; the power of two costs no rounding.
    length = power_of_two_above(max(1.0, float(np.abs(point).max(initial=0.0))))
    return _divided(derivative(along(phi, point, way * length), 0.0), length)


def _divided(estimate: Estimate, length: float) -> Estimate:
    return replace(
        estimate,
        value=np.asarray(estimate.value / length),
        error=np.asarray(estimate.error / length),
        left=np.asarray(estimate.left / length),
        right=np.asarray(estimate.right / length),
        side_error=np.asarray(estimate.side_error / length),
    )
