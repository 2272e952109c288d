"""Derivatives of the corpus by differences in hundreds of digits, independent of gradcheck."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import mpmath
import numpy as np
import scipy.optimize

from tests.corpus.awkward import Awkward, cotangent_for
from tests.corpus.models import MODELS
from tests.corpus.multiprecision import Real, is_floating, lift, lifted

#: Entries at the edge of their domain, where only larger inputs can be looked at.
FROM_ABOVE = {
    "x times its root, at 0",
    "power 3/2 at 0",
    "p² log p at p = 0",
    "two roots at a corner of the domain",
}

#: The step, relative to the smallest input: its square is far below every tolerance here, and
#: `DIGITS` leaves the difference hundreds of digits.
_STEP = mpmath.mpf(10) ** -60

#: How far from a kink, in units of its smallest input, the gradients around it are sampled: far
#: enough that no step crosses the kink again, near enough that the gradients are those at the kink.
_NEIGHBOURHOOD = mpmath.mpf(10) ** -30


def value(entry: Awkward) -> Any:
    """Return what the noiseless function of the entry computes, in hundreds of digits."""
    with lifted(entry.forward):
        return _model(entry)(*map(lift, entry.inputs))


def gradients(entry: Awkward, seed: int) -> list[np.ndarray | None]:
    """Return δinputs for the cotangent of that seed, by differences of the noiseless function."""
    cotangent = cotangent_for(entry, seed)
    with lifted(entry.forward):
        return _differences(entry, cotangent, [lift(x) for x in entry.inputs])


def gradients_around(entry: Awkward, seed: int, *, count: int) -> Iterator[np.ndarray]:
    """Yield `count` gradients at random points next to the entry's, each as one flat vector."""
    generator, cotangent = np.random.default_rng(seed), cotangent_for(entry, seed)
    for _ in range(count):
        with lifted(entry.forward):
            near = [_moved(lift(x), generator, _scale(entry)) for x in entry.inputs]
            yield flat(_differences(entry, cotangent, near))


def flat(parts: Any) -> np.ndarray:
    """Return the gradients of all floating inputs as one vector of float64."""
    numbers = [v for part in parts if part is not None for v in np.ravel(part)]
    return np.array([float(v.value) if isinstance(v, Real) else float(v) for v in numbers])


def distance_to_hull(point: np.ndarray, corners: np.ndarray) -> float:
    """Return how far a point is from the convex hull of the rows of corners.

    The weights are the solution of a non-negative least-squares problem whose last equation says
    that they sum to 1.

    Examples
    --------
    >>> corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    >>> round(distance_to_hull(np.array([0.25, 0.5]), corners), 12)
    0.0
    >>> distance_to_hull(np.array([0.0, -2.0]), corners) > 1.0
    True
    """
    system = np.vstack([corners.T, np.ones(len(corners))])
    return float(scipy.optimize.nnls(system, np.append(point, 1.0))[1])


def _model(entry: Awkward) -> Callable[..., Any]:
    return MODELS.get(entry.name, entry.forward)


def _scale(entry: Awkward) -> mpmath.mpf:
    """Return the smallest magnitude among the inputs, zeros aside, or 1 if all are larger."""
    numbers = np.concatenate([np.ravel(x) for x in entry.inputs if is_floating(x)])
    return mpmath.mpf(float(min(1.0, np.abs(numbers[numbers != 0]).min(initial=1.0))))


def _differences(
    entry: Awkward, cotangent: np.ndarray, inputs: list[Any]
) -> list[np.ndarray | None]:
    step = _STEP * _scale(entry)
    objective = partial(_objective, entry, cotangent, inputs)
    low = 0 if entry.name in FROM_ABOVE else -1
    slope = partial(_slope, objective, step, low)
    return [
        _array(slope, which, np.shape(x)) if is_floating(entry.inputs[which]) else None
        for which, x in enumerate(inputs)
    ]


def _array(slope: Callable[..., Real], which: int, shape: tuple[int, ...]) -> np.ndarray:
    """Return slope(which, index) for all indices of that shape."""
    result = np.ndarray(shape, dtype=object)
    for index in np.ndindex(*shape):
        result[index] = slope(which, index)
    return result


def _slope(
    objective: Callable[..., Real], step: mpmath.mpf, low: int, which: int, index: tuple[int, ...]
) -> Real:
    """Return the central difference, or the one from above where low is 0."""
    rise = objective(which, index, step) - objective(which, index, low * step)
    return rise / Real((1 - low) * step)


def _objective(
    entry: Awkward,
    cotangent: np.ndarray,
    inputs: list[Any],
    which: int,
    index: tuple[int, ...],
    step: mpmath.mpf,
) -> Real:
    """Return <cotangent, f(inputs)> with one number of one input moved by step."""
    moved = list(inputs)
    moved[which] = _with_step(inputs[which], index, step)
    return np.sum(cotangent * _model(entry)(*moved))


def _with_step(x: Any, index: tuple[int, ...], step: mpmath.mpf) -> Any:
    """Return a copy of a lifted input, in its container, with one number moved."""
    if isinstance(x, Real):
        return x + Real(step)
    moved = np.array(x, dtype=object)
    moved[index] = moved[index] + Real(step)
    return moved if isinstance(x, np.ndarray) else list(moved)


def _moved(x: Any, generator: np.random.Generator, scale: mpmath.mpf) -> Any:
    """Return a lifted array moved at random within the neighbourhood; other inputs as they are."""
    if not isinstance(x, np.ndarray) or x.dtype != object:
        return x
    return x + generator.normal(size=x.shape) * Real(_NEIGHBOURHOOD * scale)
