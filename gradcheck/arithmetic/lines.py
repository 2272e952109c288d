"""Straight lines through arrays of balls, and inner products: the two loops of the exact oracle.

They run over all the numbers of a net several times per verdict, so they stay on flint's own
numbers and let `map` do the looping.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from itertools import repeat
from typing import Any

import numpy as np
from flint import arb, arb_mat
from numpy.typing import NDArray

from gradcheck.arithmetic.array import BallArray, objects_of, plain
from gradcheck.arithmetic.ball import Ball

FEW = 8
"""A direction that moves fewer than one entry in so many is added entry by entry."""


class Line:
    """The points x + t v.

    Parameters
    ----------
    x : BallArray or Ball
        Where it starts.
    v : ndarray of float64
        Its direction, of the shape of `x`.

    Examples
    --------
    >>> from gradcheck.arithmetic import to_balls
    >>> Line(to_balls(np.array([0.5, 1.0])), np.array([1.0, 0.0])).at(Ball(2))
    BallArray([2.5, 1.0])
    """

    def __init__(self, x: Any, v: NDArray[np.float64]) -> None:
        self._start = x
        self._numbers = _elements(x)
        self._moving = np.flatnonzero(v).tolist()
        self._steps = list(map(arb, v.ravel()[self._moving].tolist()))

    def at(self, t: Ball) -> Any:
        """Return x + t v."""
        steps = map(operator.mul, self._steps, repeat(t.arb))
        balls = list(self._numbers)
        if FEW * len(self._moving) < len(balls):
            for n, step in zip(self._moving, steps, strict=True):
                balls[n] = Ball(balls[n].arb + step)
        else:
            moved = map(operator.add, map(_ARB, map(balls.__getitem__, self._moving)), steps)
            for n, ball in zip(self._moving, map(Ball, moved), strict=True):
                balls[n] = ball
        if isinstance(self._start, Ball):
            return balls[0]
        return objects_of(balls, self._start.shape).view(BallArray)


_ARB = operator.attrgetter("arb")


def inner(x: Any, v: NDArray[np.float64]) -> Ball:
    """Return the sum of the products of the entries of balls and floats.

    Examples
    --------
    >>> from gradcheck.arithmetic import to_balls
    >>> inner(to_balls(np.array([0.5, 1.0])), np.array([4.0, 1.0]))
    3.0
    """
    moving = np.flatnonzero(v).tolist()
    if not moving:
        return Ball(0)
    numbers = map(_ARB, map(_elements(x).__getitem__, moving))
    row = arb_mat(1, len(moving), list(numbers))
    column = arb_mat(len(moving), 1, list(map(arb, v.ravel()[moving].tolist())))
    return Ball((row * column)[0, 0])


def distances(x: Any, floats: NDArray[Any]) -> NDArray[np.float64]:
    """Return how far finite floats are from balls, entry by entry, rounded once.

    Examples
    --------
    >>> from gradcheck.arithmetic import precision, to_balls
    >>> with precision(200):
    ...     print(distances(to_balls(np.array([1.0])) / 3, np.array([1 / 3])))
    [1.85037171e-17]
    """
    differences = map(
        operator.sub, map(_ARB, _elements(x)), floats.astype(np.float64).ravel().tolist()
    )
    gaps = np.fromiter(map(float, differences), dtype=np.float64, count=floats.size)
    return np.abs(gaps).reshape(floats.shape)


def _elements(x: Any) -> list[Ball]:
    elements: Iterable[Ball] = [x] if isinstance(x, Ball) else plain(x).ravel().tolist()
    return list(elements)
