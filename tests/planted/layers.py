"""Right operations that write the index n of a batch out in all their forms.

In the catalogue a scalar form sees one input at a time, so that a mistake about the batch cannot
be made in it.  Here it can.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total


@equation
def E(y, t):
    r"""E = \frac{1}{2N} \sum_{nk} (y_{nk} - t_{nk})^2"""
    N, K = len(y), len(y[0])
    return total((y[n][k] - t[n][k]) * (y[n][k] - t[n][k]) for n in range(N) for k in range(K)) / (
        2 * N
    )


@E.matrix
def E(y, t):
    r"""E = \frac{1}{2N} \| Y - T \|^2"""
    return np.sum((y - t) ** 2) / (2 * len(y))


@equation
def delta_y(delta_E, y, t):
    r"""\delta y_{nk} = \frac{\delta E}{N} \, (y_{nk} - t_{nk})"""
    N, K = len(y), len(y[0])
    return [[delta_E * (y[n][k] - t[n][k]) / N for k in range(K)] for n in range(N)]


@delta_y.matrix
def delta_y(delta_E, y, t):
    r"""\Delta Y = \frac{\delta E}{N} \, (Y - T)"""
    return delta_E / len(y) * (y - t)


mean_squared_error = Operation(
    "mean squared error", "(n,k),(n,k)->()", E, (delta_y,), constants=("t",)
)


@equation
def z(a, b):
    r"""z_{nk} = a_{nk} + b_k"""
    return [[a[n][k] + b[k] for k in range(len(b))] for n in range(len(a))]


@z.matrix
def z(a, b):
    r"""Z = A + 1 b^\top"""
    return a + b


@equation
def delta_a(delta_z):
    r"""\delta a_{nk} = \delta z_{nk}"""
    return delta_z


@delta_a.matrix
def delta_a(delta_z):
    r"""\Delta A = \Delta Z"""
    return delta_z


@equation
def delta_b(delta_z):
    r"""\delta b_k = \sum_n \delta z_{nk}"""
    return [total(row[k] for row in delta_z) for k in range(len(delta_z[0]))]


@delta_b.matrix
def delta_b(delta_z):
    r"""\delta b = \Delta Z^\top 1"""
    return delta_z.sum(axis=0)


bias_of_rows = Operation("bias of rows", "(n,k),(k)->(n,k)", z, (delta_a, delta_b))
