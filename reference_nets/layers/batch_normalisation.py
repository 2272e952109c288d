r"""Batch normalisation, in training: each unit is centred and scaled over the inputs of a batch.

Shapes
    x : (n, i), gamma, beta : (i), epsilon : (), y : (n, i).

Convention
    The layer mixes the N inputs of a batch by nature, so the index n stands in every form and
    there is no batch form.  The variance divides by N, not by N - 1; epsilon is added to it under
    the root.  In \delta x, u stands for \delta \hat x, and \bar u_i is the mean over the batch.

Stability
    The variance is the mean of squared differences, never a difference of means of squares.

Source
    S. Ioffe and C. Szegedy, Batch normalization: accelerating deep network training by reducing
    internal covariate shift, ICML 2015.
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, equation
from gradcheck.notation.scalar import sqrt, total


@equation
def mu(x):
    r"\mu_i = \frac{1}{N} \sum_n x_{ni}"
    N, I = len(x), len(x[0])
    return [total(x[n][i] for n in range(N)) / N for i in range(I)]


@mu.matrix
def mu(x):
    r"\mu = \frac{1}{N} X^\top 1"
    return x.mean(axis=0)


@equation
def sigma(x, mu, epsilon):
    r"\sigma_i = \sqrt{\frac{1}{N} \sum_n (x_{ni} - \mu_i)^2 + \epsilon}"
    N, I = len(x), len(x[0])
    squares = [[(x[n][i] - mu[i]) * (x[n][i] - mu[i]) for n in range(N)] for i in range(I)]
    return [sqrt(total(squares[i]) / N + epsilon) for i in range(I)]


@sigma.matrix
def sigma(x, mu, epsilon):
    r"\sigma = \sqrt{\frac{1}{N} \sum_n (x_n - \mu)^2 + \epsilon}"
    return np.sqrt(((x - mu) ** 2).mean(axis=0) + epsilon)


@equation
def x_hat(x, mu, sigma):
    r"\hat x_{ni} = \frac{x_{ni} - \mu_i}{\sigma_i}"
    return [[(x_n[i] - mu[i]) / sigma[i] for i in range(len(mu))] for x_n in x]


@x_hat.matrix
def x_hat(x, mu, sigma):
    r"\hat X = \frac{X - 1 \mu^\top}{1 \sigma^\top}"
    return (x - mu) / sigma


@equation
def y(gamma, x_hat, beta):
    r"y_{ni} = \gamma_i \hat x_{ni} + \beta_i"
    return [[gamma[i] * x_n[i] + beta[i] for i in range(len(gamma))] for x_n in x_hat]


@y.matrix
def y(gamma, x_hat, beta):
    r"Y = 1 \gamma^\top \odot \hat X + 1 \beta^\top"
    return gamma * x_hat + beta


@equation
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma_i = \sum_n \delta y_{ni} \, \hat x_{ni}"
    N, I = len(x_hat), len(x_hat[0])
    return [total(delta_y[n][i] * x_hat[n][i] for n in range(N)) for i in range(I)]


@delta_gamma.matrix
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma = (\Delta Y \odot \hat X)^\top 1"
    return (delta_y * x_hat).sum(axis=0)


@equation
def delta_beta(delta_y):
    r"\delta \beta_i = \sum_n \delta y_{ni}"
    N, I = len(delta_y), len(delta_y[0])
    return [total(delta_y[n][i] for n in range(N)) for i in range(I)]


@delta_beta.matrix
def delta_beta(delta_y):
    r"\delta \beta = \Delta Y^\top 1"
    return delta_y.sum(axis=0)


@equation
def delta_x_hat(delta_y, gamma):
    r"\delta \hat x_{ni} = \delta y_{ni} \, \gamma_i"
    return [[delta_y_n[i] * gamma[i] for i in range(len(gamma))] for delta_y_n in delta_y]


@delta_x_hat.matrix
def delta_x_hat(delta_y, gamma):
    r"\delta \hat X = \Delta Y \, \mathrm{diag}(\gamma)"
    return delta_y * gamma


@equation
def delta_x(delta_x_hat, x_hat, sigma):
    r"\delta x_{ni} = (u_{ni} - \bar u_i - \hat x_{ni} \overline{u \hat x}_i) / \sigma_i"
    N, I, u = len(x_hat), len(x_hat[0]), delta_x_hat
    mean = [total(u[n][i] for n in range(N)) / N for i in range(I)]
    along = [total(u[n][i] * x_hat[n][i] for n in range(N)) / N for i in range(I)]
    return [
        [(u[n][i] - mean[i] - x_hat[n][i] * along[i]) / sigma[i] for i in range(I)]
        for n in range(N)
    ]


@delta_x.matrix
def delta_x(delta_x_hat, x_hat, sigma):
    r"\Delta X = (U - 1 \bar u^\top - \hat X \odot 1 \overline{u \hat x}^\top) / \sigma"
    along = (delta_x_hat * x_hat).mean(axis=0)
    return (delta_x_hat - delta_x_hat.mean(axis=0) - x_hat * along) / sigma


batch_normalisation = Operation(
    "batch normalisation",
    "(n,i),(i),(i),()->(n,i)",
    y,
    (delta_x, delta_gamma, delta_beta),
    where=(mu, sigma, x_hat, delta_x_hat),
    inputs=("x", "gamma", "beta", "epsilon"),
    parameters=("gamma", "beta"),
    constants=("epsilon",),
    shared=("epsilon",),
    domain={"epsilon": POSITIVE},
)
