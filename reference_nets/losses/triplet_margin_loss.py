r"""Triplet margin loss of an anchor a, a positive p and a negative q, **averaged** over inputs.

Shapes
    a : (i), p : (i), q : (i), E : (), x : (i), y : (i), v : (); a batch holds the triplets in the
    rows of A, P and Q, (n, i).

Convention
    Distances are Euclidean and not squared.  x and y are the unit vectors from the positive and
    from the negative to the anchor, zero where the two coincide; v is 0 where the positive is
    nearer than the negative by more than the margin m, else 1.  Both are valid slopes at their
    kinks.

Stability
    Where positive and negative lie in nearly the same direction from the anchor, x - y is a small
    difference of unit vectors, and keeps as many digits fewer as it is smaller than these.

Source
    K. Q. Weinberger and L. K. Saul, Distance metric learning for large margin nearest neighbor
    classification, Journal of Machine Learning Research 10 (2009), 207-244 (with squares).
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import sqrt, total


def distance(a, p):
    """Return the Euclidean distance of two vectors."""
    return sqrt(total((a[i] - p[i]) * (a[i] - p[i]) for i in range(len(a))))


def length(x):
    """Return the Euclidean length along the last axis, which stays."""
    return np.sqrt(np.sum(x**2, axis=-1, keepdims=True))


def direction(x):
    """Return the unit vector along the last axis, of a zero vector the zero vector."""
    return x / np.where(length(x) > 0, length(x), 1.0)


@equation
def x(a, p):
    r"x_i = \frac{a_i - p_i}{\sqrt{\sum_j (a_j - p_j)^2}}"
    d = distance(a, p)
    return [(a[i] - p[i]) / d if d > 0 else 0 * a[i] for i in range(len(a))]


@x.matrix
def x(a, p):
    r"x = \frac{a - p}{\| a - p \|}"
    return direction(a - p)


@x.batch
def x(a, p):
    r"x_n = \frac{a_n - p_n}{\| a_n - p_n \|}"
    return direction(a - p)


y = x.at("y", p="q")


@equation
def delta_a(delta_E, v, x, y):
    r"\delta a_i = \delta E \, v \, (x_i - y_i)"
    return [delta_E * v * (x[i] - y[i]) for i in range(len(x))]


@delta_a.matrix
def delta_a(delta_E, v, x, y):
    r"\delta a = \delta E \, v \, (x - y)"
    return delta_E * v * (x - y)


@delta_a.batch
def delta_a(delta_E, v, x, y):
    r"\delta a_n = \frac{\delta E}{N} \, v_n (x_n - y_n)"
    return delta_E / len(x) * v[:, None] * (x - y)


@equation
def delta_p(delta_E, v, x):
    r"\delta p_i = -\delta E \, v \, x_i"
    return [-delta_E * v * x_i for x_i in x]


@delta_p.matrix
def delta_p(delta_E, v, x):
    r"\delta p = -\delta E \, v \, x"
    return -delta_E * v * x


@delta_p.batch
def delta_p(delta_E, v, x):
    r"\delta p_n = -\frac{\delta E}{N} \, v_n x_n"
    return -delta_E / len(x) * v[:, None] * x


@equation
def delta_q(delta_E, v, y):
    r"\delta q_i = \delta E \, v \, y_i"
    return [delta_E * v * y_i for y_i in y]


@delta_q.matrix
def delta_q(delta_E, v, y):
    r"\delta q = \delta E \, v \, y"
    return delta_E * v * y


@delta_q.batch
def delta_q(delta_E, v, y):
    r"\delta q_n = \frac{\delta E}{N} \, v_n y_n"
    return delta_E / len(y) * v[:, None] * y


def triplet_margin_loss(margin=1.0):
    """Return the triplet margin loss.

    Parameters
    ----------
    margin : float
        The distance m by which the positive is to be nearer than the negative.

    Examples
    --------
    >>> triplet_margin_loss(margin=2.0)([0.0, 0.0], [3.0, 4.0], [0.0, 6.0])
    array(1.)
    """
    m = margin

    @equation
    def v(a, p, q):
        r"v = 1 \text{ if } \| a - p \| - \| a - q \| + m \ge 0 \text{ else } 0"
        return 1.0 if distance(a, p) - distance(a, q) + m >= 0 else 0.0

    @v.matrix
    def v(a, p, q):
        r"v = [\| a - p \| - \| a - q \| + m \ge 0]"
        return np.where(length(a - p) - length(a - q) + m >= 0, 1.0, 0.0)[0]

    @v.batch
    def v(a, p, q):
        r"v_n = [\| a_n - p_n \| - \| a_n - q_n \| + m \ge 0]"
        return np.where(length(a - p) - length(a - q) + m >= 0, 1.0, 0.0)[:, 0]

    @equation
    def E(a, p, q):
        r"E = \max(0, \| a - p \| - \| a - q \| + m)"
        excess = distance(a, p) - distance(a, q) + m
        return excess if excess > 0 else 0 * excess

    @E.matrix
    def E(a, p, q):
        r"E = \max(0, \| a - p \| - \| a - q \| + m)"
        return np.maximum(0.0, length(a - p) - length(a - q) + m).sum()

    @E.batch
    def E(a, p, q):
        r"E = \frac{1}{N} \sum_n \max(0, \| a_n - p_n \| - \| a_n - q_n \| + m)"
        return np.maximum(0.0, length(a - p) - length(a - q) + m).sum() / len(a)

    return Operation(
        f"triplet margin loss, margin {margin:g}",
        "(i),(i),(i)->()",
        E,
        (delta_a, delta_p, delta_q),
        where=(x, y, v),
        batch="mean",
    )
