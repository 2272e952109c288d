r"""Gaussian error linear unit, its approximation by the hyperbolic tangent.

Shapes
    z : (k), a : (k).

Convention
    A function of its own, which differs from the GELU by up to about 5e-4.

Stability
    The scalar form is the textbook sum.  The matrix form writes (1 + \tanh u) / 2 as the logistic
    sigmoid \sigma(2u), because the sum cancels where \tanh u is close to -1.

Source
    D. Hendrycks and K. Gimpel, Gaussian error linear units (GELUs), arXiv:1606.08415 (2016).
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import pi, sqrt, tanh
from reference_nets.activations.sigmoid import one_over_one_plus_exp

CUBIC = 0.044715


def argument(z):
    r"""Return 2u = \sqrt{8 / \pi} (z + c z^3); \pi is 4 times atan(1)."""
    return np.sqrt(2 / np.arctan(np.ones_like(z))) * (z + CUBIC * z**3)


def slope_of_argument(z):
    r"""Return the derivative of 2u."""
    return np.sqrt(2 / np.arctan(np.ones_like(z))) * (1 + CUBIC * (3 * z**2))


@equation
def h(z):
    r"h(z) = \frac{z}{2} (1 + \tanh u), \quad u = \sqrt{2 / \pi} \, (z + c z^3)"
    u = sqrt(2 / pi(z)) * (z + CUBIC * z * z * z)
    return z / 2 * (1 + tanh(u))


@h.matrix
def h(z):
    r"h(z) = z \, \sigma(2u)"
    return z * one_over_one_plus_exp(-argument(z))


@equation
def h_prime(z):
    r"h'(z) = \frac{1 + \tanh u}{2} + \frac{z}{2} (1 - \tanh^2 u) \sqrt{2 / \pi} \, (1 + 3 c z^2)"
    u = sqrt(2 / pi(z)) * (z + CUBIC * z * z * z)
    u_prime = sqrt(2 / pi(z)) * (1 + CUBIC * (3 * z * z))
    return (1 + tanh(u)) / 2 + z / 2 * (1 - tanh(u) * tanh(u)) * u_prime


@h_prime.matrix
def h_prime(z):
    r"h'(z) = \sigma(2u) \left( 1 + z \, \sigma(-2u) \, 2u' \right)"
    return one_over_one_plus_exp(-argument(z)) * (
        1 + z * one_over_one_plus_exp(argument(z)) * slope_of_argument(z)
    )


gelu_tanh_form = elementwise("gelu tanh form", h, h_prime)
