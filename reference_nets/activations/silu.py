r"""Sigmoid linear unit, also called swish: z times its logistic sigmoid.

Shapes
    z : (k), a : (k).

Stability
    The scalar form is the textbook fraction.  The matrix form takes the logarithm of the
    denominator, which neither overflows nor cancels, and 1 - \sigma(z) as \sigma(-z).

Source
    S. Elfwing, E. Uchibe and K. Doya, Sigmoid-weighted linear units for neural network function
    approximation in reinforcement learning, Neural Networks 107 (2018), 3-11.
"""

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import exp
from reference_nets.activations.sigmoid import one_over_one_plus_exp


@equation
def h(z):
    r"h(z) = \frac{z}{1 + e^{-z}}"
    return z / (1 + exp(-z))


@h.matrix
def h(z):
    r"h(z) = z \, \sigma(z)"
    return z * one_over_one_plus_exp(-z)


@equation
def h_prime(z):
    r"h'(z) = \frac{1}{1 + e^{-z}} \left( 1 + z \left( 1 - \frac{1}{1 + e^{-z}} \right) \right)"
    return 1 / (1 + exp(-z)) * (1 + z * (1 - 1 / (1 + exp(-z))))


@h_prime.matrix
def h_prime(z):
    r"h'(z) = \sigma(z) \left( 1 + z \, \sigma(-z) \right)"
    return one_over_one_plus_exp(-z) * (1 + z * one_over_one_plus_exp(z))


silu = elementwise("silu", h, h_prime)
