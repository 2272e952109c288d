r"""Log-softmax: from scores to logarithms of probabilities.

Shapes
    z : (k), a : (k); a batch holds the inputs in the rows of Z, (n, k).

Stability
    The scalar form is the textbook difference.  The matrix form subtracts the largest score first,
    which changes nothing in exact arithmetic and keeps the exponentials from overflowing.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.4.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import exp, log, total


def shifted(z):
    """Return z - max z along the last axis: log-softmax is the same, and nothing overflows."""
    return z - z.max(axis=-1, keepdims=True)


def log_sum_exp(z):
    """Return the logarithm of the sum of exponentials along the last axis, which stays."""
    return np.log(np.exp(z).sum(axis=-1, keepdims=True))


@equation
def a(z):
    r"a_k = z_k - \log \sum_j e^{z_j}"
    return [z[k] - log(total(exp(z_j) for z_j in z)) for k in range(len(z))]


@a.matrix
def a(z):
    r"a = z - \log 1^\top e^z"
    return shifted(z) - log_sum_exp(shifted(z))


@a.batch
def a(z):
    r"A = Z - \log e^Z 1 1^\top"
    return shifted(z) - log_sum_exp(shifted(z))


@equation
def delta_z(delta_a, z):
    r"\delta z_k = \delta a_k - \frac{e^{z_k}}{\sum_j e^{z_j}} \sum_j \delta a_j"
    K, S = len(z), total(exp(z_j) for z_j in z)
    return [delta_a[k] - exp(z[k]) / S * total(delta_a[j] for j in range(K)) for k in range(K)]


@delta_z.matrix
def delta_z(delta_a, z):
    r"\delta z = \delta a - e^{\log \mathrm{softmax} \, z} \, 1^\top \delta a"
    return delta_a - np.exp(shifted(z) - log_sum_exp(shifted(z))) * delta_a.sum()


@delta_z.batch
def delta_z(delta_a, z):
    r"\Delta Z = \Delta A - e^{\log \mathrm{softmax} \, Z} \odot \Delta A 1 1^\top"
    weight = np.exp(shifted(z) - log_sum_exp(shifted(z)))
    return delta_a - weight * delta_a.sum(axis=-1, keepdims=True)


log_softmax = Operation("log-softmax", "(k)->(k)", a, (delta_z,))
