r"""Mish: z times the hyperbolic tangent of its softplus.

Shapes
    z : (k), a : (k).

Stability
    The scalar form is the textbook composition.  The matrix form takes \log(1 + e^z) by logaddexp,
    which does not overflow and keeps its digits where e^z is small.

Source
    D. Misra, Mish: a self regularized non-monotonic activation function, BMVC 2020.
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import exp, log, tanh


def softplus(z):
    r"""Return \log(1 + e^z) without overflow or cancellation."""
    return np.logaddexp(0.0, z)


@equation
def h(z):
    r"h(z) = z \tanh \log(1 + e^z)"
    return z * tanh(log(1 + exp(z)))


@h.matrix
def h(z):
    r"h(z) = z \odot \tanh s, \quad s = \log(1 + e^z)"
    return z * np.tanh(softplus(z))


@equation
def h_prime(z):
    r"h'(z) = t + \frac{z (1 - t^2)}{1 + e^{-z}}, \quad t = \tanh \log(1 + e^z)"
    t = tanh(log(1 + exp(z)))
    return t + z * (1 - t * t) / (1 + exp(-z))


@h_prime.matrix
def h_prime(z):
    r"h'(z) = \tanh s + z \, e^{-\log(1 + e^{-z})} \odot (1 - \tanh^2 s), \quad s = \log(1 + e^z)"
    return np.tanh(softplus(z)) + z * np.exp(-softplus(-z)) * (1 - np.tanh(softplus(z)) ** 2)


mish = elementwise("mish", h, h_prime)
