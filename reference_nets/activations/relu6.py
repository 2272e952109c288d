r"""Rectified linear unit, cut off at 6.

Shapes
    z : (k), a : (k).

Convention
    h'(0) = h'(6) = 0, one of the slopes in [0, 1] that are valid at the kinks.

Source
    A. Krizhevsky, Convolutional deep belief networks on CIFAR-10, unpublished manuscript (2010).
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import maximum, minimum, number_like


@equation
def h(z):
    r"h(z) = \min(\max(z, 0), 6)"
    return minimum(maximum(z, number_like(z, 0)), number_like(z, 6))


@h.matrix
def h(z):
    r"h(z) = \mathrm{clip}(z, 0, 6)"
    return np.clip(z, 0.0, 6.0)


@equation
def h_prime(z):
    r"h'(z) = 1 \text{ if } 0 < z < 6 \text{ else } 0"
    return 1.0 if 0 < z < 6 else 0.0


@h_prime.matrix
def h_prime(z):
    r"h'(z) = [0 < z] \odot [z < 6]"
    return np.where((z > 0) & (z < 6), 1.0, 0.0)


relu6 = elementwise("relu6", h, h_prime)
