r"""Leaky rectified linear unit: a small slope to the left of zero.

Shapes
    z : (k), a : (k).

Convention
    h'(0) = \alpha, one of the slopes between \alpha and 1 that are valid at the kink.

Source
    A. L. Maas, A. Y. Hannun and A. Y. Ng, Rectifier nonlinearities improve neural network acoustic
    models, ICML 2013 workshop on deep learning for audio, speech and language processing.
"""

import numpy as np

from gradcheck.notation import Activation, elementwise, equation


def leaky_relu(alpha: float = 0.01) -> Activation:
    r"""Declare the activation with the slope \alpha to the left of zero.

    Parameters
    ----------
    alpha : float
        The slope.

    Examples
    --------
    >>> leaky_relu(alpha=0.5)([-2.0, 2.0])
    array([-1.,  2.])
    """

    @equation
    def h(z):
        r"h(z) = z \text{ if } z > 0 \text{ else } \alpha z"
        return z if z > 0 else alpha * z

    @h.matrix
    def h(z):
        r"h(z) = \max(z, 0) + \alpha \min(z, 0)"
        return np.maximum(z, 0.0) + alpha * np.minimum(z, 0.0)

    @equation
    def h_prime(z):
        r"h'(z) = 1 \text{ if } z > 0 \text{ else } \alpha"
        return 1.0 if z > 0 else alpha

    @h_prime.matrix
    def h_prime(z):
        r"h'(z) = [z > 0] + \alpha [z \le 0]"
        return np.where(z > 0, 1.0, alpha)

    return elementwise(
        "leaky relu" if alpha == 0.01 else f"leaky relu, slope {alpha:g}", h, h_prime
    )
