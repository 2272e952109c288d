r"""InfoNCE: each query x_n among all keys is to find its own, y_n, **averaged** over inputs.

Shapes
    X : (n, i), Y : (n, i), Z : (n, n), P : (n, n), E : (); in code x, y, z and p.

Convention
    The keys of the other inputs are the negatives, so that an input has no loss of its own: the
    index n is written in all forms.  Embeddings are compared by their inner product over the
    temperature \tau; where cosines are meant, the embeddings come with length 1.

Stability
    The scalar form is the textbook quotient.  The matrix form works on scores from which the
    largest of each row is subtracted, never takes the logarithm of a quotient, and has the
    probabilities of the other keys for 1 - p_nn, of which no digit is left where p_nn rounds to 1;
    the loss itself keeps none there.

Source
    A. van den Oord, Y. Li and O. Vinyals, Representation learning with contrastive predictive
    coding, arXiv:1807.03748 (2018).
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import exp, log, total
from reference_nets.losses.logits import log_softmax, softmax


def minus_identity(p):
    """Return P - 1, with the diagonal as minus the sum of the rest of its row, which is 1."""
    others = p * (1 - np.eye(len(p)))
    return others - np.diag(others.sum(axis=1))


@equation
def p(z):
    r"p_{nm} = \frac{e^{z_{nm}}}{\sum_j e^{z_{nj}}}"
    return [[exp(z_nm) / total(exp(z_nj) for z_nj in z_n) for z_nm in z_n] for z_n in z]


@p.matrix
def p(z):
    r"P = \mathrm{softmax}(Z)"
    return softmax(z)


@equation
def E(z):
    r"E = -\frac{1}{N} \sum_n \log \frac{e^{z_{nn}}}{\sum_m e^{z_{nm}}}"
    N = len(z)
    return -total(log(exp(z[n][n]) / total(exp(z_nm) for z_nm in z[n])) for n in range(N)) / N


@E.matrix
def E(z):
    r"E = -\frac{1}{N} \mathrm{tr} \log \mathrm{softmax}(Z)"
    return -np.trace(log_softmax(z)) / len(z)


def infonce(temperature=1.0):
    r"""Return InfoNCE.

    Parameters
    ----------
    temperature : float
        The number \tau > 0 by which the inner products are divided.

    Examples
    --------
    >>> print(infonce(temperature=0.1))
    InfoNCE, temperature 0.1: E(x, y), (n,i),(n,i)->()
    """
    tau = temperature

    @equation
    def z(x, y):
        r"z_{nm} = \frac{1}{\tau} \sum_i x_{ni} y_{mi}"
        N, I = len(x), len(x[0])
        return [
            [total(x[n][i] * y[m][i] for i in range(I)) / tau for m in range(N)] for n in range(N)
        ]

    @z.matrix
    def z(x, y):
        r"Z = \frac{1}{\tau} X Y^\top"
        return x @ y.T / tau

    @equation
    def delta_x(delta_E, p, y):
        r"\delta x_{ni} = \frac{\delta E}{N \tau} \sum_m (p_{nm} - [n = m]) \, y_{mi}"
        N, I = len(y), len(y[0])
        pulled = [[p[n][m] - (1 if n == m else 0) for m in range(N)] for n in range(N)]
        return [
            [
                delta_E / (N * tau) * total(pulled[n][m] * y[m][i] for m in range(N))
                for i in range(I)
            ]
            for n in range(N)
        ]

    @delta_x.matrix
    def delta_x(delta_E, p, y):
        r"\delta X = \frac{\delta E}{N \tau} (P - 1) \, Y"
        return delta_E / (len(p) * tau) * minus_identity(p) @ y

    @equation
    def delta_y(delta_E, p, x):
        r"\delta y_{mi} = \frac{\delta E}{N \tau} \sum_n (p_{nm} - [n = m]) \, x_{ni}"
        N, I = len(x), len(x[0])
        pulled = [[p[n][m] - (1 if n == m else 0) for m in range(N)] for n in range(N)]
        return [
            [
                delta_E / (N * tau) * total(pulled[n][m] * x[n][i] for n in range(N))
                for i in range(I)
            ]
            for m in range(N)
        ]

    @delta_y.matrix
    def delta_y(delta_E, p, x):
        r"\delta Y = \frac{\delta E}{N \tau} (P - 1)^\top X"
        return delta_E / (len(p) * tau) * minus_identity(p).T @ x

    return Operation(
        f"InfoNCE, temperature {temperature:g}",
        "(n,i),(n,i)->()",
        E,
        (delta_x, delta_y),
        where=(z, p),
        inputs=("x", "y"),
        batch="mean",
    )
