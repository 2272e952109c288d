"""Directions in which a gradient is probed as a whole."""

from __future__ import annotations

import numpy as np

from gradcheck.oracles.estimate import FloatArray


def random_direction(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    r"""Return a fresh random direction: ±1/√n, times a factor between 1 and 2.

    The signs keep it from being blind where all-ones are: the Jacobians of softmax and of
    normalisations annihilate constants. The factors differ from entry to entry, so that errors in
    swapped or cancelling entries do not cancel.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of the randomness; draw a new direction for every use.
    shape : tuple of int
        Shape of the direction.

    Returns
    -------
    ndarray
        float64, of Euclidean length between 1 and 2 (unless empty).

    Examples
    --------
    >>> v = random_direction(np.random.default_rng(0), (2, 2))
    >>> v.shape, bool((abs(v) >= 0.5).all() and (abs(v) < 1).all())
    ((2, 2), True)

    """
    signs = rng.choice((-1.0, 1.0), size=shape)
    factors = rng.uniform(1.0, 2.0, size=shape)
    return np.asarray(signs * factors / np.sqrt(max(signs.size, 1)))
