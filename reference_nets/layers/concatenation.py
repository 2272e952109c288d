r"""Concatenation: the entries of one vector, then those of another.

Shapes
    a : (i), b : (j), c : (k), k = i + j; a batch holds the inputs in the rows of A, (n, i), and B,
    (n, j).

Source
    G. Huang, Z. Liu, L. van der Maaten and K. Q. Weinberger, Densely connected convolutional
    networks, CVPR 2017, section 3, where the maps of all earlier layers are concatenated.
"""

import numpy as np

from gradcheck.notation import Operation, equation


@equation
def c(a, b):
    r"c_k = a_k \text{ if } k < I \text{ else } b_{k - I}"
    I, J = len(a), len(b)
    return [a[k] if k < I else b[k - I] for k in range(I + J)]


@c.matrix
def c(a, b):
    r"c = (a, b)"
    return np.concatenate((a, b))


@c.batch
def c(a, b):
    r"C_n = (A_n, B_n)"
    return np.concatenate((a, b), axis=-1)


@equation
def delta_a(delta_c, a):
    r"\delta a_i = \delta c_i"
    return [delta_c[i] for i in range(len(a))]


@delta_a.matrix
def delta_a(delta_c, a):
    r"\delta a = \delta c_{0 : I}"
    return delta_c[: len(a)]


@delta_a.batch
def delta_a(delta_c, a):
    r"\Delta A = \Delta C_{\cdot, \, 0 : I}"
    return delta_c[:, : a.shape[-1]]


@equation
def delta_b(delta_c, a, b):
    r"\delta b_j = \delta c_{I + j}"
    return [delta_c[len(a) + j] for j in range(len(b))]


@delta_b.matrix
def delta_b(delta_c, a, b):
    r"\delta b = \delta c_{I : I + J}"
    return delta_c[len(a) :]


@delta_b.batch
def delta_b(delta_c, a, b):
    r"\Delta B = \Delta C_{\cdot, \, I : I + J}"
    return delta_c[:, a.shape[-1] :]


concatenation = Operation(
    "concatenation", "(i),(j)->(k)", c, (delta_a, delta_b), extents={"k": lambda i, j: i + j}
)
