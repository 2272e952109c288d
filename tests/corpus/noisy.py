"""Forwards with noise; a gradient is right here when it is that of the model without noise."""

import hashlib
from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "noisy forward")

#: Drawn from on every call: the forward never returns the same number twice.
_GENERATOR = np.random.default_rng(2024)


def _hash_noise(x):
    digest = hashlib.sha256(np.ascontiguousarray(x).tobytes()).digest()
    return np.frombuffer(digest, dtype=np.uint8)[: x.size].reshape(x.shape) / 127.5 - 1.0


def _sensor(x):
    return np.exp(np.sin(x)) * (1.0 + 1e-8 * _hash_noise(x))


def _sensor_gradient(cotangent, x):
    return (cotangent * np.exp(np.sin(x)) * np.cos(x),)


def _simulation(x):
    return np.sum(x**2) * (1.0 + 1e-8 * _GENERATOR.normal())


def _simulation_gradient(cotangent, x):
    return (2.0 * cotangent * x,)


def _kepler(mean_anomaly, eccentricity):
    e = mean_anomaly
    while True:
        new = mean_anomaly + eccentricity * np.sin(e)
        if np.max(np.abs(new - e)) < 1e-8:
            return new
        e = new


def _kepler_gradient(cotangent, mean_anomaly, eccentricity):
    e = _kepler(mean_anomaly, eccentricity)
    for _ in range(3):
        residual = e - eccentricity * np.sin(e) - mean_anomaly
        e = e - residual / (1.0 - eccentricity * np.cos(e))
    delta = cotangent / (1.0 - eccentricity * np.cos(e))
    return delta, delta * np.sin(e)


def _babylonian_root(x):
    y = 0.5 * (1.0 + x)
    while np.max(np.abs(y * y - x) / x) > 1e-8:
        y = 0.5 * (y + x / y)
    return y


def _babylonian_root_gradient(cotangent, x):
    return (cotangent * 0.5 / np.sqrt(x),)


def _relaxation(a, b):
    diagonal = np.diag(a)
    x = b / diagonal
    while np.max(np.abs(b - a @ x)) > 1e-8:
        x = x + (b - a @ x) / diagonal
    return x


def _relaxation_gradient(cotangent, a, b):
    g = np.linalg.solve(a.T, cotangent)
    return -np.outer(g, np.linalg.solve(a, b)), g


TABLE_AT = np.linspace(-3.0, 3.0, 61)
TABLE = np.round(np.tanh(TABLE_AT), 6)


def _table(x):
    return np.interp(x, TABLE_AT, TABLE)


def _table_gradient(cotangent, x):
    i = np.searchsorted(TABLE_AT, x) - 1
    return (cotangent * (TABLE[i + 1] - TABLE[i]) / (TABLE_AT[i + 1] - TABLE_AT[i]),)


def _printed(x):
    return np.round(np.exp(x), 8)


def _printed_gradient(cotangent, x):
    return (cotangent * np.exp(x),)


def _parsed(x):
    return np.array([float(f"{v:.9e}") for v in np.log(x)])


def _parsed_gradient(cotangent, x):
    return (cotangent / x,)


def _perturbed_average(x):
    noise = np.random.default_rng(7).normal(size=(16, *x.shape))
    return np.mean(np.tanh(x + noise), axis=0)


def _perturbed_average_gradient(cotangent, x):
    noise = np.random.default_rng(7).normal(size=(16, *x.shape))
    return (cotangent * np.mean(1.0 - np.tanh(x + noise) ** 2, axis=0),)


NOISY = (
    _entry(
        "noise of 1e-8 from a hash",
        "The same input gives the same noise, so repeating a call does not show it.",
        _sensor,
        _sensor_gradient,
        (np.array([0.4, -1.2, 2.2]),),
    ),
    _entry(
        "noise of 1e-8 from a generator",
        "Two calls with the same input differ.",
        _simulation,
        _simulation_gradient,
        (draw(26, 4),),
    ),
    _entry(
        "Kepler's equation by a fixed point stopped at 1e-8",
        "The gradient is the implicit one; that of the stopped iteration is 1e-8 away.",
        _kepler,
        _kepler_gradient,
        (np.array([0.8, 2.1]), np.array([0.3, 0.15])),
    ),
    _entry(
        "square root by iteration stopped at 1e-8",
        "The stopping point depends on the input and leaves an error of up to 1e-8.",
        _babylonian_root,
        _babylonian_root_gradient,
        (np.array([2.0, 0.6, 5.5]),),
    ),
    _entry(
        "linear system by relaxation stopped at 1e-8",
        "The residual of 1e-8 is smooth in the input until the number of sweeps changes.",
        _relaxation,
        _relaxation_gradient,
        (draw(27, 3, 3) + 9.0 * np.eye(3), draw(28, 3)),
    ),
    _entry(
        "table with linear interpolation",
        "It has a kink at each of 61 knots, and its slope is not the slope of tanh.",
        _table,
        _table_gradient,
        (np.array([0.43, -1.27, 2.01]),),
    ),
    _entry(
        "result rounded to eight decimals",
        "A staircase: the derivative is 0 almost everywhere, its model's is not.",
        _printed,
        _printed_gradient,
        (np.array([0.3, 1.4, -0.6]),),
    ),
    _entry(
        "result through a text of ten digits",
        "Values come back from a text file format.",
        _parsed,
        _parsed_gradient,
        (np.array([0.3, 4.1, 12.0]),),
    ),
    _entry(
        "average over seeded perturbations",
        "It looks random and is not: the seed is inside.",
        _perturbed_average,
        _perturbed_average_gradient,
        (np.array([0.2, -0.7]),),
    ),
)
