r"""Layer normalisation: an input is centred and scaled by its own mean and deviation.

Shapes
    x, gamma, beta : (i), epsilon : (), y : (i); a batch holds the inputs in the rows of X, (n, i).

Convention
    The variance divides by the number of units I, not by I - 1; epsilon is added to it under the
    root.  In \delta x, u stands for \delta \hat x, and \bar u is its mean over the
    units.

Stability
    The variance is the mean of squared differences, never a difference of means of squares.

Source
    J. L. Ba, J. R. Kiros and G. E. Hinton, Layer normalization, arXiv:1607.06450 (2016).
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, equation
from gradcheck.notation.scalar import sqrt, total


@equation
def mu(x):
    r"\mu = \frac{1}{I} \sum_i x_i"
    return total(x) / len(x)


@mu.matrix
def mu(x):
    r"\mu = \frac{1}{I} 1^\top x"
    return x.mean()


@mu.batch
def mu(x):
    r"\mu = \frac{1}{I} X 1"
    return x.mean(axis=1)


@equation
def sigma(x, mu, epsilon):
    r"\sigma = \sqrt{\frac{1}{I} \sum_i (x_i - \mu)^2 + \epsilon}"
    I = len(x)
    return sqrt(total((x[i] - mu) * (x[i] - mu) for i in range(I)) / I + epsilon)


@sigma.matrix
def sigma(x, mu, epsilon):
    r"\sigma = \sqrt{\frac{1}{I} \| x - \mu \|^2 + \epsilon}"
    return np.sqrt(((x - mu) ** 2).mean() + epsilon)


@sigma.batch
def sigma(x, mu, epsilon):
    r"\sigma_n = \sqrt{\frac{1}{I} \| x_n - \mu_n \|^2 + \epsilon}"
    return np.sqrt(((x - mu[:, None]) ** 2).mean(axis=1) + epsilon)


@equation
def x_hat(x, mu, sigma):
    r"\hat x_i = \frac{x_i - \mu}{\sigma}"
    return [(x[i] - mu) / sigma for i in range(len(x))]


@x_hat.matrix
def x_hat(x, mu, sigma):
    r"\hat x = \frac{x - \mu}{\sigma}"
    return (x - mu) / sigma


@x_hat.batch
def x_hat(x, mu, sigma):
    r"\hat x_n = \frac{x_n - \mu_n}{\sigma_n}"
    return (x - mu[:, None]) / sigma[:, None]


@equation
def y(gamma, x_hat, beta):
    r"y_i = \gamma_i \hat x_i + \beta_i"
    return [gamma[i] * x_hat[i] + beta[i] for i in range(len(x_hat))]


@y.matrix
def y(gamma, x_hat, beta):
    r"y = \gamma \odot \hat x + \beta"
    return gamma * x_hat + beta


@y.batch
def y(gamma, x_hat, beta):
    r"y_n = \gamma \odot \hat x_n + \beta"
    return gamma * x_hat + beta


@equation
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma_i = \delta y_i \, \hat x_i"
    return [delta_y[i] * x_hat[i] for i in range(len(x_hat))]


@delta_gamma.matrix
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma = \delta y \odot \hat x"
    return delta_y * x_hat


@delta_gamma.batch
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma = (\Delta Y \odot \hat X)^\top 1"
    return (delta_y * x_hat).sum(axis=0)


@equation
def delta_beta(delta_y):
    r"\delta \beta_i = \delta y_i"
    return [delta_y[i] for i in range(len(delta_y))]


@delta_beta.matrix
def delta_beta(delta_y):
    r"\delta \beta = \delta y"
    return delta_y


@delta_beta.batch
def delta_beta(delta_y):
    r"\delta \beta = \Delta Y^\top 1"
    return delta_y.sum(axis=0)


@equation
def delta_x_hat(delta_y, gamma):
    r"\delta \hat x_i = \delta y_i \, \gamma_i"
    return [delta_y[i] * gamma[i] for i in range(len(gamma))]


@delta_x_hat.matrix
def delta_x_hat(delta_y, gamma):
    r"\delta \hat x = \delta y \odot \gamma"
    return delta_y * gamma


@delta_x_hat.batch
def delta_x_hat(delta_y, gamma):
    r"\delta \hat x_n = \delta y_n \odot \gamma"
    return delta_y * gamma


@equation
def delta_x(delta_x_hat, x_hat, sigma):
    r"\delta x_i = (u_i - \bar u - \hat x_i \overline{u \hat x}) / \sigma"
    I = len(x_hat)
    mean = total(delta_x_hat) / I
    along = total(delta_x_hat[j] * x_hat[j] for j in range(I)) / I
    return [(delta_x_hat[i] - mean - x_hat[i] * along) / sigma for i in range(I)]


@delta_x.matrix
def delta_x(delta_x_hat, x_hat, sigma):
    r"\delta x = (u - \bar u - \hat x \overline{u \hat x}) / \sigma"
    return (delta_x_hat - delta_x_hat.mean() - x_hat * (delta_x_hat * x_hat).mean()) / sigma


@delta_x.batch
def delta_x(delta_x_hat, x_hat, sigma):
    r"\delta x_n = (u_n - \bar u_n - \hat x_n \overline{u \hat x}_n) / \sigma_n"
    along = (delta_x_hat * x_hat).mean(axis=1, keepdims=True)
    return (delta_x_hat - delta_x_hat.mean(axis=1, keepdims=True) - x_hat * along) / sigma[:, None]


layer_normalisation = Operation(
    "layer normalisation",
    "(i),(i),(i),()->(i)",
    y,
    (delta_x, delta_gamma, delta_beta),
    where=(mu, sigma, x_hat, delta_x_hat),
    inputs=("x", "gamma", "beta", "epsilon"),
    parameters=("gamma", "beta"),
    constants=("epsilon",),
    shared=("epsilon",),
    domain={"epsilon": POSITIVE},
)
