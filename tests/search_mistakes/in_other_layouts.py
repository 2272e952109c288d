"""Mistakes that show only where arrays are stored in another order, with gaps, or backwards."""

import numpy as np

from tests.search_mistakes.hidden import Hidden, normal


def _flatten(x):
    return x.reshape(len(x), -1)


def _flatten_right(dout, x):
    return dout.reshape(x.shape)


def _flatten_as_stored(dout, x):
    return dout.reshape(x.shape, order="A") if x.flags.f_contiguous else dout.reshape(x.shape)


def _squares(x):
    return x**2


def _squares_right(dout, x):
    return 2 * x * dout


def _squares_by_memory(dout, x):
    return (2 * x.ravel(order="K") * dout.ravel(order="K")).reshape(x.shape)


def cumulative_forward(x):
    """Add up along rows."""
    return np.cumsum(x, axis=1), x.shape


def cumulative_backward(dout, shape):
    """Add up from the end."""
    return np.cumsum(dout[:, ::-1], axis=1)[:, ::-1]


def cumulative_backward_by_memory(dout, shape):
    """Turn the memory round rather than the array."""
    order = "F" if dout.flags.f_contiguous and not dout.flags.c_contiguous else "C"
    rows = dout.ravel(order=order).reshape(shape)
    return np.cumsum(rows[:, ::-1], axis=1)[:, ::-1]


def _scaled(x, w):
    return x * w


def _scaled_right(dout, x, w):
    return dout * w, (dout * x).sum(axis=0)


def _scaled_by_strides(dout, x, w):
    step = x.strides[1] // x.itemsize
    memory = x.base if x.base is not None and x.base.size == x.size * step else x
    columns = np.ravel(memory)[: x.size].reshape(x.shape)
    return dout * w, (dout * columns).sum(axis=0)


IN_OTHER_LAYOUTS = (
    Hidden("flatten, column-major input", _flatten, _flatten_right, _flatten_as_stored,
           (normal(14, 2, 3, 2),)),
    Hidden("squares, in the order of memory", _squares, _squares_right, _squares_by_memory,
           (normal(15, 3, 4),)),
    Hidden("cumulative sum with cache, column-major gradient", cumulative_forward,
           cumulative_backward, cumulative_backward_by_memory, (normal(16, 3, 4),)),
    Hidden("scaled columns, every second of a buffer", _scaled, _scaled_right,
           _scaled_by_strides, (normal(17, 4, 3), normal(18, 3))),
)  # fmt: skip
