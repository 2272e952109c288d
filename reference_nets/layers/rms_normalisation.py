r"""Root-mean-square normalisation: an input is divided by its own root mean square.

Shapes
    x, gamma : (i), epsilon : (), y : (i); a batch holds the inputs in the rows of X, (n, i).

Convention
    epsilon is added to the mean square under the root; nothing is centred, and there is no bias.
    In \delta x, u stands for \delta \hat x, and \bar u is its mean over the units.

Source
    B. Zhang and R. Sennrich, Root mean square layer normalization, NeurIPS 2019.
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, equation
from gradcheck.notation.scalar import sqrt, total


@equation
def rho(x, epsilon):
    r"\rho = \sqrt{\frac{1}{I} \sum_i x_i^2 + \epsilon}"
    return sqrt(total(x[i] * x[i] for i in range(len(x))) / len(x) + epsilon)


@rho.matrix
def rho(x, epsilon):
    r"\rho = \sqrt{\frac{1}{I} x^\top x + \epsilon}"
    return np.sqrt(x @ x / len(x) + epsilon)


@rho.batch
def rho(x, epsilon):
    r"\rho_n = \sqrt{\frac{1}{I} x_n^\top x_n + \epsilon}"
    return np.sqrt((x**2).mean(axis=1) + epsilon)


@equation
def x_hat(x, rho):
    r"\hat x_i = \frac{x_i}{\rho}"
    return [x[i] / rho for i in range(len(x))]


@x_hat.matrix
def x_hat(x, rho):
    r"\hat x = \frac{x}{\rho}"
    return x / rho


@x_hat.batch
def x_hat(x, rho):
    r"\hat x_n = \frac{x_n}{\rho_n}"
    return x / rho[:, None]


@equation
def y(gamma, x_hat):
    r"y_i = \gamma_i \hat x_i"
    return [gamma[i] * x_hat[i] for i in range(len(x_hat))]


@y.matrix
def y(gamma, x_hat):
    r"y = \gamma \odot \hat x"
    return gamma * x_hat


@y.batch
def y(gamma, x_hat):
    r"y_n = \gamma \odot \hat x_n"
    return gamma * x_hat


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
def delta_x(delta_x_hat, x_hat, rho):
    r"\delta x_i = (u_i - \hat x_i \overline{u \hat x}) / \rho"
    I = len(x_hat)
    along = total(delta_x_hat[j] * x_hat[j] for j in range(I)) / I
    return [(delta_x_hat[i] - x_hat[i] * along) / rho for i in range(I)]


@delta_x.matrix
def delta_x(delta_x_hat, x_hat, rho):
    r"\delta x = (u - \hat x \overline{u \hat x}) / \rho"
    return (delta_x_hat - x_hat * (delta_x_hat * x_hat).mean()) / rho


@delta_x.batch
def delta_x(delta_x_hat, x_hat, rho):
    r"\delta x_n = (u_n - \hat x_n \overline{u \hat x}_n) / \rho_n"
    along = (delta_x_hat * x_hat).mean(axis=1, keepdims=True)
    return (delta_x_hat - x_hat * along) / rho[:, None]


rms_normalisation = Operation(
    "RMS normalisation",
    "(i),(i),()->(i)",
    y,
    (delta_x, delta_gamma),
    where=(rho, x_hat, delta_x_hat),
    inputs=("x", "gamma", "epsilon"),
    parameters=("gamma",),
    constants=("epsilon",),
    shared=("epsilon",),
    domain={"epsilon": POSITIVE},
)
