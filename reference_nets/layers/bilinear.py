r"""Bilinear layer: every unit is a weighted sum of the products of two inputs' entries.

Shapes
    w : (k, i, j), x : (i), y : (j), b : (k), z : (k); a batch holds the inputs in the rows of X,
    (n, i), and Y, (n, j).

Source
    J. B. Tenenbaum and W. T. Freeman, Separating style and content with bilinear models, Neural
    Computation 12 (2000), 1247-1283; with a bias.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total


@equation
def z(w, x, y, b):
    r"z_k = \sum_{ij} w_{kij} \, x_i y_j + b_k"
    K, I, J = len(b), len(x), len(y)
    return [
        total(w[k][i][j] * x[i] * y[j] for i in range(I) for j in range(J)) + b[k] for k in range(K)
    ]


@z.matrix
def z(w, x, y, b):
    r"z_k = x^\top w_k \, y + b_k"
    return x @ w @ y + b


@z.batch
def z(w, x, y, b):
    r"Z_{nk} = x_n^\top w_k \, y_n + b_k"
    return np.einsum("kij,ni,nj->nk", w, x, y) + b


@equation
def delta_w(delta_z, x, y):
    r"\delta w_{kij} = \delta z_k \, x_i y_j"
    K, I, J = len(delta_z), len(x), len(y)
    return [[[delta_z[k] * x[i] * y[j] for j in range(J)] for i in range(I)] for k in range(K)]


@delta_w.matrix
def delta_w(delta_z, x, y):
    r"\delta w = \delta z \otimes x \otimes y"
    return np.einsum("k,i,j->kij", delta_z, x, y)


@delta_w.batch
def delta_w(delta_z, x, y):
    r"\delta w = \sum_n \delta z_n \otimes x_n \otimes y_n"
    return np.einsum("nk,ni,nj->kij", delta_z, x, y)


@equation
def delta_x(delta_z, w, y):
    r"\delta x_i = \sum_{kj} \delta z_k \, w_{kij} \, y_j"
    K, I, J = len(w), len(w[0]), len(y)
    return [
        total(delta_z[k] * w[k][i][j] * y[j] for k in range(K) for j in range(J)) for i in range(I)
    ]


@delta_x.matrix
def delta_x(delta_z, w, y):
    r"\delta x = \sum_k \delta z_k \, w_k \, y"
    return delta_z @ (w @ y)


@delta_x.batch
def delta_x(delta_z, w, y):
    r"\delta x_n = \sum_k \Delta Z_{nk} \, w_k \, y_n"
    return np.einsum("nk,kij,nj->ni", delta_z, w, y)


@equation
def delta_y(delta_z, w, x):
    r"\delta y_j = \sum_{ki} \delta z_k \, w_{kij} \, x_i"
    K, I, J = len(w), len(x), len(w[0][0])
    return [
        total(delta_z[k] * w[k][i][j] * x[i] for k in range(K) for i in range(I)) for j in range(J)
    ]


@delta_y.matrix
def delta_y(delta_z, w, x):
    r"\delta y = \sum_k \delta z_k \, w_k^\top x"
    return delta_z @ (x @ w)


@delta_y.batch
def delta_y(delta_z, w, x):
    r"\delta y_n = \sum_k \Delta Z_{nk} \, w_k^\top x_n"
    return np.einsum("nk,kij,ni->nj", delta_z, w, x)


@equation
def delta_b(delta_z):
    r"\delta b_k = \delta z_k"
    return [delta_z[k] for k in range(len(delta_z))]


@delta_b.matrix
def delta_b(delta_z):
    r"\delta b = \delta z"
    return delta_z


@delta_b.batch
def delta_b(delta_z):
    r"\delta b = \Delta Z^\top 1"
    return delta_z.sum(axis=0)


bilinear = Operation(
    "bilinear",
    "(k,i,j),(i),(j),(k)->(k)",
    z,
    (delta_w, delta_x, delta_y, delta_b),
    parameters=("w", "b"),
)
