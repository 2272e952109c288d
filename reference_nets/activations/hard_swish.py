r"""Hard swish: z times its hard sigmoid.

Shapes
    z : (k), a : (k).

Convention
    h'(-3) = 0 and h'(3) = 1, the outer slopes, which are valid at the kinks.

Source
    A. Howard et al., Searching for MobileNetV3, ICCV 2019, section 5.2.
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.scalar import maximum, minimum, number_like


@equation
def h(z):
    r"h(z) = z \, \frac{\min(\max(z + 3, 0), 6)}{6}"
    return z * minimum(maximum(z + 3, number_like(z, 0)), number_like(z, 6)) / 6


@h.matrix
def h(z):
    r"h(z) = z \odot \frac{\mathrm{clip}(z + 3, 0, 6)}{6}"
    return z * np.clip(z + 3, 0.0, 6.0) / 6


@equation
def h_prime(z):
    r"h'(z) = 0 \text{ if } z \le -3, \; 1 \text{ if } z \ge 3, \text{ else } \frac{2z + 3}{6}"
    return 0.0 if z <= -3 else 1.0 if z >= 3 else (2 * z + 3) / 6


@h_prime.matrix
def h_prime(z):
    r"h'(z) = [z \ge 3] + [|z| < 3] \odot \frac{2z + 3}{6}"
    return np.where(abs(z) < 3, (2 * z + 3) / 6, np.where(z >= 3, 1.0, 0.0))


hard_swish = elementwise("hard swish", h, h_prime)
