r"""Linear support vector machine with a soft margin, for the classes t_n = -1 or 1.

    z_n = w^\top x_n + b

The width of the margin counts once, however many inputs there are, so that all forms carry the
index n.

Shapes
    w : (i), b : (), X : (n, i), t : (n), C : (), z : (n), E : ().

Convention
    The hinge losses are **summed** over inputs and weighted by the given C.  On the margin,
    t_n z_n = 1, the slope of the hinge is 0, one of those between 0 and -t_n that are valid at the
    kink.

Source
    C. Cortes and V. Vapnik, Support-vector networks, Machine Learning 20 (1995), 273-297.
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, Signs, equation
from gradcheck.notation.scalar import maximum, total


@equation
def z(w, b, X):
    r"z_n = \sum_i w_i x_{ni} + b"
    return [total(w[i] * X[n][i] for i in range(len(w))) + b for n in range(len(X))]


@z.matrix
def z(w, b, X):
    r"z = X w + b 1"
    return X @ w + b


@equation
def E(z, t, w, C):
    r"E = \frac{1}{2} \sum_i w_i^2 + C \sum_n \max(0, 1 - t_n z_n)"
    hinges = total(maximum(0.0, 1 - t[n] * z[n]) for n in range(len(t)))
    return total(w[i] * w[i] for i in range(len(w))) / 2 + C * hinges


@E.matrix
def E(z, t, w, C):
    r"E = \frac{1}{2} w^\top w + C \, 1^\top \max(0, 1 - t \odot z)"
    return w @ w / 2 + C * np.maximum(0.0, 1 - t * z).sum()


@equation
def delta_z(delta_E, z, t, C):
    r"\delta z_n = -\delta E \, C \, t_n \text{ if } t_n z_n < 1 \text{ else } 0"
    return [-delta_E * C * t[n] if t[n] * z[n] < 1 else 0 * z[n] for n in range(len(t))]


@delta_z.matrix
def delta_z(delta_E, z, t, C):
    r"\delta z = -\delta E \, C \, t \odot [t \odot z < 1]"
    return -delta_E * C * t * (t * z < 1)


@equation
def delta_w(delta_E, delta_z, X, w):
    r"\delta w_i = \delta E \, w_i + \sum_n \delta z_n \, x_{ni}"
    N = len(X)
    return [delta_E * w[i] + total(delta_z[n] * X[n][i] for n in range(N)) for i in range(len(w))]


@delta_w.matrix
def delta_w(delta_E, delta_z, X, w):
    r"\delta w = \delta E \, w + X^\top \delta z"
    return delta_E * w + X.T @ delta_z


@equation
def delta_b(delta_z):
    r"\delta b = \sum_n \delta z_n"
    return total(delta_z)


@delta_b.matrix
def delta_b(delta_z):
    r"\delta b = 1^\top \delta z"
    return delta_z.sum()


linear_support_vector_machine = Operation(
    "linear support vector machine",
    "(i),(),(n,i),(n),()->()",
    E,
    (delta_w, delta_b),
    where=(z, delta_z),
    inputs=("w", "b", "X", "t", "C"),
    parameters=("w", "b"),
    constants=("X", "t", "C"),
    domain={"t": Signs(), "C": POSITIVE},
)
