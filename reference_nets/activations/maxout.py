r"""Maxout: each unit passes on the largest of its pieces.

Shapes
    z : (k, j), a : (k); unit k has the pieces z_k1, ..., z_kJ.  A batch holds the inputs along the
    first axis of Z, (n, k, j).

Convention
    Of equal largest pieces the first one takes the whole cotangent, which is one of the
    subgradients that are valid at the tie.

Source
    I. J. Goodfellow, D. Warde-Farley, M. Mirza, A. Courville and Y. Bengio, Maxout networks,
    ICML 2013.
"""

import numpy as np

from gradcheck.notation import Operation, equation


def first_largest(z):
    """Return 1 at the first largest entry along the last axis, and 0 elsewhere."""
    return np.arange(z.shape[-1]) == z.argmax(axis=-1)[..., np.newaxis]


@equation
def a(z):
    r"a_k = \max_j z_{kj}"
    return [max(z[k]) for k in range(len(z))]


@a.matrix
def a(z):
    r"a = \max_j z_{\cdot j}"
    return z.max(axis=-1)


@a.batch
def a(z):
    r"A = \max_j Z_{\cdot \cdot j}"
    return z.max(axis=-1)


@equation
def delta_z(delta_a, a, z):
    r"\delta z_{kj} = \delta a_k \text{ if } j = \min \{ i : z_{ki} = a_k \} \text{ else } 0"
    K, J = len(z), len(z[0])
    return [[delta_a[k] if j == z[k].index(a[k]) else 0.0 for j in range(J)] for k in range(K)]


@delta_z.matrix
def delta_z(delta_a, a, z):
    r"\delta z_{\cdot j} = \delta a \odot [j = \mathrm{argmax}_i \, z_{\cdot i}]"
    return np.where(first_largest(z), delta_a[:, np.newaxis], 0.0)


@delta_z.batch
def delta_z(delta_a, a, z):
    r"\Delta Z_{\cdot \cdot j} = \Delta A \odot [j = \mathrm{argmax}_i \, Z_{\cdot \cdot i}]"
    return np.where(first_largest(z), delta_a[:, :, np.newaxis], 0.0)


maxout = Operation("maxout", "(k,j)->(k)", a, (delta_z,))
