r"""Absolute error of the outputs y for the targets t, **averaged** over inputs.

Shapes
    y : (k), t : (k), E : (); a batch holds the inputs in the rows of Y and T, (n, k).

Convention
    Summed over the k outputs of an input, averaged over the n inputs of a batch.  At y = t the
    slope is 0, one of those in [-1, 1] that are valid at the kink.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 1.5.5: the loss whose
    minimum is the conditional median.
"""

import numpy as np

from gradcheck.notation import equation, separable
from gradcheck.notation.scalar import absolute


@equation
def ell(y, t):
    r"\ell(y, t) = |y - t|"
    return absolute(y - t)


@ell.matrix
def ell(y, t):
    r"\ell(y, t) = |y - t|"
    return np.abs(y - t)


@equation
def ell_y(y, t):
    r"\frac{\partial \ell}{\partial y} = [y > t] - [y < t]"
    return 1.0 if y > t else -1.0 if y < t else 0.0


@ell_y.matrix
def ell_y(y, t):
    r"\frac{\partial \ell}{\partial y} = \mathrm{sign}(y - t)"
    return np.sign(y - t)


@equation
def ell_t(y, t):
    r"\frac{\partial \ell}{\partial t} = [t > y] - [t < y]"
    return 1.0 if t > y else -1.0 if t < y else 0.0


@ell_t.matrix
def ell_t(y, t):
    r"\frac{\partial \ell}{\partial t} = \mathrm{sign}(t - y)"
    return np.sign(t - y)


absolute_error = separable("absolute error", ell, ell_y, ell_t)
