r"""Kullback-Leibler divergence D(p || q) of probabilities q from p, **averaged** over inputs.

Shapes
    p : (k), q : (k), E : (); a batch holds the inputs in the rows of P and Q, (n, k).

Convention
    The formula is differentiated as it stands, in each of the k numbers separately; that they sum
    to 1 is left to the layer that makes them, a softmax say.  Summed over the k outcomes of an
    input, averaged over the n inputs of a batch.

Source
    S. Kullback and R. A. Leibler, On information and sufficiency, Annals of Mathematical
    Statistics 22 (1951), 79-86.
"""

import numpy as np

from gradcheck.notation import UNIT_INTERVAL, equation, separable
from gradcheck.notation.scalar import log


@equation
def ell(p, q):
    r"\ell(p, q) = p \log \frac{p}{q}"
    return p * log(p / q)


@ell.matrix
def ell(p, q):
    r"\ell(p, q) = p \log \frac{p}{q}"
    return p * np.log(p / q)


@equation
def ell_p(p, q):
    r"\frac{\partial \ell}{\partial p} = \log \frac{p}{q} + 1"
    return log(p / q) + 1


@ell_p.matrix
def ell_p(p, q):
    r"\frac{\partial \ell}{\partial p} = \log \frac{p}{q} + 1"
    return np.log(p / q) + 1


@equation
def ell_q(p, q):
    r"\frac{\partial \ell}{\partial q} = -\frac{p}{q}"
    return -p / q


@ell_q.matrix
def ell_q(p, q):
    r"\frac{\partial \ell}{\partial q} = -\frac{p}{q}"
    return -p / q


kullback_leibler_divergence = separable(
    "Kullback-Leibler divergence",
    ell,
    ell_p,
    ell_q,
    domain={"p": UNIT_INTERVAL, "q": UNIT_INTERVAL},
)
