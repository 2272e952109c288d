"""The ten mistakes that hand-written gradients are made of, each as one wrong equation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradcheck.notation import Equation, Operation, equation
from gradcheck.notation.scalar import exp, total
from gradcheck.notation.scalar import tanh as scalar_tanh
from reference_nets import dense, softmax_cross_entropy, squared_error, tanh
from reference_nets.losses.softmax_cross_entropy import softmax
from tests.planted.layers import bias_of_rows, mean_squared_error


@dataclass(frozen=True)
class Mistake:
    """A right operation, and a wrong equation for one of its gradients.

    Attributes
    ----------
    name : str
        What went wrong.
    operation : Operation
        The right twin.
    wrong : Equation
        What takes the place of the right equation, in some of its forms.
    sizes : dict of str to int
        Sizes at which the wrong equation runs at all.
    """

    name: str
    operation: Operation
    wrong: Equation
    sizes: dict[str, int]


@equation
def delta_y(delta_E, y, t):
    r"""\delta y_k = \delta E \, (t_k - y_k)"""
    return [delta_E * (t[k] - y[k]) for k in range(len(y))]


@delta_y.matrix
def delta_y(delta_E, y, t):
    r"""\delta y = \delta E \, (t - y)"""
    return delta_E * (t - y)


@delta_y.batch
def delta_y(delta_E, y, t):
    r"""\Delta Y = \delta E \, (T - Y)"""
    return delta_E * (t - y)


SIGN = Mistake("sign", squared_error, delta_y, {"k": 3})


@equation
def delta_y(delta_E, y, t):
    r"""\delta y_k = 2 \, \delta E \, (y_k - t_k)"""
    return [2 * delta_E * (y[k] - t[k]) for k in range(len(y))]


@delta_y.matrix
def delta_y(delta_E, y, t):
    r"""\delta y = 2 \, \delta E \, (y - t)"""
    return 2 * delta_E * (y - t)


@delta_y.batch
def delta_y(delta_E, y, t):
    r"""\Delta Y = 2 \, \delta E \, (Y - T)"""
    return 2 * delta_E * (y - t)


FACTOR_2 = Mistake("factor 2", squared_error, delta_y, {"k": 3})


@equation
def delta_y(delta_E, y, t):
    r"""\delta y_{nk} = \delta E \, (y_{nk} - t_{nk})"""
    return [[delta_E * (y[n][k] - t[n][k]) for k in range(len(y[0]))] for n in range(len(y))]


@delta_y.matrix
def delta_y(delta_E, y, t):
    r"""\Delta Y = \delta E \, (Y - T)"""
    return delta_E * (y - t)


MISSING_1_OVER_N = Mistake("missing 1/N", mean_squared_error, delta_y, {"n": 4, "k": 3})


@equation
def delta_a(w, delta_z):
    r"""\delta a_k = \sum_i \delta z_i \, w_{ki}"""
    return [total(delta_z[i] * w[k][i] for i in range(len(w))) for k in range(len(w[0]))]


@delta_a.matrix
def delta_a(w, delta_z):
    r"""\delta a = w \, \delta z"""
    return w @ delta_z


@delta_a.batch
def delta_a(w, delta_z):
    r"""\Delta A = \Delta Z \, w^\top"""
    return delta_z @ w.T


TRANSPOSED = Mistake("a transposed product", dense, delta_a, {"k": 3, "i": 3})


@equation
def delta_b(delta_z):
    r"""\delta b_k = \delta z_{1k}"""
    return delta_z[0]


@delta_b.matrix
def delta_b(delta_z):
    r"""\delta b = \delta z_1"""
    return delta_z[0]


MISSING_SUM = Mistake("a missing sum over the batch", bias_of_rows, delta_b, {"n": 4, "k": 3})


@equation
def delta_w(delta_z, a):
    r"""\delta w_{kn} = \delta z_k \, a_{n-1}"""
    return [[delta_z[k] * a[n - 1] for n in range(len(a))] for k in range(len(delta_z))]


@delta_w.matrix
def delta_w(delta_z, a):
    r"""\delta w_{kn} = \delta z_k \, a_{n-1}"""
    return np.outer(delta_z, np.roll(a, 1))


@delta_w.batch
def delta_w(delta_z, a):
    r"""\delta w = \Delta Z^\top A, its columns rolled"""
    return delta_z.T @ np.roll(a, 1, axis=1)


OFF_BY_ONE = Mistake("an index off by one", dense, delta_w, {"k": 2, "i": 3})


@equation
def delta_z(delta_a, z):
    r"""\delta z_k = \delta a_k \, h'(a_k)"""
    a = [scalar_tanh(z_k) for z_k in z]
    return [delta_a[k] * (1 - scalar_tanh(a[k]) * scalar_tanh(a[k])) for k in range(len(z))]


@delta_z.matrix
def delta_z(delta_a, z):
    r"""\delta z = \delta a \odot h'(a)"""
    return delta_a * (1 - np.tanh(np.tanh(z)) ** 2)


@delta_z.batch
def delta_z(delta_a, z):
    r"""\Delta Z = \Delta A \odot h'(A)"""
    return delta_a * (1 - np.tanh(np.tanh(z)) ** 2)


H_PRIME_OF_A = Mistake("h'(a) taken for h'(z)", tanh, delta_z, {"k": 3})


@equation
def delta_b(delta_z):
    r"""\delta b_k = 0"""
    return [0.0 for _ in delta_z]


@delta_b.matrix
def delta_b(delta_z):
    r"""\delta b = 0"""
    return np.zeros_like(delta_z)


@delta_b.batch
def delta_b(delta_z):
    r"""\delta b = 0"""
    return np.zeros_like(delta_z[0])


FORGOTTEN_BIAS = Mistake("a forgotten bias gradient", dense, delta_b, {"k": 2, "i": 3})

TOO_LARGE = 1 + 1e-9
"""A guessed tolerance would have to be 1e-9 to see it, and 1e-12 if the other entries hide it."""


@equation
def delta_w(delta_z, a):
    r"""\delta w_{kn} = \delta z_k \, a_n, but for \delta w_{12}"""
    rows = [[delta_z[k] * a[n] for n in range(len(a))] for k in range(len(delta_z))]
    rows[1][2] = rows[1][2] * TOO_LARGE
    return rows


@delta_w.matrix
def delta_w(delta_z, a):
    r"""\delta w = \delta z \, a^\top, but for \delta w_{12}"""
    rows = np.outer(delta_z, a)
    rows[1, 2] *= TOO_LARGE
    return rows


@delta_w.batch
def delta_w(delta_z, a):
    r"""\delta w = \Delta Z^\top A, but for \delta w_{12}"""
    rows = delta_z.T @ a
    rows[1, 2] *= TOO_LARGE
    return rows


ONE_OF_MANY = Mistake("one wrong entry of many", dense, delta_w, {"k": 12, "i": 10})


@equation
def delta_z(delta_E, z, t):
    r"""\delta z_k = \frac{e^{z_k}}{\sum_j e^{z_j}} - t_k"""
    S = total(exp(z_j) for z_j in z)
    return [exp(z[k]) / S - t[k] for k in range(len(z))]


@delta_z.matrix
def delta_z(delta_E, z, t):
    r"""\delta z = \mathrm{softmax}(z) - t"""
    return softmax(z) - t


@delta_z.batch
def delta_z(delta_E, z, t):
    r"""\Delta Z = \mathrm{softmax}(Z) - T; even 1/N is lost, which comes with \delta E"""
    return softmax(z) - t


UPSTREAM_IGNORED = Mistake(
    "the upstream gradient ignored", softmax_cross_entropy, delta_z, {"k": 3}
)

MISTAKES = (
    SIGN,
    FACTOR_2,
    MISSING_1_OVER_N,
    TRANSPOSED,
    MISSING_SUM,
    OFF_BY_ONE,
    H_PRIME_OF_A,
    FORGOTTEN_BIAS,
    ONE_OF_MANY,
    UPSTREAM_IGNORED,
)
