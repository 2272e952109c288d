r"""Rectified linear unit.

Shapes
    z : (k), a : (k).

Convention
    h'(0) = 0, one of the slopes in [0, 1] that are valid at the kink.

Source
    V. Nair and G. E. Hinton, Rectified linear units improve restricted Boltzmann machines,
    ICML 2010.
"""

import numpy as np

from gradcheck.notation import elementwise, equation


@equation
def h(z):
    r"h(z) = \max(z, 0)"
    return z if z > 0 else 0 * z


@h.matrix
def h(z):
    r"h(z) = \max(z, 0)"
    return np.maximum(z, 0.0)


@equation
def h_prime(z):
    r"h'(z) = 1 \text{ if } z > 0 \text{ else } 0"
    return 1.0 if z > 0 else 0.0


@h_prime.matrix
def h_prime(z):
    r"h'(z) = [z > 0]"
    return np.where(z > 0, 1.0, 0.0)


relu = elementwise("relu", h, h_prime)
