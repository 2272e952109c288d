r"""Hyperbolic tangent: from the real numbers to (-1, 1).

Shapes
    z : (k), a : (k).

Stability
    The scalar form has the textbook derivative 1 - \tanh^2 z.  The matrix form has the equal
    1 / \cosh^2 z, because 1 - a^2 has no correct digit left where a rounds to 1.

Source
    M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964), section 4.5.
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import tanh as scalar_tanh


def one_over_cosh(z):
    """Return 1 / cosh(z) by way of its logarithm: no overflow, no cancellation."""
    return 2 * np.exp(-np.logaddexp(z, -z))


@equation
def h(z):
    r"h(z) = \tanh z"
    return scalar_tanh(z)


@h.matrix
def h(z):
    r"h(z) = \tanh z"
    return np.tanh(z)


@equation
def h_prime(z):
    r"h'(z) = 1 - \tanh^2 z"
    return 1 - scalar_tanh(z) * scalar_tanh(z)


@h_prime.matrix
def h_prime(z):
    r"h'(z) = \frac{1}{\cosh^2 z}"
    return one_over_cosh(z) ** 2


tanh = elementwise("tanh", h, h_prime)
