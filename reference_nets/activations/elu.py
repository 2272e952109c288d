r"""Exponential linear unit: saturates at -\alpha to the left of zero.

Shapes
    z : (k), a : (k).

Convention
    h'(0) = \alpha; for \alpha = 1 the slope is continuous there, for another it is one of those
    that are valid at the kink.

Stability
    The scalar form is the textbook difference.  The matrix form takes e^z - 1 as expm1(z), which
    keeps its digits where z is small.

Source
    D.-A. Clevert, T. Unterthiner and S. Hochreiter, Fast and accurate deep network learning by
    exponential linear units (ELUs), ICLR 2016.
"""

import numpy as np

from gradcheck.notation import Activation, elementwise, equation
from gradcheck.notation.scalar import exp


def elu(alpha: float = 1.0) -> Activation:
    r"""Declare the activation with the limit -\alpha.

    Parameters
    ----------
    alpha : float
        The value at which the unit saturates, with its sign changed.

    Examples
    --------
    >>> elu(alpha=2.0)([-1000.0, 3.0])
    array([-2.,  3.])
    """

    @equation
    def h(z):
        r"h(z) = z \text{ if } z > 0 \text{ else } \alpha (e^z - 1)"
        return z if z > 0 else alpha * (exp(z) - 1)

    @h.matrix
    def h(z):
        r"h(z) = \max(z, 0) + \alpha (e^{\min(z, 0)} - 1)"
        return np.maximum(z, 0.0) + alpha * np.expm1(np.minimum(z, 0.0))

    @equation
    def h_prime(z):
        r"h'(z) = 1 \text{ if } z > 0 \text{ else } \alpha e^z"
        return 1.0 if z > 0 else alpha * exp(z)

    @h_prime.matrix
    def h_prime(z):
        r"h'(z) = [z > 0] + \alpha [z \le 0] \odot e^{\min(z, 0)}"
        return np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0.0)))

    option = "" if alpha == 1 else f", alpha {alpha:g}"
    return elementwise(f"elu{option}", h, h_prime)
