r"""Factorisation machine: regression with all pairwise interactions, of low rank.

Features i and j interact by the product of their factors, v_i^\top v_j.

Shapes
    w0 : (), w : (i), V : (i, f), x : (i), t : (), y : (), E : (); a batch holds the inputs in the
    rows of X, (n, i), and the targets in t, (n).

Convention
    Squared error, half the square, **summed** over inputs.

Stability
    The scalar form sums over the pairs i < j.  The matrix form takes half of the square of the sum
    less the sum of the squares, which is linear in the number of features; where one feature is
    much larger than the others, the two nearly cancel and leave the digits of the smaller ones.

Source
    S. Rendle, Factorization machines, ICDM 2010, 995-1000.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total


@equation
def y(w0, w, V, x):
    r"y = w_0 + \sum_i w_i x_i + \sum_{i<j} \sum_f v_{if} v_{jf} \, x_i x_j"
    I, F = len(x), len(V[0])
    pairs = [(i, j) for i in range(I) for j in range(i + 1, I)]
    linear = total(w[i] * x[i] for i in range(I))
    return w0 + linear + total(V[i][f] * V[j][f] * x[i] * x[j] for i, j in pairs for f in range(F))


@y.matrix
def y(w0, w, V, x):
    r"y = w_0 + w^\top x + \frac{1}{2} (\| V^\top x \|^2 - \| V \odot x 1^\top \|^2)"
    return w0 + w @ x + (((x @ V) ** 2).sum() - x**2 @ (V**2).sum(axis=1)) / 2


@y.batch
def y(w0, w, V, x):
    r"y_n = w_0 + w^\top x_n + \frac{1}{2} (\| V^\top x_n \|^2 - \| V \odot x_n 1^\top \|^2)"
    return w0 + x @ w + (((x @ V) ** 2).sum(axis=1) - x**2 @ (V**2).sum(axis=1)) / 2


@equation
def E(y, t):
    r"E = \frac{1}{2} (y - t)^2"
    return (y - t) * (y - t) / 2


@E.matrix
def E(y, t):
    r"E = \frac{1}{2} (y - t)^2"
    return (y - t) ** 2 / 2


@E.batch
def E(y, t):
    r"E = \frac{1}{2} (y - t)^\top (y - t)"
    return (y - t) @ (y - t) / 2


@equation
def delta_y(delta_E, y, t):
    r"\delta y = \delta E \, (y - t)"
    return delta_E * (y - t)


@delta_y.matrix
def delta_y(delta_E, y, t):
    r"\delta y = \delta E \, (y - t)"
    return delta_E * (y - t)


@delta_y.batch
def delta_y(delta_E, y, t):
    r"\delta y = \delta E \, (y - t)"
    return delta_E * (y - t)


@equation
def delta_w0(delta_y):
    r"\delta w_0 = \delta y"
    return delta_y


@delta_w0.matrix
def delta_w0(delta_y):
    r"\delta w_0 = \delta y"
    return delta_y


@delta_w0.batch
def delta_w0(delta_y):
    r"\delta w_0 = 1^\top \delta y"
    return delta_y.sum()


@equation
def delta_w(delta_y, x):
    r"\delta w_i = \delta y \, x_i"
    return [delta_y * x[i] for i in range(len(x))]


@delta_w.matrix
def delta_w(delta_y, x):
    r"\delta w = \delta y \, x"
    return delta_y * x


@delta_w.batch
def delta_w(delta_y, x):
    r"\delta w = X^\top \delta y"
    return x.T @ delta_y


@equation
def delta_V(delta_y, V, x):
    r"\delta v_{if} = \delta y \, x_i \sum_{j \ne i} v_{jf} x_j"
    I, F = len(x), len(V[0])
    return [
        [delta_y * x[i] * total(V[j][f] * x[j] for j in range(I) if j != i) for f in range(F)]
        for i in range(I)
    ]


@delta_V.matrix
def delta_V(delta_y, V, x):
    r"\delta V = \delta y \, (x \, (V^\top x)^\top - V \odot (x \odot x) 1^\top)"
    return delta_y * (np.outer(x, x @ V) - V * (x**2)[:, None])


@delta_V.batch
def delta_V(delta_y, V, x):
    r"\delta V = X^\top (\delta y 1^\top \odot X V) - V \odot ((X \odot X)^\top \delta y) 1^\top"
    return x.T @ (delta_y[:, None] * (x @ V)) - V * ((x**2).T @ delta_y)[:, None]


factorisation_machine = Operation(
    "factorisation machine",
    "(),(i),(i,f),(i),()->()",
    E,
    (delta_w0, delta_w, delta_V),
    where=(y, delta_y),
    inputs=("w0", "w", "V", "x", "t"),
    parameters=("w0", "w", "V"),
    constants=("x", "t"),
    batch="sum",
)
