r"""Dense layer: every unit is a weighted sum of all inputs.

Shapes
    w : (k, i), a : (i), b : (k), z : (k); a batch holds the inputs in the rows of A, (n, i).

Convention
    w_ki leads from input i to unit k, so that a layer maps columns: z = w a + b.

Source
    D. E. Rumelhart, G. E. Hinton and R. J. Williams, Learning representations by back-propagating
    errors, Nature 323 (1986), 533-536.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total


@equation
def z(w, a, b):
    r"z_k = \sum_i w_{ki} a_i + b_k"
    return [total(w[k][i] * a[i] for i in range(len(a))) + b[k] for k in range(len(b))]


@z.matrix
def z(w, a, b):
    r"z = w a + b"
    return w @ a + b


@z.batch
def z(w, a, b):
    r"Z = A w^\top + 1 b^\top"
    return a @ w.T + b


@equation
def delta_w(delta_z, a):
    r"\delta w_{kn} = \delta z_k \, a_n"
    return [[delta_z[k] * a[n] for n in range(len(a))] for k in range(len(delta_z))]


@delta_w.matrix
def delta_w(delta_z, a):
    r"\delta w = \delta z \, a^\top"
    return np.outer(delta_z, a)


@delta_w.batch
def delta_w(delta_z, a):
    r"\delta w = \Delta Z^\top A"
    return delta_z.T @ a


@equation
def delta_a(w, delta_z):
    r"\delta a_k = \sum_i \delta z_i \, w_{ik}"
    return [total(delta_z[i] * w[i][k] for i in range(len(w))) for k in range(len(w[0]))]


@delta_a.matrix
def delta_a(w, delta_z):
    r"\delta a = w^\top \delta z"
    return w.T @ delta_z


@delta_a.batch
def delta_a(w, delta_z):
    r"\Delta A = \Delta Z \, w"
    return delta_z @ w


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


dense = Operation(
    "dense", "(k,i),(i),(k)->(k)", z, (delta_w, delta_a, delta_b), parameters=("w", "b")
)
