r"""Softplus: a smooth rectifier, whose slope is the logistic sigmoid.

Shapes
    z : (k), a : (k).

Stability
    The scalar form is the textbook logarithm.  The matrix form takes it by logaddexp, which does
    not overflow and keeps its digits where e^z is small.

Source
    C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau and R. Garcia, Incorporating second-order functional
    knowledge for better option pricing, NeurIPS 2000.
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import exp, log


@equation
def h(z):
    r"h(z) = \log(1 + e^z)"
    return log(1 + exp(z))


@h.matrix
def h(z):
    r"h(z) = \log(e^0 + e^z)"
    return np.logaddexp(0.0, z)


@equation
def h_prime(z):
    r"h'(z) = \frac{1}{1 + e^{-z}}"
    return 1 / (1 + exp(-z))


@h_prime.matrix
def h_prime(z):
    r"h'(z) = e^{-\log(1 + e^{-z})}"
    return np.exp(-np.logaddexp(0.0, -z))


softplus = elementwise("softplus", h, h_prime)
