r"""Ridge regression: least squares with a penalty on large weights.

    z_n = w^\top x_n + b

The penalty counts once, however many inputs there are, so that all forms carry the index n.

Shapes
    w : (i), b : (), X : (n, i), t : (n), lam : (), z : (n), E : ().

Convention
    Half the squares, **summed** over inputs; the intercept b is not penalised; \lambda (lam) is
    given.

Source
    A. E. Hoerl and R. W. Kennard, Ridge regression: biased estimation for nonorthogonal problems,
    Technometrics 12 (1970), 55-67.
"""

from gradcheck.notation import POSITIVE, Operation, equation
from gradcheck.notation.scalar import total


@equation
def z(w, b, X):
    r"z_n = \sum_i w_i x_{ni} + b"
    return [total(w[i] * X[n][i] for i in range(len(w))) + b for n in range(len(X))]


@z.matrix
def z(w, b, X):
    r"z = X w + b 1"
    return X @ w + b


@equation
def E(z, t, w, lam):
    r"E = \frac{1}{2} \sum_n (z_n - t_n)^2 + \frac{\lambda}{2} \sum_i w_i^2"
    squares = total((z[n] - t[n]) * (z[n] - t[n]) for n in range(len(t)))
    return squares / 2 + lam * total(w[i] * w[i] for i in range(len(w))) / 2


@E.matrix
def E(z, t, w, lam):
    r"E = \frac{1}{2} (z - t)^\top (z - t) + \frac{\lambda}{2} w^\top w"
    return (z - t) @ (z - t) / 2 + lam * (w @ w) / 2


@equation
def delta_z(delta_E, z, t):
    r"\delta z_n = \delta E \, (z_n - t_n)"
    return [delta_E * (z[n] - t[n]) for n in range(len(t))]


@delta_z.matrix
def delta_z(delta_E, z, t):
    r"\delta z = \delta E \, (z - t)"
    return delta_E * (z - t)


@equation
def delta_w(delta_E, delta_z, X, w, lam):
    r"\delta w_i = \sum_n \delta z_n \, x_{ni} + \delta E \, \lambda w_i"
    N = len(X)
    return [
        total(delta_z[n] * X[n][i] for n in range(N)) + delta_E * lam * w[i] for i in range(len(w))
    ]


@delta_w.matrix
def delta_w(delta_E, delta_z, X, w, lam):
    r"\delta w = X^\top \delta z + \delta E \, \lambda w"
    return X.T @ delta_z + delta_E * lam * w


@equation
def delta_b(delta_z):
    r"\delta b = \sum_n \delta z_n"
    return total(delta_z)


@delta_b.matrix
def delta_b(delta_z):
    r"\delta b = 1^\top \delta z"
    return delta_z.sum()


ridge_regression = Operation(
    "ridge regression",
    "(i),(),(n,i),(n),()->()",
    E,
    (delta_w, delta_b),
    where=(z, delta_z),
    inputs=("w", "b", "X", "t", "lam"),
    parameters=("w", "b"),
    constants=("X", "t", "lam"),
    domain={"lam": POSITIVE},
)
