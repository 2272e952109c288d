"""Inputs whose memory is laid out or protected in an awkward way."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "input shapes")


def _tanh(x):
    return np.tanh(x)


def _tanh_gradient(cotangent, x):
    return (cotangent * (1.0 - np.tanh(x) ** 2),)


def _dense(x, w, b):
    return x @ w + b


def _dense_gradient(cotangent, x, w, b):
    return cotangent @ w.T, x.T @ cotangent, cotangent.sum(axis=0)


def _bilinear(a, b):
    return a * np.exp(b)


def _bilinear_gradient(cotangent, a, b):
    return cotangent * np.exp(b), cotangent * a * np.exp(b)


def _window_energy(windows):
    return (windows**2).sum(axis=1)


def _window_energy_gradient(cotangent, windows):
    return (2.0 * cotangent[:, None] * windows,)


def _read_only(x):
    x.flags.writeable = False
    return x


_SHARED = draw(40, 4)


INPUT_MEMORY = (
    _entry(
        "read-only input",
        "Perturbing it in place raises.",
        _tanh,
        _tanh_gradient,
        (_read_only(draw(41, 2, 3)),),
    ),
    _entry(
        "every second column",
        "A view with gaps: reshape(-1) makes a copy, and writing to that changes nothing.",
        _tanh,
        _tanh_gradient,
        (draw(42, 3, 6)[:, ::2],),
    ),
    _entry(
        "reversed input",
        "Its strides are negative.",
        _tanh,
        _tanh_gradient,
        (draw(43, 3, 2)[::-1, ::-1],),
    ),
    _entry(
        "column-major input",
        "Memory order is not index order.",
        _dense,
        _dense_gradient,
        (np.asfortranarray(draw(44, 3, 4)), draw(45, 2, 4).T, draw(46, 2)),
    ),
    _entry(
        "broadcast input",
        "Four rows share one memory, each with a gradient of its own.",
        _bilinear,
        _bilinear_gradient,
        (np.broadcast_to(draw(48, 3), (4, 3)), draw(49, 4, 3)),
    ),
    _entry(
        "overlapping windows",
        "Nine entries live in five numbers.",
        _window_energy,
        _window_energy_gradient,
        (np.lib.stride_tricks.sliding_window_view(draw(50, 5), 3),),
    ),
    _entry(
        "one array passed twice",
        "Both inputs are the same object, with different gradients.",
        _bilinear,
        _bilinear_gradient,
        (_SHARED, _SHARED),
    ),
)
