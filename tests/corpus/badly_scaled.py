"""Smooth functions at scales where a fixed step or a fixed tolerance goes wrong."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "badly scaled")


def _entropy_of_counts(x):
    return x * np.log(x)


def _entropy_of_counts_gradient(cotangent, x):
    return (cotangent * (np.log(x) + 1.0),)


def _cube(x):
    return x**3


def _cube_gradient(cotangent, x):
    return (cotangent * 3.0 * x**2,)


def _gate_of_mixed_scales(charge, gain):
    return np.tanh(charge * gain)


def _gate_of_mixed_scales_gradient(cotangent, charge, gain):
    delta = cotangent / np.cosh(charge * gain) ** 2
    return delta * gain, delta * charge


def _offset(x):
    return 1e10 + np.sin(x)


def _offset_gradient(cotangent, x):
    return (cotangent * np.cos(x),)


def _fast_sine(x):
    return np.sin(1e5 * x)


def _fast_sine_gradient(cotangent, x):
    return (cotangent * 1e5 * np.cos(1e5 * x),)


def _steep_tanh(x):
    return np.tanh(1e3 * x)


def _steep_tanh_gradient(cotangent, x):
    return (cotangent * 1e3 / np.cosh(1e3 * x) ** 2,)


CURVATURE = np.array([[5e7 + 0.5, 5e7 - 0.5], [5e7 - 0.5, 5e7 + 0.5]])


def _stiff_valley(x):
    return 0.5 * x @ CURVATURE @ x


def _stiff_valley_gradient(cotangent, x):
    return (cotangent * (CURVATURE @ x),)


def _log(x):
    return np.log(x)


def _log_gradient(cotangent, x):
    return (cotangent / x,)


def _pole(x):
    return 1.0 / (x - 1.0)


def _pole_gradient(cotangent, x):
    return (-cotangent / (x - 1.0) ** 2,)


def _loss_in_tiny_units(x, target):
    return 1e-30 * np.sum((x - target) ** 2)


def _loss_in_tiny_units_gradient(cotangent, x, target):
    delta = cotangent * 2e-30 * (x - target)
    return delta, -delta


BADLY_SCALED = (
    _entry(
        "entropy of counts at 1e8",
        "A step of 1e-6 is below the rounding of 1e8 times the function.",
        _entropy_of_counts,
        _entropy_of_counts_gradient,
        (np.array([1e8, 3.7e8, 9.1e7]),),
    ),
    _entry(
        "cube at 1e-8",
        "A step of 1e-6 is a hundred times the input.",
        _cube,
        _cube_gradient,
        (np.array([1e-8, -4e-8, 2.5e-8]),),
    ),
    _entry(
        "gate of mixed scales",
        "One input lives at 1e8, the other at 1e-8, and so do their gradients.",
        _gate_of_mixed_scales,
        _gate_of_mixed_scales_gradient,
        (np.array([1e8, -0.4e8]), np.array([0.7e-8, 1.2e-8])),
    ),
    _entry(
        "offset of 1e10",
        "Ten digits of every value belong to a constant.",
        _offset,
        _offset_gradient,
        (np.array([0.3, -1.1, 2.0]),),
    ),
    _entry(
        "fast sine",
        "A step of 1e-5 is a sixth of the period.",
        _fast_sine,
        _fast_sine_gradient,
        (np.array([0.3, -0.81, 1.7]),),
    ),
    _entry(
        "steep tanh",
        "All that happens happens within 1e-3.",
        _steep_tanh,
        _steep_tanh_gradient,
        (np.array([3e-4, -1e-3, 2e-3]),),
    ),
    _entry(
        "stiff valley of condition 1e8",
        "Along the floor of the valley the gradient is 1e8 times smaller than across it.",
        _stiff_valley,
        _stiff_valley_gradient,
        (np.array([1.5, -0.25]),),
    ),
    _entry(
        "logarithm of tiny numbers",
        "The slope is 1e200, and a fixed step leaves the domain.",
        _log,
        _log_gradient,
        (np.array([1e-200, 3e-120, 5e-9]),),
    ),
    _entry(
        "next to a pole",
        "The function explodes one part in a million away.",
        _pole,
        _pole_gradient,
        (np.array([1.0 + 2.0**-20, 1.0 - 2.0**-10]),),
    ),
    _entry(
        "loss in tiny units",
        "All gradients are 1e-30, which every absolute tolerance passes.",
        _loss_in_tiny_units,
        _loss_in_tiny_units_gradient,
        (draw(2, 4), draw(3, 4)),
    ),
)
