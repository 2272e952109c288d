r"""Cosine embedding loss of pairs x, y that are alike (t = 1) or not, **averaged** over inputs.

Shapes
    x : (i), y : (i), t : (), c : (), s : (), E : (); a batch holds the pairs in the rows of X and
    Y, (n, i), and of t, (n).

Convention
    c is the cosine of the angle, s the slope of the loss in it.  Pairs that are not alike (t = -1)
    are paid for where c exceeds the margin m; at c = m the slope is 0.  Neither vector is zero.

Stability
    Where x and y are nearly parallel, the gradient is a small difference of unit vectors, and
    keeps as many digits fewer as it is smaller than these.

Source
    The documentation of PyTorch, torch.nn.CosineEmbeddingLoss.
"""

import numpy as np

from gradcheck.notation import Operation, Signs, equation
from gradcheck.notation.scalar import sqrt, total


def squared_length(x):
    """Return the sum of the squares."""
    return total(x_i * x_i for x_i in x)


@equation
def c(x, y):
    r"c = \frac{\sum_i x_i y_i}{\sqrt{\sum_i x_i^2} \sqrt{\sum_i y_i^2}}"
    product = total(x[i] * y[i] for i in range(len(x)))
    return product / (sqrt(squared_length(x)) * sqrt(squared_length(y)))


@c.matrix
def c(x, y):
    r"c = \frac{x^\top y}{\| x \| \| y \|}"
    return x @ y / (np.linalg.norm(x) * np.linalg.norm(y))


@c.batch
def c(x, y):
    r"c_n = \frac{x_n^\top y_n}{\| x_n \| \| y_n \|}"
    return np.sum(x * y, axis=1) / (np.linalg.norm(x, axis=1) * np.linalg.norm(y, axis=1))


@equation
def delta_x(delta_E, s, c, x, y):
    r"\delta x_i = \delta E \, s \, (y_i / (\| x \| \| y \|) - c \, x_i / \| x \|^2)"
    X, Y = squared_length(x), squared_length(y)
    return [delta_E * s * (y[i] / (sqrt(X) * sqrt(Y)) - c * x[i] / X) for i in range(len(x))]


@delta_x.matrix
def delta_x(delta_E, s, c, x, y):
    r"\delta x = \delta E \, \frac{s}{\| x \|} (y / \| y \| - c \, x / \| x \|)"
    X, Y = np.linalg.norm(x), np.linalg.norm(y)
    return delta_E * s / X * (y / Y - c * x / X)


@delta_x.batch
def delta_x(delta_E, s, c, x, y):
    r"\delta x_n = \frac{\delta E}{N} \frac{s_n}{\| x_n \|} (y_n / \| y_n \| - c_n x_n / \| x_n \|)"
    X, Y = (np.linalg.norm(rows, axis=1, keepdims=True) for rows in (x, y))
    return delta_E / len(x) * s[:, None] / X * (y / Y - c[:, None] * x / X)


delta_y = delta_x.at("delta_y", x="y", y="x")


def cosine_embedding_loss(margin=0.0):
    """Return the cosine embedding loss.

    Parameters
    ----------
    margin : float
        The cosine m up to which pairs that are not alike cost nothing.

    Examples
    --------
    >>> cosine_embedding_loss(margin=0.5)([1.0, 0.0], [2.0, 0.0], -1.0)
    array(0.5)
    """
    m = margin

    @equation
    def s(c, t):
        r"s = -1 \text{ if } t = 1 \text{ else } 1 \text{ if } c > m \text{ else } 0"
        return -1.0 if t == 1 else 1.0 if c > m else 0.0

    @s.matrix
    def s(c, t):
        r"s = [t = -1] [c > m] - [t = 1]"
        return np.where(t == 1, -1.0, np.where(c > m, 1.0, 0.0))

    @s.batch
    def s(c, t):
        r"s_n = [t_n = -1] [c_n > m] - [t_n = 1]"
        return np.where(t == 1, -1.0, np.where(c > m, 1.0, 0.0))

    @equation
    def E(c, t):
        r"E = 1 - c \text{ if } t = 1 \text{ else } \max(0, c - m)"
        if t == 1:
            return 1 - c
        return c - m if c > m else 0 * c

    @E.matrix
    def E(c, t):
        r"E = [t = 1] (1 - c) + [t = -1] \max(0, c - m)"
        return np.where(t == 1, 1 - c, np.maximum(0.0, c - m))

    @E.batch
    def E(c, t):
        r"E = \frac{1}{N} \sum_n \left( [t_n = 1] (1 - c_n) + [t_n = -1] \max(0, c_n - m) \right)"
        return np.where(t == 1, 1 - c, np.maximum(0.0, c - m)).sum() / len(t)

    return Operation(
        f"cosine embedding loss, margin {margin:g}",
        "(i),(i),()->()",
        E,
        (delta_x, delta_y),
        where=(c, s),
        inputs=("x", "y", "t"),
        constants=("t",),
        domain={"t": Signs()},
        batch="mean",
    )
