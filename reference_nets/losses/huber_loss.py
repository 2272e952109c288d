r"""Huber loss of the outputs y for the targets t, **averaged** over inputs.

Shapes
    y : (k), t : (k), E : (); a batch holds the inputs in the rows of Y and T, (n, k).

Convention
    Half the square up to the threshold c, then a straight line of slope c.  Summed over the k
    outputs of an input, averaged over the n inputs of a batch.

Source
    P. J. Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35
    (1964), 73-101.
"""

import numpy as np

from gradcheck.notation import equation, separable
from gradcheck.notation.scalar import absolute


def huber_loss(threshold=1.0):
    """Return the Huber loss.

    Parameters
    ----------
    threshold : float
        The residual c > 0 at which the parabola becomes a line.

    Examples
    --------
    >>> huber_loss(threshold=2.0)([0.0], [5.0])
    array(8.)
    """
    c = threshold

    @equation
    def ell(y, t):
        r"\ell(y, t) = (y - t)^2 / 2 \text{ if } |y - t| \le c \text{ else } c (|y - t| - c / 2)"
        r = absolute(y - t)
        return r * r / 2 if r <= c else c * (r - c / 2)

    @ell.matrix
    def ell(y, t):
        r"\ell(y, t) = m (|y - t| - m / 2), \quad m = \min(|y - t|, c)"
        m = np.minimum(np.abs(y - t), c)
        return m * (np.abs(y - t) - m / 2)

    @equation
    def ell_y(y, t):
        r"\frac{\partial \ell}{\partial y} = y - t \text{ if } |y - t| \le c \text{ else } \pm c"
        return y - t if absolute(y - t) <= c else c if y > t else -c

    @ell_y.matrix
    def ell_y(y, t):
        r"\frac{\partial \ell}{\partial y} = \max(-c, \min(y - t, c))"
        return np.clip(y - t, -c, c)

    @equation
    def ell_t(y, t):
        r"\frac{\partial \ell}{\partial t} = t - y \text{ if } |y - t| \le c \text{ else } \pm c"
        return t - y if absolute(y - t) <= c else c if t > y else -c

    @ell_t.matrix
    def ell_t(y, t):
        r"\frac{\partial \ell}{\partial t} = \max(-c, \min(t - y, c))"
        return np.clip(t - y, -c, c)

    return separable(f"Huber loss, threshold {threshold:g}", ell, ell_y, ell_t)
