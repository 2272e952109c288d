"""Mistakes that show only where entries are equal."""

import numpy as np

from tests.search_mistakes.hidden import Hidden, normal


def _row_max(x):
    return x.max(axis=1)


def _row_max_right(dout, x):
    top = x == x.max(axis=1, keepdims=True)
    return dout[:, None] * top / top.sum(axis=1, keepdims=True)


def _row_max_all_take_it(dout, x):
    return dout[:, None] * (x == x.max(axis=1, keepdims=True))


def max_pool_forward(x):
    """Pool windows of 2 by 2; the cache is the input and the output."""
    n, h, w = x.shape
    out = x.reshape(n, h // 2, 2, w // 2, 2).max(axis=(2, 4))
    return out, (x, out)


def max_pool_backward(dout, cache):
    """Give the gradient to the first largest entry of each window."""
    x, out = cache
    dx = np.zeros_like(x)
    for n, i, j in np.ndindex(out.shape):
        window = x[n, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        a, b = np.unravel_index(window.argmax(), (2, 2))
        dx[n, 2 * i + a, 2 * j + b] = dout[n, i, j]
    return dx


def max_pool_backward_to_all(dout, cache):
    """Give it to every entry that is as large."""
    x, out = cache
    spread = np.repeat(np.repeat(out, 2, axis=1), 2, axis=2)
    return np.repeat(np.repeat(dout, 2, axis=1), 2, axis=2) * (x == spread)


def _larger(a, b):
    return np.maximum(a, b)


def _larger_right(dout, a, b):
    return dout * (a >= b), dout * (a < b)


def _larger_strict_twice(dout, a, b):
    return dout * (a > b), dout * (b > a)


def _span(x):
    return x.max(axis=0) - x.min(axis=0)


def _span_right(dout, x):
    dx = np.zeros_like(x)
    columns = np.arange(x.shape[1])
    dx[x.argmax(axis=0), columns] += dout
    dx[x.argmin(axis=0), columns] -= dout
    return dx


def _span_overwrites(dout, x):
    lowest = x == x.min(axis=0)
    return dout * np.where(lowest, -1.0, x == x.max(axis=0))


AT_TIES = (
    Hidden("row maximum, the largest twice", _row_max, _row_max_right, _row_max_all_take_it,
           (normal(5, 4, 5),)),
    Hidden("max pooling with cache, a tie in a window", max_pool_forward, max_pool_backward,
           max_pool_backward_to_all, (normal(6, 2, 4, 4),)),
    Hidden("larger of two, equal entries", _larger, _larger_right, _larger_strict_twice,
           (normal(7, 3, 4), normal(8, 3, 4))),
    Hidden("span of columns, the least twice", _span, _span_right, _span_overwrites,
           (normal(9, 4, 3),)),
)  # fmt: skip
