r"""Softsign: from the real numbers to (-1, 1), with slowly falling tails.

Shapes
    z : (k), a : (k).

Convention
    The slope at zero is 1: the kinks of z and |z| there cancel.

Source
    X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward neural
    networks, AISTATS 2010.
"""

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import absolute


@equation
def h(z):
    r"h(z) = \frac{z}{1 + |z|}"
    return z / (1 + absolute(z))


@h.matrix
def h(z):
    r"h(z) = \frac{z}{1 + |z|}"
    return z / (1 + abs(z))


@equation
def h_prime(z):
    r"h'(z) = \frac{1}{(1 + |z|)^2}"
    return 1 / ((1 + absolute(z)) * (1 + absolute(z)))


@h_prime.matrix
def h_prime(z):
    r"h'(z) = \frac{1}{(1 + |z|)^2}"
    return (1 + abs(z)) ** -2.0


softsign = elementwise("softsign", h, h_prime)
