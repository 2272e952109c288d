"""Right formulas whose float64 evaluation keeps few digits, or none, at these points."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "right but inaccurate")


def _sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def _sigmoid_gradient(cotangent, x):
    s = _sigmoid(x)
    return (cotangent * s * (1.0 - s),)


def _tanh(x):
    return np.tanh(x)


def _tanh_gradient(cotangent, x):
    a = np.tanh(x)
    return (cotangent * (1.0 - a**2),)


def _log_of_the_rest(x):
    return np.log(1.0 - _sigmoid(x))


def _log_of_the_rest_gradient(cotangent, x):
    s = _sigmoid(x)
    return (-cotangent * s * (1.0 - s) / (1.0 - s),)


def _sinc(x):
    return np.sin(x) / x


def _sinc_gradient(cotangent, x):
    return (cotangent * (np.cos(x) - np.sin(x) / x) / x,)


def _one_pass_variance(x):
    return np.mean(x**2) - np.mean(x) ** 2


def _one_pass_variance_gradient(cotangent, x):
    return (cotangent * (2.0 * x / x.size - 2.0 * np.mean(x) / x.size),)


def _cancelling_sum(x):
    return np.sum(x) ** 2


def _cancelling_sum_gradient(cotangent, x):
    return (cotangent * 2.0 * np.sum(x) * np.ones(x.shape),)


INACCURATE = (
    _entry(
        "s(1 - s) at 30",
        "1 - s keeps three digits at 30, and none at 40.",
        _sigmoid,
        _sigmoid_gradient,
        (np.array([30.0, 0.5, -2.0]),),
    ),
    _entry(
        "1 - a² at saturation",
        "tanh(18) is 1 - 5e-16: the subtraction leaves one digit.",
        _tanh,
        _tanh_gradient,
        (np.array([18.0, -0.3, 1.1]),),
    ),
    _entry(
        "log(1 - s) at 30",
        "The forward is a logarithm of rounding noise.",
        _log_of_the_rest,
        _log_of_the_rest_gradient,
        (np.array([30.0, 0.2, -1.5]),),
    ),
    _entry(
        "sin x / x near 0",
        "The gradient is -x/3, computed as a difference of two ones.",
        _sinc,
        _sinc_gradient,
        (np.array([1e-9, 0.9, -2.3]),),
    ),
    _entry(
        "one-pass variance at mean 1e8",
        "The float64 value is noise, the exact value is about 1.",
        _one_pass_variance,
        _one_pass_variance_gradient,
        (draw(12, 5) + 1e8,),
    ),
    _entry(
        "sum that cancels",
        "Two entries of 1e9 cancel and leave 1.4 with half of its digits.",
        _cancelling_sum,
        _cancelling_sum_gradient,
        (np.array([1e9, 1.1, -1e9, 0.3]),),
    ),
)
