"""Points exactly on a kink, with a gradient from the Clarke subdifferential.

Each entry also has numbers away from its kink. The wrong twin spoils one of those (`twin_at`),
because at the kink itself a gradient wrong by one part in a million may still be a valid one.
"""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward

_entry = partial(Awkward, "kinks and ties")


def _relu(x):
    return np.maximum(x, 0.0)


def _relu_gradient_0(cotangent, x):
    return (cotangent * (x > 0),)


def _relu_gradient_1(cotangent, x):
    return (cotangent * (x >= 0),)


def _relu_gradient_half(cotangent, x):
    return (cotangent * np.heaviside(x, 0.5),)


def _absolute(x):
    return np.abs(x)


def _absolute_gradient(cotangent, x):
    return (cotangent * np.sign(x),)


def _hinge(score, label):
    return np.mean(np.maximum(0.0, 1.0 - label * score))


def _hinge_gradient(cotangent, score, label):
    return -cotangent * label * (label * score < 1.0) / score.size, None


def _clip(x):
    return np.clip(x, -1.0, 1.0)


def _clip_gradient(cotangent, x):
    return (cotangent * ((x >= -1.0) & (x <= 1.0)),)


def _row_norm(x):
    return np.sqrt((x**2).sum(axis=1))


def _row_norm_gradient(cotangent, x):
    r = _row_norm(x)
    return (cotangent[:, None] * x / np.where(r == 0, 1.0, r)[:, None],)


def _identity_of_two_relus(x):
    return np.maximum(x, 0.0) - np.maximum(-x, 0.0)


def _identity_of_two_relus_gradient(cotangent, x):
    return (cotangent * np.ones_like(x),)


def _soft_threshold(x):
    return np.sign(x) * np.maximum(np.abs(x) - 0.5, 0.0)


def _soft_threshold_gradient(cotangent, x):
    return (cotangent * (np.abs(x) > 0.5),)


def _huber(x):
    return np.where(np.abs(x) <= 1.0, 0.5 * x**2, np.abs(x) - 0.5)


def _huber_gradient(cotangent, x):
    return (cotangent * np.clip(x, -1.0, 1.0),)


def _squared_relu(x):
    return np.maximum(x, 0.0) ** 2


def _squared_relu_gradient(cotangent, x):
    return (cotangent * 2.0 * np.maximum(x, 0.0),)


def _total_variation(x):
    return np.abs(np.diff(x)).sum()


def _total_variation_gradient(cotangent, x):
    s = cotangent * np.sign(np.diff(x))
    return (np.concatenate([[0.0], s]) - np.concatenate([s, [0.0]]),)


def _dead_units(x, w, b):
    return np.maximum(x @ w + b, 0.0)


def _dead_units_gradient(cotangent, x, w, b):
    delta_z = cotangent * (x @ w + b > 0)
    return delta_z @ w.T, np.outer(x, delta_z), delta_z


_AT_0 = (np.array([0.0, 1.5, -0.7, 0.0]),)


KINKS = (
    _entry(
        "relu at 0 with slope 0",
        "The code asks x > 0, as most do.",
        _relu,
        _relu_gradient_0,
        _AT_0,
        (0, (1,)),
    ),
    _entry(
        "relu at 0 with slope 1",
        "The code asks x >= 0 where most ask x > 0.",
        _relu,
        _relu_gradient_1,
        _AT_0,
        (0, (1,)),
    ),
    _entry(
        "relu at 0 with slope 1/2",
        "The mean slope, which a central difference confirms for the wrong reason.",
        _relu,
        _relu_gradient_half,
        _AT_0,
        (0, (1,)),
    ),
    _entry(
        "abs at 0",
        "The slopes are -1 and 1, the gradient given is 0.",
        _absolute,
        _absolute_gradient,
        _AT_0,
        (0, (1,)),
    ),
    _entry(
        "hinge at the margin",
        "A support vector lies exactly on it.",
        _hinge,
        _hinge_gradient,
        (np.array([1.0, -1.0, 0.5, 2.0]), np.array([1, -1, -1, 1])),
        (0, (2,)),
    ),
    _entry(
        "clip at its bounds",
        "Both bounds are hit exactly, and the gradient passes there.",
        _clip,
        _clip_gradient,
        (np.array([-1.0, 1.0, 0.3, 1.7]),),
        (0, (2,)),
    ),
    _entry(
        "norm at 0",
        "One row is zero: every vector of length up to 1 is a subgradient, 0 is given.",
        _row_norm,
        _row_norm_gradient,
        (np.array([[0.0, 0.0], [0.6, -0.8]]),),
        (0, (1, 1)),
    ),
    _entry(
        "identity made of two relus",
        "Both halves have a kink at 0, their difference has none.",
        _identity_of_two_relus,
        _identity_of_two_relus_gradient,
        _AT_0,
    ),
    _entry(
        "soft threshold at its threshold",
        "Kinks at ±1/2, and a smooth 0 in spite of sign and abs.",
        _soft_threshold,
        _soft_threshold_gradient,
        (np.array([0.5, -0.5, 0.0, 1.3]),),
        (0, (3,)),
    ),
    _entry(
        "Huber loss where its halves meet",
        "The slope is continuous, the curvature jumps.",
        _huber,
        _huber_gradient,
        (np.array([1.0, -1.0, 0.4, 2.5]),),
    ),
    _entry(
        "squared relu at 0",
        "A kink in the code, none in the function.",
        _squared_relu,
        _squared_relu_gradient,
        _AT_0,
    ),
    _entry(
        "total variation of a plateau",
        "Equal neighbours are a kink in a direction, not in a coordinate.",
        _total_variation,
        _total_variation_gradient,
        (np.array([0.5, 2.0, 2.0, -1.0, 0.0]),),
        (0, (3,)),
    ),
    _entry(
        "dense layer with units exactly at 0",
        "An input of zeros and a bias of 0 put a whole unit on its kink.",
        _dead_units,
        _dead_units_gradient,
        (np.array([0.0, 2.0]), np.array([[0.3, -0.4], [0.0, 0.7]]), np.array([0.0, 0.1])),
        (1, (1, 1)),
    ),
)
