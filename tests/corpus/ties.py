"""Ties between the candidates of a maximum, a minimum or a sort, with a valid choice among them.

As in `tests.corpus.kinks`, the wrong twin spoils an entry that is not tied.
"""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward

_entry = partial(Awkward, "kinks and ties")


def _row_maximum(x):
    return x.max(axis=1)


def _row_maximum_gradient_first(cotangent, x):
    g = np.zeros_like(x)
    g[np.arange(len(x)), x.argmax(axis=1)] = cotangent
    return (g,)


def _row_maximum_gradient_shared(cotangent, x):
    top = x == x.max(axis=1, keepdims=True)
    return (cotangent[:, None] * top / top.sum(axis=1, keepdims=True),)


def _max_pool(x):
    h, w = x.shape
    return x.reshape(h // 2, 2, w // 2, 2).max(axis=(1, 3))


def _max_pool_gradient(cotangent, x):
    g = np.zeros_like(x)
    for i in range(0, x.shape[0], 2):
        for j in range(0, x.shape[1], 2):
            a, b = np.unravel_index(x[i : i + 2, j : j + 2].argmax(), (2, 2))
            g[i + a, j + b] = cotangent[i // 2, j // 2]
    return (g,)


def _sorted(x):
    return np.sort(x)


def _sorted_gradient(cotangent, x):
    g = np.zeros_like(x)
    g[np.argsort(x, kind="stable")] = cotangent
    return (g,)


def _smaller(a, b):
    return np.minimum(a, b)


def _smaller_gradient(cotangent, a, b):
    share = (a < b) + 0.5 * (a == b)
    return cotangent * share, cotangent * (1.0 - share)


def _median(x):
    return np.median(x, axis=1)


def _median_gradient(cotangent, x):
    g = np.zeros_like(x)
    middle = np.argsort(x, axis=1, kind="stable")[:, x.shape[1] // 2]
    g[np.arange(len(x)), middle] = cotangent
    return (g,)


def _largest_magnitude(x):
    return np.abs(x).max(axis=1)


def _largest_magnitude_gradient(cotangent, x):
    g = np.zeros_like(x)
    rows, top = np.arange(len(x)), np.abs(x).argmax(axis=1)
    g[rows, top] = cotangent * np.sign(x[rows, top])
    return (g,)


_ROWS = (np.array([[2.0, 2.0, 1.0], [0.5, -1.0, 0.25], [3.0, 3.0, 3.0]]),)


TIES = (
    _entry(
        "maximum with ties, first one takes all",
        "Moving a tied entry down changes nothing, moving it up does.",
        _row_maximum,
        _row_maximum_gradient_first,
        _ROWS,
        (0, (1, 0)),
    ),
    _entry(
        "maximum with ties, equal shares",
        "Three tied entries get a third each, which is no one-sided slope of theirs.",
        _row_maximum,
        _row_maximum_gradient_shared,
        _ROWS,
        (0, (1, 0)),
    ),
    _entry(
        "max pooling with ties",
        "Flat image regions tie all four pixels.",
        _max_pool,
        _max_pool_gradient,
        (np.array([[1.0, 1.0, 0.2, 0.9], [1.0, 1.0, -0.4, 0.1]]),),
        (0, (0, 3)),
    ),
    _entry(
        "sort with ties",
        "Tied entries may take either place, but not the same one.",
        _sorted,
        _sorted_gradient,
        (np.array([2.0, 0.5, 2.0, -1.0]),),
        (0, (1,)),
    ),
    _entry(
        "minimum of equals",
        "Both inputs get one half.",
        _smaller,
        _smaller_gradient,
        (np.array([1.0, 0.3, -0.2]), np.array([1.0, 0.9, -0.5])),
        (0, (1,)),
    ),
    _entry(
        "median with ties",
        "Moving one of three tied entries alone never moves the median.",
        _median,
        _median_gradient,
        (np.array([[1.0, 1.0, 1.0], [0.2, 0.9, -0.4]]),),
        (0, (1, 0)),
    ),
    _entry(
        "largest magnitude with a tie",
        "The tied entries have opposite signs.",
        _largest_magnitude,
        _largest_magnitude_gradient,
        (np.array([[1.5, -1.5, 0.3], [0.1, -0.8, 0.4]]),),
        (0, (1, 1)),
    ),
)
