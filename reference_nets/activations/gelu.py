r"""Gaussian error linear unit: z times the probability that a standard normal number is below z.

Shapes
    z : (k), a : (k).

Stability
    The scalar form writes the distribution function by erf.  The matrix form takes the
    distribution function itself, because 1 + erf cancels in its lower tail.

Source
    D. Hendrycks and K. Gimpel, Gaussian error linear units (GELUs), arXiv:1606.08415 (2016).
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import erf, exp, number_like, pi, sqrt
from gradcheck.notation.special import ndtr


def normal_density(z):
    r"""Return the density of the standard normal distribution; 2 \pi is 8 times atan(1)."""
    return np.exp(-z * z / 2) / np.sqrt(8 * np.arctan(np.ones_like(z)))


@equation
def h(z):
    r"h(z) = \frac{z}{2} \left( 1 + \mathrm{erf} \frac{z}{\sqrt 2} \right)"
    return z / 2 * (1 + erf(z / sqrt(number_like(z, 2))))


@h.matrix
def h(z):
    r"h(z) = z \, \Phi(z)"
    return z * ndtr(z)


@equation
def h_prime(z):
    r"h'(z) = \frac{1}{2} (1 + \mathrm{erf} \frac{z}{\sqrt 2}) + \frac{z}{\sqrt{2 \pi}} e^{-z^2/2}"
    return (1 + erf(z / sqrt(number_like(z, 2)))) / 2 + z * exp(-z * z / 2) / sqrt(2 * pi(z))


@h_prime.matrix
def h_prime(z):
    r"h'(z) = \Phi(z) + z \, \varphi(z)"
    return ndtr(z) + z * normal_density(z)


gelu = elementwise("gelu", h, h_prime)
