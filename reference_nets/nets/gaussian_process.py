r"""Gaussian process regression: the log marginal likelihood \ell of the values y at the points X.

    K_nm = \sigma_f^2 e^{-r_nm^2 / (2 l^2)},   C = K + \sigma_n^2 I,   P = C^{-1}

All values depend on each other, so that all forms carry the index n.

Shapes
    X : (n, d), y : (n), sigma_f, l, sigma_n : (), r2, K, C, P : (n, n), alpha : (n), ell : ().

Convention
    The kernel is the squared exponential with the signal's amplitude \sigma_f and the length l;
    \sigma_n is the standard deviation of the noise in y.

Stability
    The scalar form inverts C by elimination.  The matrix form factors C = L L^\top, and takes
    \log |C| from the diagonal of L; the digits that are left are those that the condition number
    of C allows, about (N \sigma_f^2 + \sigma_n^2) / \sigma_n^2.

Source
    C. E. Rasmussen and C. K. I. Williams, Gaussian Processes for Machine Learning (2006), sections
    2.2 and 5.4.1.
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, equation
from gradcheck.notation.scalar import exp, log, total

LOG_TWO_PI = float(np.log(2 * np.pi))


def eliminated(C):
    """Return the inverse of C and the pivots of its elimination, whose product is |C|."""
    N, pivots = len(C), []
    rows = [[*C[n], *(1.0 if m == n else 0.0 for m in range(N))] for n in range(N)]
    for n in range(N):
        pivots.append(rows[n][n])
        rows[n] = [entry / pivots[n] for entry in rows[n]]
        for m in range(N):
            if m != n:
                pairs = zip(rows[m], rows[n], strict=True)
                rows[m] = [entry - rows[m][n] * of_pivot for entry, of_pivot in pairs]
    return [row[N:] for row in rows], pivots


def differences(X):
    """Return x_n - x_m for all pairs of points."""
    return X[:, None] - X


@equation
def r2(X):
    r"r_{nm}^2 = \sum_d (x_{nd} - x_{md})^2"
    return [[total((a - b) * (a - b) for a, b in zip(x, o, strict=True)) for o in X] for x in X]


@r2.matrix
def r2(X):
    r"r_{nm}^2 = \| x_n - x_m \|^2"
    return (differences(X) ** 2).sum(axis=-1)


@equation
def K(r2, sigma_f, l):
    r"K_{nm} = \sigma_f^2 e^{-r_{nm}^2 / (2 l^2)}"
    N = len(r2)
    return [[sigma_f * sigma_f * exp(-r2[n][m] / (2 * l * l)) for m in range(N)] for n in range(N)]


@K.matrix
def K(r2, sigma_f, l):
    r"K = \sigma_f^2 e^{-r^2 / (2 l^2)}"
    return sigma_f**2 * np.exp(-r2 / (2 * l**2))


@equation
def C(K, sigma_n):
    r"C_{nm} = K_{nm} + [n = m] \, \sigma_n^2"
    N = len(K)
    return [
        [K[n][m] + sigma_n * sigma_n if n == m else K[n][m] for m in range(N)] for n in range(N)
    ]


@C.matrix
def C(K, sigma_n):
    r"C = K + \sigma_n^2 I"
    return K + sigma_n**2 * np.eye(len(K))


@equation
def P(C):
    r"\sum_j C_{nj} P_{jm} = [n = m]"
    inverse, _ = eliminated(C)
    return inverse


@P.matrix
def P(C):
    r"P = L^{-\top} L^{-1}, \quad L L^\top = C"
    inverse_of_factor = np.linalg.inv(np.linalg.cholesky(C))
    return inverse_of_factor.T @ inverse_of_factor


@equation
def alpha(P, y):
    r"\alpha_n = \sum_m P_{nm} y_m"
    return [total(P[n][m] * y[m] for m in range(len(y))) for n in range(len(y))]


@alpha.matrix
def alpha(P, y):
    r"\alpha = P y"
    return P @ y


@equation
def ell(y, alpha, C):
    r"\ell = -\frac{1}{2} \sum_n y_n \alpha_n - \frac{1}{2} \log |C| - \frac{N}{2} \log 2 \pi"
    N, (_, pivots) = len(y), eliminated(C)
    square = total(y[n] * alpha[n] for n in range(N))
    return -(square + total(log(pivot) for pivot in pivots) + N * LOG_TWO_PI) / 2


@ell.matrix
def ell(y, alpha, C):
    r"\ell = -\frac{1}{2} y^\top \alpha - 1^\top \log \mathrm{diag} L - \frac{N}{2} \log 2 \pi"
    half_log_det = np.log(np.diagonal(np.linalg.cholesky(C))).sum()
    return -(y @ alpha) / 2 - half_log_det - len(y) * LOG_TWO_PI / 2


@equation
def delta_C(delta_ell, alpha, P):
    r"\delta C_{nm} = \frac{1}{2} \delta \ell \, (\alpha_n \alpha_m - P_{nm})"
    N = len(alpha)
    return [[delta_ell * (alpha[n] * alpha[m] - P[n][m]) / 2 for m in range(N)] for n in range(N)]


@delta_C.matrix
def delta_C(delta_ell, alpha, P):
    r"\delta C = \frac{1}{2} \delta \ell \, (\alpha \alpha^\top - P)"
    return delta_ell * (np.outer(alpha, alpha) - P) / 2


@equation
def delta_sigma_n(delta_C, sigma_n):
    r"\delta \sigma_n = 2 \sigma_n \sum_m \delta C_{mm}"
    return 2 * sigma_n * total(delta_C[m][m] for m in range(len(delta_C)))


@delta_sigma_n.matrix
def delta_sigma_n(delta_C, sigma_n):
    r"\delta \sigma_n = 2 \sigma_n \, \mathrm{tr} \, \delta C"
    return 2 * sigma_n * np.trace(delta_C)


@equation
def delta_sigma_f(delta_C, K, sigma_f):
    r"\delta \sigma_f = \frac{2}{\sigma_f} \sum_{nm} \delta C_{nm} K_{nm}"
    N = len(K)
    return 2 / sigma_f * total(delta_C[n][m] * K[n][m] for n in range(N) for m in range(N))


@delta_sigma_f.matrix
def delta_sigma_f(delta_C, K, sigma_f):
    r"\delta \sigma_f = \frac{2}{\sigma_f} 1^\top (\delta C \odot K) 1"
    return 2 / sigma_f * (delta_C * K).sum()


@equation
def delta_l(delta_C, K, r2, l):
    r"\delta l = \sum_{nm} \delta C_{nm} K_{nm} \frac{r_{nm}^2}{l^3}"
    N = len(K)
    terms = (delta_C[n][m] * K[n][m] * r2[n][m] for n in range(N) for m in range(N))
    return total(terms) / (l * l * l)


@delta_l.matrix
def delta_l(delta_C, K, r2, l):
    r"\delta l = \frac{1}{l^3} 1^\top (\delta C \odot K \odot r^2) 1"
    return (delta_C * K * r2).sum() / l**3


@equation
def delta_y(delta_ell, alpha):
    r"\delta y_n = -\delta \ell \, \alpha_n"
    return [-delta_ell * alpha[n] for n in range(len(alpha))]


@delta_y.matrix
def delta_y(delta_ell, alpha):
    r"\delta y = -\delta \ell \, \alpha"
    return -delta_ell * alpha


@equation
def delta_X(delta_C, K, X, l):
    r"\delta x_{nd} = -\frac{2}{l^2} \sum_m \delta C_{nm} K_{nm} (x_{nd} - x_{md})"
    N, D = len(X), len(X[0])
    return [
        [
            -2 / (l * l) * total(delta_C[n][m] * K[n][m] * (X[n][d] - X[m][d]) for m in range(N))
            for d in range(D)
        ]
        for n in range(N)
    ]


@delta_X.matrix
def delta_X(delta_C, K, X, l):
    r"\delta x_n = -\frac{2}{l^2} \sum_m \delta C_{nm} K_{nm} (x_n - x_m)"
    return -2 / l**2 * ((delta_C * K)[..., None] * differences(X)).sum(axis=1)


gaussian_process = Operation(
    "Gaussian process",
    "(n,d),(n),(),(),()->()",
    ell,
    (delta_X, delta_y, delta_sigma_f, delta_l, delta_sigma_n),
    where=(r2, K, C, P, alpha, delta_C),
    inputs=("X", "y", "sigma_f", "l", "sigma_n"),
    parameters=("sigma_f", "l", "sigma_n"),
    domain={"sigma_f": POSITIVE, "l": POSITIVE, "sigma_n": POSITIVE},
)
