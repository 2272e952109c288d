r"""Identity: the activation of a linear unit.

Shapes
    z : (k), a : (k).

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 5.2.
"""

import numpy as np

from gradcheck.notation import elementwise, equation


@equation
def h(z):
    r"h(z) = z"
    return z


@h.matrix
def h(z):
    r"h(z) = z"
    return z


@equation
def h_prime(z):
    r"h'(z) = 1"
    return 1.0


@h_prime.matrix
def h_prime(z):
    r"h'(z) = 1"
    return np.ones_like(z)


identity = elementwise("identity", h, h_prime)
