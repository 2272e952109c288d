r"""Logarithm of the hyperbolic cosine of the residuals y - t, **averaged** over inputs.

Shapes
    y : (k), t : (k), E : (); a batch holds the inputs in the rows of Y and T, (n, k).

Convention
    Summed over the k outputs of an input, averaged over the n inputs of a batch.  Near half the
    square for small residuals, near |y - t| - \log 2 for large ones.

Stability
    The scalar form is the textbook logarithm of exponentials.  The matrix form takes
    \log(1 + \sinh^2 r) / 2 up to |r| = 1, which keeps its digits where the loss vanishes, and
    |r| + \log(1 + e^{-2 |r|}) - \log 2 beyond, which does not overflow.

Source
    P. J. Green, Bayesian reconstructions from emission tomography data using a modified EM
    algorithm, IEEE Transactions on Medical Imaging 9 (1990), 84-93.
"""

import numpy as np

from gradcheck.notation import equation, separable
from gradcheck.notation.scalar import exp, log


def log_cosh_of(r):
    """Return log cosh r: by the hyperbolic sine for small r, by its asymptote for large r."""
    near = np.log1p(np.sinh(np.clip(r, -1.0, 1.0)) ** 2) / 2
    far = np.abs(r) + np.log1p(np.exp(-2 * np.abs(r))) - np.log(np.full_like(r, 2.0))
    return np.where(np.abs(r) < 1, near, far)


@equation
def ell(y, t):
    r"\ell(y, t) = \log \frac{e^{y - t} + e^{t - y}}{2}"
    return log((exp(y - t) + exp(t - y)) / 2)


@ell.matrix
def ell(y, t):
    r"\ell(y, t) = \log \cosh(y - t)"
    return log_cosh_of(y - t)


@equation
def ell_y(y, t):
    r"\frac{\partial \ell}{\partial y} = \frac{e^{y - t} - e^{t - y}}{e^{y - t} + e^{t - y}}"
    return (exp(y - t) - exp(t - y)) / (exp(y - t) + exp(t - y))


@ell_y.matrix
def ell_y(y, t):
    r"\frac{\partial \ell}{\partial y} = \tanh(y - t)"
    return np.tanh(y - t)


@equation
def ell_t(y, t):
    r"\frac{\partial \ell}{\partial t} = \frac{e^{t - y} - e^{y - t}}{e^{t - y} + e^{y - t}}"
    return (exp(t - y) - exp(y - t)) / (exp(t - y) + exp(y - t))


@ell_t.matrix
def ell_t(y, t):
    r"\frac{\partial \ell}{\partial t} = \tanh(t - y)"
    return np.tanh(t - y)


log_cosh = separable("log cosh", ell, ell_y, ell_t)
