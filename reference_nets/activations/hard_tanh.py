r"""Hard hyperbolic tangent: the identity, cut off at -1 and 1.

Shapes
    z : (k), a : (k).

Convention
    h'(-1) = h'(1) = 0, one of the slopes in [0, 1] that are valid at the kinks.

Source
    R. Collobert, Large scale machine learning, doctoral thesis, Université Paris VI (2004).
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import maximum, minimum, number_like


@equation
def h(z):
    r"h(z) = \min(\max(z, -1), 1)"
    return minimum(maximum(z, number_like(z, -1)), number_like(z, 1))


@h.matrix
def h(z):
    r"h(z) = \mathrm{clip}(z, -1, 1)"
    return np.clip(z, -1.0, 1.0)


@equation
def h_prime(z):
    r"h'(z) = 1 \text{ if } -1 < z < 1 \text{ else } 0"
    return 1.0 if -1 < z < 1 else 0.0


@h_prime.matrix
def h_prime(z):
    r"h'(z) = [|z| < 1]"
    return np.where(abs(z) < 1, 1.0, 0.0)


hard_tanh = elementwise("hard tanh", h, h_prime)
