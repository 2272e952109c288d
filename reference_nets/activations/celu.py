r"""Continuously differentiable exponential linear unit: the slope at zero is 1 for every \alpha.

Shapes
    z : (k), a : (k).

Stability
    The scalar form is the textbook difference.  The matrix form takes e^x - 1 as expm1(x), which
    keeps its digits where x is small.

Source
    J. T. Barron, Continuously differentiable exponential linear units, arXiv:1704.07483 (2017).
"""

import numpy as np

from gradcheck.notation import Activation, elementwise, equation
from gradcheck.notation.scalar import exp


def celu(alpha: float = 1.0) -> Activation:
    r"""Declare the activation with the limit -\alpha; for \alpha = 1 it is the ELU.

    Parameters
    ----------
    alpha : float
        The value at which the unit saturates, with its sign changed; positive.

    Raises
    ------
    ValueError
        If alpha is not positive.

    Examples
    --------
    >>> celu(alpha=2.0)([-1000.0, 3.0])
    array([-2.,  3.])
    """
    if not alpha > 0:
        raise ValueError(f"alpha = {alpha}: the unit saturates at -alpha only if it is positive")

    @equation
    def h(z):
        r"h(z) = z \text{ if } z > 0 \text{ else } \alpha (e^{z / \alpha} - 1)"
        return z if z > 0 else alpha * (exp(z / alpha) - 1)

    @h.matrix
    def h(z):
        r"h(z) = \max(z, 0) + \alpha (e^{\min(z, 0) / \alpha} - 1)"
        return np.maximum(z, 0.0) + alpha * np.expm1(np.minimum(z, 0.0) / alpha)

    @equation
    def h_prime(z):
        r"h'(z) = 1 \text{ if } z > 0 \text{ else } e^{z / \alpha}"
        return 1.0 if z > 0 else exp(z / alpha)

    @h_prime.matrix
    def h_prime(z):
        r"h'(z) = e^{\min(z, 0) / \alpha}"
        return np.exp(np.minimum(z, 0.0) / alpha)

    option = "" if alpha == 1 else f", alpha {alpha:g}"
    return elementwise(f"celu{option}", h, h_prime)
