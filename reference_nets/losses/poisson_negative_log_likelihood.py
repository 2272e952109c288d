r"""Negative log-likelihood of counts t under Poisson rates e^z, **averaged** over inputs.

Shapes
    z : (k), t : (k), E : (); a batch holds the inputs in the rows of Z and T, (n, k).

Convention
    z is the logarithm of the rate.  The term \log t!, which no prediction changes, is left out.
    Summed over the k outputs of an input, averaged over the n inputs of a batch.

Source
    P. McCullagh and J. A. Nelder, Generalized Linear Models (2nd edition, 1989).
"""

import numpy as np

from gradcheck.notation import NON_NEGATIVE, equation, separable
from gradcheck.notation.scalar import exp


@equation
def ell(z, t):
    r"\ell(z, t) = e^z - t z"
    return exp(z) - t * z


@ell.matrix
def ell(z, t):
    r"\ell(z, t) = e^z - t z"
    return np.exp(z) - t * z


@equation
def ell_z(z, t):
    r"\frac{\partial \ell}{\partial z} = e^z - t"
    return exp(z) - t


@ell_z.matrix
def ell_z(z, t):
    r"\frac{\partial \ell}{\partial z} = e^z - t"
    return np.exp(z) - t


poisson_negative_log_likelihood = separable(
    "Poisson negative log-likelihood", ell, ell_z, domain={"t": NON_NEGATIVE}
)
