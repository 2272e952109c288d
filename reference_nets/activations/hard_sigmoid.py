r"""Hard sigmoid: the logistic sigmoid, approximated by three straight lines.

Shapes
    z : (k), a : (k).

Convention
    Bends at -3 and 3; other sources bend at -2.5 and 2.5, or at -1 and 1.  h'(-3) = h'(3) = 0, one
    of the slopes in [0, 1/6] that are valid at the kinks.

Source
    A. Howard et al., Searching for MobileNetV3, ICCV 2019, section 5.2.
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import maximum, minimum, number_like


@equation
def h(z):
    r"h(z) = \frac{\min(\max(z + 3, 0), 6)}{6}"
    return minimum(maximum(z + 3, number_like(z, 0)), number_like(z, 6)) / 6


@h.matrix
def h(z):
    r"h(z) = \frac{\mathrm{clip}(z + 3, 0, 6)}{6}"
    return np.clip(z + 3, 0.0, 6.0) / 6


@equation
def h_prime(z):
    r"h'(z) = \frac{1}{6} \text{ if } -3 < z < 3 \text{ else } 0"
    return number_like(z, 1) / 6 if -3 < z < 3 else 0.0


@h_prime.matrix
def h_prime(z):
    r"h'(z) = \frac{1}{6} [|z| < 3]"
    return np.where(abs(z) < 3, np.ones_like(z), 0.0) / 6


hard_sigmoid = elementwise("hard sigmoid", h, h_prime)
