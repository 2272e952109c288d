r"""Focal loss of the logits z for the binary targets t, **averaged** over inputs.

Shapes
    z : (k), t : (k), E : (); a batch holds the inputs in the rows of Z and T, (n, k).

Convention
    With p the probability that sigmoid(z) gives to the target, the cross-entropy -\log p is
    multiplied by (1 - p)^\gamma, so that what is easy counts little, and by \alpha or 1 - \alpha
    for a positive or negative target.  Summed over the k independent outputs of an input, averaged
    over the n inputs of a batch.

Stability
    The scalar form is the textbook formula.  The matrix form takes p and 1 - p as the two tails
    \sigma(s) and \sigma(-s) of s = (2 t - 1) z, so that neither loses its digits.

Source
    T.-Y. Lin, P. Goyal, R. Girshick, K. He and P. Dollár, Focal loss for dense object detection,
    ICCV 2017.
"""

import numpy as np

from gradcheck.notation import Binary, equation, separable
from gradcheck.notation.scalar import exp, log
from reference_nets.losses.logits import log_sigmoid, sigmoid


def signed(z, t):
    """Return z for a positive target and -z for a negative one: the logit of the target."""
    return (2 * t - 1) * z


def probability(z, t):
    """Return the probability of the target."""
    return 1 / (1 + exp(-z)) if t == 1 else 1 / (1 + exp(z))


def focal_loss(focus=2.0, balance=0.25):
    r"""Return the focal loss.

    Parameters
    ----------
    focus : float
        The exponent \gamma, 0 or more.
    balance : float
        The weight \alpha of positive targets, between 0 and 1.

    Examples
    --------
    >>> print(focal_loss())
    focal loss, focus 2, balance 0.25: E(z, t), (k),(k)->()
    """
    gamma, alpha = focus, balance

    def weight_of(t):
        return alpha if t == 1 else 1 - alpha

    @equation
    def ell(z, t):
        r"\ell(z, t) = -\alpha_t (1 - p)^\gamma \log p"
        p = probability(z, t)
        return -weight_of(t) * (1 - p) ** gamma * log(p)

    @ell.matrix
    def ell(z, t):
        r"\ell(z, t) = -\alpha_t \, \sigma(-s)^\gamma \log \sigma(s)"
        s, alpha_t = signed(z, t), np.where(t == 1, alpha, 1 - alpha)
        return -alpha_t * np.exp(gamma * log_sigmoid(-s)) * log_sigmoid(s)

    @equation
    def ell_z(z, t):
        r"\frac{\partial \ell}{\partial z} = \pm \alpha_t (1 - p)^\gamma (\gamma p \log p + p - 1)"
        p, sign = probability(z, t), 1 if t == 1 else -1
        return sign * weight_of(t) * (1 - p) ** gamma * (gamma * p * log(p) + p - 1)

    @ell_z.matrix
    def ell_z(z, t):
        r"\frac{\partial \ell}{\partial z} = \pm \alpha_t q^\gamma (\gamma p \log p - q), q = 1 - p"
        s, alpha_t = signed(z, t), np.where(t == 1, alpha, 1 - alpha)
        p, q = sigmoid(s), sigmoid(-s)
        slope = gamma * p * log_sigmoid(s) - q
        return (2 * t - 1) * alpha_t * np.exp(gamma * log_sigmoid(-s)) * slope

    return separable(
        f"focal loss, focus {focus:g}, balance {balance:g}", ell, ell_z, domain={"t": Binary()}
    )
