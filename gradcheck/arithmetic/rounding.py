"""From balls back to float64: nearest midpoints, and radii rounded up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck.arithmetic.array import BallArray, as_balls, plain
from gradcheck.arithmetic.ball import Ball


def midpoint(balls: Any) -> Any:
    """Round the midpoints to the nearest float64.

    Parameters
    ----------
    balls
        A `Ball`, an array of balls, or nested lists of them.

    Returns
    -------
    ndarray of float64
        Of the same shape; 0-d for a `Ball`.

    Examples
    --------
    >>> from gradcheck.arithmetic import to_balls
    >>> midpoint(to_balls(2.0).sqrt())
    array(1.41421356)
    """
    return _floats(balls, lambda ball: float(ball.arb))


def radius(balls: Any) -> Any:
    """Bound the radii from above by float64 numbers: how far off the midpoints can be.

    Parameters
    ----------
    balls
        A `Ball`, an array of balls, or nested lists of them.

    Returns
    -------
    ndarray of float64
        Of the same shape; 0-d for a `Ball`.

    Examples
    --------
    >>> from gradcheck.arithmetic import to_balls
    >>> radius(to_balls(0.1))
    array(0.)
    """
    return _floats(balls, _radius)


def _radius(ball: Ball) -> float:
    bound = float(ball.arb.rad())
    return bound if ball.arb.is_exact() else float(np.nextafter(bound, np.inf))


def _floats(balls: Any, of: Callable[[Ball], float]) -> NDArray[np.float64]:
    array = as_balls(balls)
    elements = plain(array).ravel().tolist() if isinstance(array, BallArray) else [array]
    return np.fromiter(map(of, elements), dtype=np.float64).reshape(array.shape)
