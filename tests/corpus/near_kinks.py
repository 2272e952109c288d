"""Points next to a kink, where the function is smooth for everybody who looks closely enough."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward

_entry = partial(Awkward, "near kinks")


def _relu(x):
    return np.maximum(x, 0.0)


def _relu_gradient(cotangent, x):
    return (cotangent * (x > 0),)


def _absolute(x):
    return np.abs(x)


def _absolute_gradient(cotangent, x):
    return (cotangent * np.sign(x),)


def _maximum(x):
    return x.max()


def _maximum_gradient(cotangent, x):
    g = np.zeros_like(x)
    g[x.argmax()] = cotangent
    return (g,)


def _leaky_relu(x):
    return np.where(x > 0, x, 0.01 * x)


def _leaky_relu_gradient(cotangent, x):
    return (cotangent * np.where(x > 0, 1.0, 0.01),)


def _clip(x):
    return np.clip(x, 0.0, 1.0)


def _clip_gradient(cotangent, x):
    return (cotangent * ((x > 0.0) & (x < 1.0)),)


def _max_pool(x):
    return x.reshape(-1, 2).max(axis=1)


def _max_pool_gradient(cotangent, x):
    pairs = x.reshape(-1, 2)
    return ((cotangent[:, None] * (pairs == pairs.max(axis=1, keepdims=True))).reshape(-1),)


def _norm(x):
    return np.sqrt(np.sum(x**2))


def _norm_gradient(cotangent, x):
    return (cotangent * x / _norm(x),)


def _hinge(score):
    return np.sum(np.maximum(0.0, 1.0 - score))


def _hinge_gradient(cotangent, score):
    return (-cotangent * (score < 1.0),)


def _smooth_absolute(x):
    return np.sqrt(x**2 + 1e-24)


def _smooth_absolute_gradient(cotangent, x):
    return (cotangent * x / np.sqrt(x**2 + 1e-24),)


def _l1_distance(a, b):
    return np.abs(a - b).sum()


def _l1_distance_gradient(cotangent, a, b):
    s = cotangent * np.sign(a - b)
    return s, -s


NEAR_KINKS = (
    _entry(
        "relu at 1e-12",
        "Any usual step crosses the kink.",
        _relu,
        _relu_gradient,
        (np.array([1e-12, -1e-12, 0.6]),),
    ),
    _entry(
        "abs at 1e-300",
        "No step of float64 relative to 1 stays on this side.",
        _absolute,
        _absolute_gradient,
        (np.array([1e-300, -1e-300]),),
    ),
    _entry(
        "maximum with a gap of 1e-14",
        "The runner-up is 45 units in the last place behind.",
        _maximum,
        _maximum_gradient,
        (np.array([1.0, 1.0 + 1e-14, 0.2]),),
    ),
    _entry(
        "leaky relu next to 0",
        "The slopes on both sides differ a hundredfold.",
        _leaky_relu,
        _leaky_relu_gradient,
        (np.array([1e-200, -1e-200, 1e-9, -1e-9]),),
    ),
    _entry(
        "clip just inside its bounds",
        "The bound is one unit in the last place away.",
        _clip,
        _clip_gradient,
        (np.array([1.0 - 2.0**-53, 1e-16, 1.0 + 2.0**-52, -1e-16]),),
    ),
    _entry(
        "max pooling with a gap of 1e-13",
        "A step on either pixel swaps the winner.",
        _max_pool,
        _max_pool_gradient,
        (np.array([0.5, 0.5 + 1e-13, -0.3, -0.3 - 1e-13]),),
    ),
    _entry(
        "norm of 1e-140",
        "The curvature is 1e140.",
        _norm,
        _norm_gradient,
        (np.array([3e-140, -4e-140, 1e-140]),),
    ),
    _entry(
        "hinge next to the margin",
        "Two scores miss the margin by 1e-12, one on each side.",
        _hinge,
        _hinge_gradient,
        (np.array([1.0 - 1e-12, 1.0 + 1e-12, 0.3]),),
    ),
    _entry(
        "smoothed abs of width 1e-12",
        "It is smooth, but only for steps far below 1e-12.",
        _smooth_absolute,
        _smooth_absolute_gradient,
        (np.array([2e-13, -3e-12, 0.0, 1.0]),),
    ),
    _entry(
        "distance of nearly equal vectors",
        "Components differ by one unit in the last place.",
        _l1_distance,
        _l1_distance_gradient,
        (np.array([0.5, 1.5, -2.0]), np.array([0.5 + 2.0**-53, 1.5 - 2.0**-52, 1.0])),
    ),
)
