r"""Binary cross-entropy of the probabilities y for the targets t, **averaged** over inputs.

Shapes
    y : (k), t : (k), E : (); a batch holds the inputs in the rows of Y and T, (n, k).

Convention
    Summed over the k independent outputs of an input, averaged over the n inputs of a batch.  A
    target between 0 and 1 is a probability; an auto-encoder has its own inputs for targets.

Stability
    The matrix form takes \log(1 - y) as log1p(-y), which keeps its digits where y is small.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 5.2.
"""

import numpy as np

from gradcheck.notation import UNIT_INTERVAL, Interval, equation, separable
from gradcheck.notation.scalar import log


@equation
def ell(y, t):
    r"\ell(y, t) = -t \log y - (1 - t) \log(1 - y)"
    return -t * log(y) - (1 - t) * log(1 - y)


@ell.matrix
def ell(y, t):
    r"\ell(y, t) = -t \log y - (1 - t) \log(1 - y)"
    return -t * np.log(y) - (1 - t) * np.log1p(-y)


@equation
def ell_y(y, t):
    r"\frac{\partial \ell}{\partial y} = \frac{y - t}{y (1 - y)}"
    return (y - t) / (y * (1 - y))


@ell_y.matrix
def ell_y(y, t):
    r"\frac{\partial \ell}{\partial y} = \frac{y - t}{y (1 - y)}"
    return (y - t) / (y * (1 - y))


@equation
def ell_t(y, t):
    r"\frac{\partial \ell}{\partial t} = \log \frac{1 - y}{y}"
    return log((1 - y) / y)


@ell_t.matrix
def ell_t(y, t):
    r"\frac{\partial \ell}{\partial t} = \log(1 - y) - \log y"
    return np.log1p(-y) - np.log(y)


binary_cross_entropy = separable(
    "binary cross-entropy",
    ell,
    ell_y,
    ell_t,
    domain={"y": UNIT_INTERVAL, "t": Interval(0.0, 1.0, closed=True)},
)
