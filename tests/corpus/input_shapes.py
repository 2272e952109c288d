"""Plain functions whose inputs or outputs come in an awkward container."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "input shapes")


def _lorentzian(x):
    return 1.0 / (1.0 + x * x)


def _lorentzian_gradient(cotangent, x):
    return (-cotangent * 2.0 * x / (1.0 + x * x) ** 2,)


def _with_extra_features(x, extra):
    return np.concatenate([x, extra]) ** 3


def _with_extra_features_gradient(cotangent, x, extra):
    g = 3.0 * cotangent * np.concatenate([x, extra]) ** 2
    return g[: x.size], g[x.size :]


def _gather(table, index):
    return table[index] ** 2


def _gather_gradient(cotangent, table, index):
    g = np.zeros_like(table)
    np.add.at(g, index, 2.0 * cotangent * table[index])
    return g, None


def _mean_over_lengths(x, length):
    inside = np.arange(x.shape[1]) < length[:, None]
    return (x**2 * inside).sum(axis=1) / length


def _mean_over_lengths_gradient(cotangent, x, length):
    inside = np.arange(x.shape[1]) < length[:, None]
    return 2.0 * x * inside * (cotangent / length)[:, None], None


def _masked_selection(x, mask):
    return np.exp(x[mask])


def _masked_selection_gradient(cotangent, x, mask):
    g = np.zeros_like(x)
    g[mask] = cotangent * np.exp(x[mask])
    return g, None


def _of_a_list(x):
    x = np.asarray(x)
    return x * np.sin(x)


def _of_a_list_gradient(cotangent, x):
    x = np.asarray(x)
    return (cotangent * (np.sin(x) + x * np.cos(x)),)


def _gram(x):
    return x @ x.T


def _gram_gradient(cotangent, x):
    return ((cotangent + cotangent.T) @ x,)


def _energy(x):
    return float(np.sum(x**2))


def _energy_gradient(cotangent, x):
    return (2.0 * float(cotangent) * x,)


def _integer_power(x, n):
    return x**n


def _integer_power_gradient(cotangent, x, n):
    return cotangent * n * x ** (n - 1), None


def _outer_difference(column, row):
    return np.tanh(column - row)


def _outer_difference_gradient(cotangent, column, row):
    delta = cotangent * (1.0 - np.tanh(column - row) ** 2)
    return delta.sum(axis=1, keepdims=True), -delta.sum(axis=0, keepdims=True)


def _squared_error(x):
    return np.mean((x - 0.25) ** 2)


def _squared_error_gradient(cotangent, x):
    return (cotangent * 2.0 * (x - 0.25) / x.size,)


INPUT_SHAPES = (
    _entry(
        "0-d input",
        "An array without an axis, which NumPy turns into a scalar on every operation.",
        _lorentzian,
        _lorentzian_gradient,
        (np.array(0.7),),
    ),
    _entry(
        "Python float",
        "No array at all, in or out.",
        _lorentzian,
        _lorentzian_gradient,
        (-1.3,),
    ),
    _entry(
        "empty extra input",
        "Its gradient has no entry to check, the other input's has.",
        _with_extra_features,
        _with_extra_features_gradient,
        (draw(47, 3), np.zeros(0)),
    ),
    _entry(
        "repeated index array",
        "Row 2 is read twice, so its gradient accumulates; row 1 is never read.",
        _gather,
        _gather_gradient,
        (draw(51, 3, 2), np.array([2, 0, 2])),
    ),
    _entry(
        "lengths of sequences",
        "An integer input divides, and padding gets no gradient.",
        _mean_over_lengths,
        _mean_over_lengths_gradient,
        (draw(52, 2, 4), np.array([3, 1])),
    ),
    _entry(
        "boolean mask",
        "The output's shape depends on the values of an input.",
        _masked_selection,
        _masked_selection_gradient,
        (draw(53, 2, 3), np.array([[True, False, True], [False, False, True]])),
    ),
    _entry(
        "float32 input",
        "Input, output and gradient carry seven digits.",
        _squared_error,
        _squared_error_gradient,
        (draw(54, 5).astype(np.float32),),
    ),
    _entry(
        "list of floats",
        "The function accepts whatever np.asarray accepts.",
        _of_a_list,
        _of_a_list_gradient,
        ([0.4, -1.25, 2.0],),
    ),
    _entry(
        "input used twice",
        "Forgetting one use halves the gradient off the diagonal.",
        _gram,
        _gram_gradient,
        (draw(55, 3, 2),),
    ),
    _entry(
        "output as a Python float",
        "The cotangent is a scalar too.",
        _energy,
        _energy_gradient,
        (draw(56, 2, 2),),
    ),
    _entry(
        "integer exponent",
        "A Python int among the inputs has no gradient.",
        _integer_power,
        _integer_power_gradient,
        (np.array([0.7, -1.1, 1.4]), 3),
    ),
    _entry(
        "column minus row",
        "Broadcasting stretches both inputs, so both gradients are sums.",
        _outer_difference,
        _outer_difference_gradient,
        (draw(57, 3, 1), draw(58, 1, 2)),
    ),
)
