r"""Softmax: from scores to probabilities.

Shapes
    z : (k), a : (k); a batch holds the inputs in the rows of Z, (n, k).

Stability
    The scalar form is the textbook quotient.  The matrix form subtracts the largest score first,
    which changes nothing in exact arithmetic and keeps the exponentials from overflowing.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.4.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import exp, total


def exp_of_shifted(z):
    """Return e^(z - max z) along the last axis: the largest exponential is 1."""
    return np.exp(z - z.max(axis=-1, keepdims=True))


@equation
def a(z):
    r"a_k = \frac{e^{z_k}}{\sum_j e^{z_j}}"
    K, S = len(z), total(exp(z_j) for z_j in z)
    return [exp(z[k]) / S for k in range(K)]


@a.matrix
def a(z):
    r"a = \frac{e^z}{1^\top e^z}"
    return exp_of_shifted(z) / exp_of_shifted(z).sum()


@a.batch
def a(z):
    r"A = \frac{e^Z}{e^Z 1 1^\top}"
    return exp_of_shifted(z) / exp_of_shifted(z).sum(axis=-1, keepdims=True)


@equation
def delta_z(delta_a, a):
    r"\delta z_k = a_k \left( \delta a_k - \sum_j \delta a_j \, a_j \right)"
    K = len(a)
    return [a[k] * (delta_a[k] - total(delta_a[j] * a[j] for j in range(K))) for k in range(K)]


@delta_z.matrix
def delta_z(delta_a, a):
    r"\delta z = a \odot (\delta a - \delta a^\top a)"
    return a * (delta_a - delta_a @ a)


@delta_z.batch
def delta_z(delta_a, a):
    r"\Delta Z = A \odot (\Delta A - (\Delta A \odot A) 1 1^\top)"
    return a * (delta_a - (delta_a * a).sum(axis=-1, keepdims=True))


softmax = Operation("softmax", "(k)->(k)", a, (delta_z,))
