"""Mistakes that show only where an index comes twice."""

import numpy as np

from tests.search_mistakes.hidden import Hidden, normal


def _look_up(table, words):
    return table[words]


def _look_up_right(dout, table, words):
    dtable = np.zeros_like(table)
    np.add.at(dtable, words, dout)
    return dtable, None


def _look_up_overwrites(dout, table, words):
    dtable = np.zeros_like(table)
    dtable[words] += dout
    return dtable, None


def segment_sum_forward(x, segment):
    """Add up rows of the same segment."""
    out = np.zeros((int(segment.max()) + 1, x.shape[1]))
    np.add.at(out, segment, x)
    return out, segment


def segment_sum_backward(dout, segment):
    """Give each row the gradient of its segment."""
    return dout[segment], None


def segment_sum_backward_shares(dout, segment):
    """Take the sum for a mean."""
    return dout[segment] / np.bincount(segment)[segment][:, None], None


def _gather_columns(x, columns):
    return np.take(x, columns, axis=1)


def _gather_columns_right(dout, x, columns):
    dx = np.zeros_like(x)
    for position, column in enumerate(columns):
        dx[:, column] += dout[:, position]
    return dx, None


def _gather_columns_sets(dout, x, columns):
    dx = np.zeros_like(x)
    for position, column in enumerate(columns):
        dx[:, column] = dout[:, position]
    return dx, None


def _energy(x, first, second):
    return ((x[first] - x[second]) ** 2).sum()


def _energy_right(dout, x, first, second):
    gap = 2 * dout * (x[first] - x[second])
    dx = np.zeros_like(x)
    np.add.at(dx, first, gap)
    np.subtract.at(dx, second, gap)
    return dx, None, None


def _energy_buffers(dout, x, first, second):
    gap = 2 * dout * (x[first] - x[second])
    dx = np.zeros_like(x)
    dx[first] += gap
    dx[second] -= gap
    return dx, None, None


AT_REPEATED_INDICES = (
    Hidden("embedding, a word twice", _look_up, _look_up_right, _look_up_overwrites,
           (normal(10, 7, 3), np.array([4, 1, 6, 0]))),
    Hidden("segment sum with cache, two rows of a segment", segment_sum_forward,
           segment_sum_backward, segment_sum_backward_shares,
           (normal(11, 4, 3), np.array([3, 0, 4, 1]))),
    Hidden("gathered columns, one twice", _gather_columns, _gather_columns_right,
           _gather_columns_sets, (normal(12, 3, 6), np.array([5, 0, 3]))),
    Hidden("energy of springs, a particle with two", _energy, _energy_right, _energy_buffers,
           (normal(13, 6, 2), np.array([0, 2, 4]), np.array([1, 3, 5]))),
)  # fmt: skip
