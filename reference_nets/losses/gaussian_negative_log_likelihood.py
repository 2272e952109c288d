r"""Negative log-likelihood of t under normal distributions, **averaged** over inputs.

Shapes
    y : (k), v : (k), t : (k), E : (); a batch holds the inputs in the rows of Y, V and T, (n, k).

Convention
    y is the mean and v the variance, each predicted for every output.  The term \log(2 \pi) / 2 is
    left out.  Summed over the k outputs of an input, averaged over the n inputs of a batch.

Source
    D. A. Nix and A. S. Weigend, Estimating the mean and variance of the target probability
    distribution, IEEE International Conference on Neural Networks 1994.
"""

import numpy as np

from gradcheck.notation import POSITIVE, equation, separable
from gradcheck.notation.scalar import log


@equation
def ell(y, v, t):
    r"\ell(y, v, t) = \frac{1}{2} \left( \log v + \frac{(y - t)^2}{v} \right)"
    return (log(v) + (y - t) * (y - t) / v) / 2


@ell.matrix
def ell(y, v, t):
    r"\ell(y, v, t) = \frac{1}{2} \left( \log v + \frac{(y - t)^2}{v} \right)"
    return (np.log(v) + (y - t) ** 2 / v) / 2


@equation
def ell_y(y, v, t):
    r"\frac{\partial \ell}{\partial y} = \frac{y - t}{v}"
    return (y - t) / v


@ell_y.matrix
def ell_y(y, v, t):
    r"\frac{\partial \ell}{\partial y} = \frac{y - t}{v}"
    return (y - t) / v


@equation
def ell_v(y, v, t):
    r"\frac{\partial \ell}{\partial v} = \frac{1}{2 v} \left( 1 - \frac{(y - t)^2}{v} \right)"
    return (1 - (y - t) * (y - t) / v) / (2 * v)


@ell_v.matrix
def ell_v(y, v, t):
    r"\frac{\partial \ell}{\partial v} = \frac{1}{2 v} \left( 1 - \frac{(y - t)^2}{v} \right)"
    return (1 - (y - t) ** 2 / v) / (2 * v)


@equation
def ell_t(y, v, t):
    r"\frac{\partial \ell}{\partial t} = \frac{t - y}{v}"
    return (t - y) / v


@ell_t.matrix
def ell_t(y, v, t):
    r"\frac{\partial \ell}{\partial t} = \frac{t - y}{v}"
    return (t - y) / v


gaussian_negative_log_likelihood = separable(
    "Gaussian negative log-likelihood", ell, ell_y, ell_v, ell_t, domain={"v": POSITIVE}
)
