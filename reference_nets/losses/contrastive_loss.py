r"""Contrastive loss of pairs x, y that are alike (t = 1) or not (t = 0), **averaged** over inputs.

Shapes
    x : (i), y : (i), t : (), d : (), g : (), E : (); a batch holds the pairs in the rows of X and
    Y, (n, i), and of t, (n).

Convention
    d is the Euclidean distance.  Half its square draws together what is alike, half the square of
    what it lacks to the margin m pushes apart what is not.  g is the slope of the loss in d over d
    itself, taken as 0 for a pair that is not alike and coincides: a valid slope at that kink.

Source
    R. Hadsell, S. Chopra and Y. LeCun, Dimensionality reduction by learning an invariant mapping,
    CVPR 2006; there Y = 0 stands for a pair that is alike.
"""

import numpy as np

from gradcheck.notation import Binary, Operation, equation
from gradcheck.notation.scalar import sqrt, total


@equation
def d(x, y):
    r"d = \sqrt{\sum_i (x_i - y_i)^2}"
    return sqrt(total((x[i] - y[i]) * (x[i] - y[i]) for i in range(len(x))))


@d.matrix
def d(x, y):
    r"d = \| x - y \|"
    return np.sqrt((x - y) @ (x - y))


@d.batch
def d(x, y):
    r"d_n = \| x_n - y_n \|"
    return np.sqrt(np.sum((x - y) ** 2, axis=1))


@equation
def delta_x(delta_E, g, x, y):
    r"\delta x_i = \delta E \, g \, (x_i - y_i)"
    return [delta_E * g * (x[i] - y[i]) for i in range(len(x))]


@delta_x.matrix
def delta_x(delta_E, g, x, y):
    r"\delta x = \delta E \, g \, (x - y)"
    return delta_E * g * (x - y)


@delta_x.batch
def delta_x(delta_E, g, x, y):
    r"\delta x_n = \frac{\delta E}{N} \, g_n (x_n - y_n)"
    return delta_E / len(x) * g[:, None] * (x - y)


delta_y = delta_x.at("delta_y", x="y", y="x")


def contrastive_loss(margin=1.0):
    """Return the contrastive loss.

    Parameters
    ----------
    margin : float
        The distance m beyond which pairs that are not alike cost nothing.

    Examples
    --------
    >>> contrastive_loss(margin=7.0)([3.0, 4.0], [0.0, 0.0], 0.0)
    array(2.)
    """
    m = margin

    @equation
    def g(d, t):
        r"g = 1 \text{ if } t = 1 \text{ else } 1 - m / d \text{ if } 0 < d < m \text{ else } 0"
        if t == 1:
            return 1.0
        return (d - m) / d if 0 < d < m else 0.0

    @g.matrix
    def g(d, t):
        r"g = t - (1 - t) [d > 0] \frac{\max(0, m - d)}{d}"
        return t - (1 - t) * (d > 0) * np.maximum(0.0, m - d) / np.where(d > 0, d, 1.0)

    @g.batch
    def g(d, t):
        r"g_n = t_n - (1 - t_n) [d_n > 0] \frac{\max(0, m - d_n)}{d_n}"
        return t - (1 - t) * (d > 0) * np.maximum(0.0, m - d) / np.where(d > 0, d, 1.0)

    @equation
    def E(d, t):
        r"E = \frac{1}{2} d^2 \text{ if } t = 1 \text{ else } \frac{1}{2} \max(0, m - d)^2"
        if t == 1:
            return d * d / 2
        return (m - d) * (m - d) / 2 if d < m else 0 * d

    @E.matrix
    def E(d, t):
        r"E = \frac{1}{2} \left( t \, d^2 + (1 - t) \max(0, m - d)^2 \right)"
        return (t * d**2 + (1 - t) * np.maximum(0.0, m - d) ** 2) / 2

    @E.batch
    def E(d, t):
        r"E = \frac{1}{2 N} \sum_n \left( t_n d_n^2 + (1 - t_n) \max(0, m - d_n)^2 \right)"
        return np.sum(t * d**2 + (1 - t) * np.maximum(0.0, m - d) ** 2) / (2 * len(t))

    return Operation(
        f"contrastive loss, margin {margin:g}",
        "(i),(i),()->()",
        E,
        (delta_x, delta_y),
        where=(d, g),
        inputs=("x", "y", "t"),
        constants=("t",),
        domain={"t": Binary()},
        batch="mean",
    )
