"""Values that come close to overflow, underflow or saturation."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "badly scaled")


def _softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _softmax_gradient(cotangent, z):
    p = _softmax(z)
    return (p * (cotangent - (cotangent * p).sum(axis=1, keepdims=True)),)


def _logsumexp(z):
    top = z.max()
    return top + np.log(np.exp(z - top).sum())


def _logsumexp_gradient(cotangent, z):
    e = np.exp(z - z.max())
    return (cotangent * e / e.sum(),)


def _sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def _sigmoid_gradient(cotangent, x):
    e = np.exp(-np.abs(x))
    return (cotangent * e / (1.0 + e) ** 2,)


def _product(x):
    return np.prod(x)


def _product_gradient(cotangent, x):
    return (cotangent * np.prod(x) / x,)


def _bell(x):
    return np.exp(-0.5 * x**2)


def _bell_gradient(cotangent, x):
    return (-cotangent * x * np.exp(-0.5 * x**2),)


def _fiftieth_power(x):
    return x**50


def _fiftieth_power_gradient(cotangent, x):
    return (cotangent * 50.0 * x**49,)


OVERFLOW = (
    _entry(
        "softmax with logits of 500",
        "Without the shift by the maximum it overflows; most outputs are as good as constant.",
        _softmax,
        _softmax_gradient,
        (np.array([[500.0, 499.0, 480.0], [-500.0, -498.5, -499.0]]),),
    ),
    _entry(
        "log-sum-exp of 1000",
        "The value is a thousand times its sensitivity, and exp(1000) overflows.",
        _logsumexp,
        _logsumexp_gradient,
        (np.array([1000.0, 999.2, 998.0, 970.0]),),
    ),
    _entry(
        "sigmoid at 40",
        "The value is 1 in float64, so that its differences are 0, but its slope is 4e-18.",
        _sigmoid,
        _sigmoid_gradient,
        (np.array([40.0, 0.7, -40.0]),),
    ),
    _entry(
        "product of forty factors",
        "The gradient divides by factors that reach from 0.02 to 3.",
        _product,
        _product_gradient,
        (np.abs(draw(1, 40)) + 0.02,),
    ),
    _entry(
        "likelihood of fifty small probabilities",
        "The value is 1e-200: any absolute tolerance takes it for zero.",
        _product,
        _product_gradient,
        (np.full(50, 1e-4) + 1e-6 * np.arange(50),),
    ),
    _entry(
        "bell curve at 30",
        "The tail is 1e-196, beside values near 1.",
        _bell,
        _bell_gradient,
        (np.array([30.0, 0.5, -8.0]),),
    ),
    _entry(
        "fiftieth power",
        "Higher derivatives grow a thousandfold each, so extrapolation misjudges its error.",
        _fiftieth_power,
        _fiftieth_power_gradient,
        (np.array([1.3, -0.8, 2.1]),),
    ),
)
