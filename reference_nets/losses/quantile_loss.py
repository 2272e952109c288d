r"""Quantile loss of the predictions y for the targets t, **averaged** over inputs.

Shapes
    y : (k), t : (k), E : (); a batch holds the inputs in the rows of Y and T, (n, k).

Convention
    Also called the pinball or check loss: a target above its prediction costs q a unit, one below
    it 1 - q.  At y = t the slope is that of a target above, -q, one of those in [-q, 1 - q] that
    are valid at the kink.  Summed over the k outputs of an input, averaged over a batch.

Source
    R. Koenker and G. Bassett, Regression quantiles, Econometrica 46 (1978), 33-50.
"""

import numpy as np

from gradcheck.notation import equation, separable


def quantile_loss(level=0.5):
    """Return the quantile loss.

    Parameters
    ----------
    level : float
        The quantile q, between 0 and 1, that minimises the loss.

    Examples
    --------
    >>> quantile_loss(level=0.75)([0.0], [4.0])
    array(3.)
    """
    q = level

    @equation
    def ell(y, t):
        r"\ell(y, t) = q (t - y) \text{ if } t \ge y \text{ else } (1 - q) (y - t)"
        return q * (t - y) if t >= y else (1 - q) * (y - t)

    @ell.matrix
    def ell(y, t):
        r"\ell(y, t) = \max(q (t - y), (q - 1) (t - y))"
        return np.maximum(q * (t - y), (q - 1) * (t - y))

    @equation
    def ell_y(y, t):
        r"\frac{\partial \ell}{\partial y} = -q \text{ if } t \ge y \text{ else } 1 - q"
        return -q if t >= y else 1 - q

    @ell_y.matrix
    def ell_y(y, t):
        r"\frac{\partial \ell}{\partial y} = [t < y] - q"
        return np.where(t < y, 1 - q, -q)

    @equation
    def ell_t(y, t):
        r"\frac{\partial \ell}{\partial t} = q \text{ if } t \ge y \text{ else } q - 1"
        return q if t >= y else q - 1

    @ell_t.matrix
    def ell_t(y, t):
        r"\frac{\partial \ell}{\partial t} = q - [t < y]"
        return np.where(t < y, q - 1, q)

    return separable(f"quantile loss, level {level:g}", ell, ell_y, ell_t)
