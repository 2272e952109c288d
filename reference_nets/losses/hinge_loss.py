r"""Hinge loss of the scores y for the classes t = -1 or 1, **averaged** over inputs.

Shapes
    y : (k), t : (k), E : (); a batch holds the inputs in the rows of Y and T, (n, k).

Convention
    Summed over the k independent outputs of an input, averaged over the n inputs of a batch.  On
    the margin, t y = 1, the slope is 0, one of those between 0 and -t that are valid at the kink.

Source
    C. Cortes and V. Vapnik, Support-vector networks, Machine Learning 20 (1995), 273-297.
"""

import numpy as np

from gradcheck.notation import Signs, equation, separable


@equation
def ell(y, t):
    r"\ell(y, t) = \max(0, 1 - t y)"
    return 1 - t * y if t * y < 1 else 0 * y


@ell.matrix
def ell(y, t):
    r"\ell(y, t) = \max(0, 1 - t y)"
    return np.maximum(0.0, 1 - t * y)


@equation
def ell_y(y, t):
    r"\frac{\partial \ell}{\partial y} = -t \text{ if } t y < 1 \text{ else } 0"
    return -t if t * y < 1 else 0 * t


@ell_y.matrix
def ell_y(y, t):
    r"\frac{\partial \ell}{\partial y} = -t \, [t y < 1]"
    return np.where(t * y < 1, -t, 0.0)


hinge_loss = separable("hinge loss", ell, ell_y, domain={"t": Signs()})
