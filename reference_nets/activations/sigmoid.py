r"""Logistic sigmoid: from the real numbers to (0, 1).

Shapes
    z : (k), a : (k).

Stability
    The scalar form is the textbook fraction.  The matrix form takes the logarithm of the
    denominator, \log(1 + e^{-z}), which neither overflows nor cancels, and h' is the product of
    both tails, because 1 - h(z) has no correct digit left where h(z) rounds to 1.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 4.2.
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import exp


def one_over_one_plus_exp(x):
    """Return 1 / (1 + e^x) by way of its logarithm: no overflow, no cancellation."""
    return np.exp(-np.logaddexp(0.0, x))


@equation
def h(z):
    r"h(z) = \frac{1}{1 + e^{-z}}"
    return 1 / (1 + exp(-z))


@h.matrix
def h(z):
    r"h(z) = e^{-\log(1 + e^{-z})}"
    return one_over_one_plus_exp(-z)


@equation
def h_prime(z):
    r"h'(z) = \frac{e^{-z}}{(1 + e^{-z})^2}"
    return exp(-z) / ((1 + exp(-z)) * (1 + exp(-z)))


@h_prime.matrix
def h_prime(z):
    r"h'(z) = h(z) \, h(-z)"
    return one_over_one_plus_exp(-z) * one_over_one_plus_exp(z)


sigmoid = elementwise("sigmoid", h, h_prime)
