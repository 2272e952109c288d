"""Rewrites and algorithms that keep float64 accurate and hide the textbook formula."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward

_entry = partial(Awkward, "stable rewrites")


def _softplus(x):
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))


def _softplus_gradient(cotangent, x):
    e = np.exp(-np.abs(x))
    return (cotangent * np.where(x >= 0, 1.0, e) / (1.0 + e),)


def _log_cosh(x):
    return np.abs(x) + np.log1p(np.exp(-2.0 * np.abs(x))) - np.log(2.0)


def _log_cosh_gradient(cotangent, x):
    return (cotangent * np.tanh(x),)


def _compound_interest(rate, growth):
    return np.expm1(rate) * np.log1p(growth)


def _compound_interest_gradient(cotangent, rate, growth):
    by_rate = cotangent * np.exp(rate) * np.log1p(growth)
    return by_rate, cotangent * np.expm1(rate) / (1.0 + growth)


def _scaled_norm(x):
    top = np.abs(x).max()
    return top * np.sqrt(((x / top) ** 2).sum())


def _scaled_norm_gradient(cotangent, x):
    return (cotangent * x / _scaled_norm(x),)


def _cross_entropy_with_logits(z, y):
    return np.mean(np.maximum(z, 0.0) - z * y + np.log1p(np.exp(-np.abs(z))))


def _cross_entropy_with_logits_gradient(cotangent, z, y):
    e = np.exp(-np.abs(z))
    s = np.where(z >= 0, 1.0, e) / (1.0 + e)
    return cotangent * (s - y) / z.size, -cotangent * z / z.size


def _hypotenuse(a, b):
    return np.hypot(a, b)


def _hypotenuse_gradient(cotangent, a, b):
    r = np.hypot(a, b)
    return cotangent * (a / r), cotangent * (b / r)


def _third_of_a_cube(x):
    return x**3 * (1.0 / 3.0)


def _third_of_a_cube_gradient(cotangent, x):
    return (cotangent * x**2,)


def _gelu(x):
    return 0.5 * x * (1.0 + np.tanh(0.7978845608028654 * (x + 0.044715 * x**3)))


def _gelu_gradient(cotangent, x):
    t = np.tanh(0.7978845608028654 * x + 0.035677408136300125 * x**3)
    slope = 0.7978845608028654 + 0.10703222440890037 * x**2
    return (cotangent * 0.5 * (1.0 + t + x * (1.0 - t**2) * slope),)


STABLE_REWRITES = (
    _entry(
        "softplus by maximum and log1p",
        "Two kinks at 0 cancel, so the sum is smooth there.",
        _softplus,
        _softplus_gradient,
        (np.array([0.0, 35.0, -35.0, 0.4, 800.0]),),
    ),
    _entry(
        "log cosh by abs and log1p",
        "Two kinks at 0 cancel, and the gradient at 0 is exactly 0.",
        _log_cosh,
        _log_cosh_gradient,
        (np.array([0.0, 0.3, -2.0, 300.0]),),
    ),
    _entry(
        "expm1 times log1p",
        "Near 0 the textbook forms keep no digit at all.",
        _compound_interest,
        _compound_interest_gradient,
        (np.array([1e-12, 0.03]), np.array([2e-11, 0.5])),
    ),
    _entry(
        "norm scaled by its largest entry",
        "The squares of 1e200 overflow, and the maximum changes hands without a kink.",
        _scaled_norm,
        _scaled_norm_gradient,
        (np.array([3e200, -3e200, 1e200]),),
    ),
    _entry(
        "binary cross-entropy with logits",
        "It is written with a maximum and an abs, but is smooth at a logit of 0.",
        _cross_entropy_with_logits,
        _cross_entropy_with_logits_gradient,
        (np.array([0.0, 2.5, -30.0, 40.0]), np.array([1.0, 0.25, 1.0, 0.0])),
    ),
    _entry(
        "hypotenuse",
        "The sides lie ten orders of magnitude apart.",
        _hypotenuse,
        _hypotenuse_gradient,
        (np.array([3.0, 1e-5, 1e150]), np.array([-4.0, 1e5, 1e150])),
    ),
    _entry(
        "third of a cube",
        "The constant 1/3 is rounded, so the gradient x² is right to 16 digits and not to 30.",
        _third_of_a_cube,
        _third_of_a_cube_gradient,
        (np.array([0.7, -1.3, 2.9]),),
    ),
    _entry(
        "gelu with folded constants",
        "The backward multiplied constants out by hand, so they agree to 16 digits only.",
        _gelu,
        _gelu_gradient,
        (np.array([0.0, 0.8, -1.7, 3.1]),),
    ),
)
