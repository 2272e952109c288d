r"""Scaled exponential linear unit: activations tend to mean 0 and variance 1 over many layers.

Shapes
    z : (k), a : (k).

Convention
    \lambda and \alpha are the double-precision values of the source's constants.
    h'(0) = \lambda \alpha, one of the slopes that are valid at the kink.

Stability
    The scalar form is the textbook difference.  The matrix form takes e^z - 1 as expm1(z), which
    keeps its digits where z is small.

Source
    G. Klambauer, T. Unterthiner, A. Mayr and S. Hochreiter, Self-normalizing neural networks,
    NeurIPS 2017.
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import exp

ALPHA = 1.6732632423543772
LAMBDA = 1.0507009873554805


@equation
def h(z):
    r"h(z) = \lambda z \text{ if } z > 0 \text{ else } \lambda \alpha (e^z - 1)"
    return LAMBDA * z if z > 0 else LAMBDA * (ALPHA * (exp(z) - 1))


@h.matrix
def h(z):
    r"h(z) = \lambda \left( \max(z, 0) + \alpha (e^{\min(z, 0)} - 1) \right)"
    return LAMBDA * (np.maximum(z, 0.0) + ALPHA * np.expm1(np.minimum(z, 0.0)))


@equation
def h_prime(z):
    r"h'(z) = \lambda \text{ if } z > 0 \text{ else } \lambda \alpha e^z"
    return LAMBDA if z > 0 else LAMBDA * (ALPHA * exp(z))


@h_prime.matrix
def h_prime(z):
    r"h'(z) = \lambda \left( [z > 0] + \alpha [z \le 0] \odot e^{\min(z, 0)} \right)"
    return LAMBDA * np.where(z > 0, 1.0, ALPHA * np.exp(np.minimum(z, 0.0)))


selu = elementwise("selu", h, h_prime)
