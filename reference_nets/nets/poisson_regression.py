r"""Poisson regression of counts t, **averaged** over inputs.

    z = w^\top x + b,   \delta w = \delta z \, x,   \delta b = \delta z

The expected count is e^z, and E is the negative logarithm of the probability of t.

Shapes
    w : (i), b : (), x : (i), t : (), E : (); a batch holds the inputs in the rows of X, (n, i), and
    the counts in t, (n).

Convention
    The term \log t! of the logarithm is left out: no parameter changes it.

Source
    P. McCullagh and J. A. Nelder, Generalized Linear Models (2nd edition, 1989).
"""

import numpy as np

from gradcheck.notation import Integers, equation
from gradcheck.notation.scalar import exp
from reference_nets.nets.generalised_linear_model import generalised_linear_model

COUNTS = Integers(0, 1_000_000)


@equation
def E(z, t):
    r"E = e^z - t z"
    return exp(z) - t * z


@E.matrix
def E(z, t):
    r"E = e^z - t z"
    return np.exp(z) - t * z


@E.batch
def E(z, t):
    r"E = \frac{1}{N} (1^\top e^z - t^\top z)"
    return (np.exp(z).sum() - t @ z) / len(z)


@equation
def delta_z(delta_E, z, t):
    r"\delta z = \delta E \, (e^z - t)"
    return delta_E * (exp(z) - t)


@delta_z.matrix
def delta_z(delta_E, z, t):
    r"\delta z = \delta E \, (e^z - t)"
    return delta_E * (np.exp(z) - t)


@delta_z.batch
def delta_z(delta_E, z, t):
    r"\delta z = \frac{\delta E}{N} \, (e^z - t)"
    return delta_E / len(z) * (np.exp(z) - t)


poisson_regression = generalised_linear_model(
    "Poisson regression", E, delta_z, batch="mean", targets=COUNTS
)
