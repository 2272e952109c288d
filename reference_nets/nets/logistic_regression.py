r"""Logistic regression of targets that are 0 or 1, **averaged** over inputs.

    z = w^\top x + b,   \delta w = \delta z \, x,   \delta b = \delta z

The probability of t = 1 is y = \frac{1}{1 + e^{-z}}, and E is the cross-entropy.

Shapes
    w : (i), b : (), x : (i), t : (), E : (); a batch holds the inputs in the rows of X, (n, i), and
    the targets in t, (n).

Stability
    The scalar form is the textbook sum of two logarithms.  The matrix form uses that t is 0 or 1:
    with the sign \varsigma = 1 - 2 t the error is \log(1 + e^{\varsigma z}), and y - t is
    \varsigma / (1 + e^{-\varsigma z}), which neither overflow nor cancel.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.2.
"""

import numpy as np

from gradcheck.notation import Binary, equation
from gradcheck.notation.scalar import exp, log
from reference_nets.activations.sigmoid import one_over_one_plus_exp
from reference_nets.nets.generalised_linear_model import generalised_linear_model


def residual(z, t):
    """Return y - t, the distance of a probability from 0 or 1, as the small number it may be."""
    return (1 - 2 * t) * one_over_one_plus_exp((2 * t - 1) * z)


@equation
def E(z, t):
    r"E = -t \log \frac{1}{1 + e^{-z}} - (1 - t) \log \frac{1}{1 + e^z}"
    return -t * log(1 / (1 + exp(-z))) - (1 - t) * log(1 / (1 + exp(z)))


@E.matrix
def E(z, t):
    r"E = \log(1 + e^{(1 - 2 t) z})"
    return np.logaddexp(0.0, (1 - 2 * t) * z)


@E.batch
def E(z, t):
    r"E = \frac{1}{N} \sum_n \log(1 + e^{(1 - 2 t_n) z_n})"
    return np.logaddexp(0.0, (1 - 2 * t) * z).sum() / len(z)


@equation
def delta_z(delta_E, z, t):
    r"\delta z = \delta E \left( \frac{1}{1 + e^{-z}} - t \right)"
    return delta_E * (1 / (1 + exp(-z)) - t)


@delta_z.matrix
def delta_z(delta_E, z, t):
    r"\delta z = \delta E \, (y - t)"
    return delta_E * residual(z, t)


@delta_z.batch
def delta_z(delta_E, z, t):
    r"\delta z = \frac{\delta E}{N} \, (y - t)"
    return delta_E / len(z) * residual(z, t)


logistic_regression = generalised_linear_model(
    "logistic regression", E, delta_z, batch="mean", targets=Binary()
)
