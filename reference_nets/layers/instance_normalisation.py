r"""Instance normalisation: every channel of an input is centred and scaled over its places.

Shapes
    x : (c, s), gamma, beta : (c), epsilon : (), y : (c, s); a batch holds the inputs along a
    first axis n.

Convention
    The s places of an image or a sequence are one axis.  The variance divides by their number;
    epsilon is added to it under the root.  In \delta x, u stands for \delta \hat x, and
    \bar u_c is the mean over the places of channel c.

Stability
    The variance is the mean of squared differences, never a difference of means of squares.

Source
    D. Ulyanov, A. Vedaldi and V. Lempitsky, Instance normalization: the missing ingredient for
    fast stylization, arXiv:1607.08022 (2016).
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, equation
from gradcheck.notation.scalar import sqrt, total


def mean_of_channel(x):
    """Return the mean over the last axis, the places, which stays."""
    return x.mean(axis=-1, keepdims=True)


@equation
def mu(x):
    r"\mu_c = \frac{1}{S} \sum_s x_{cs}"
    return [total(x_c) / len(x_c) for x_c in x]


@mu.matrix
def mu(x):
    r"\mu = \frac{1}{S} x \, 1"
    return x.mean(axis=1)


@mu.batch
def mu(x):
    r"\mu_n = \frac{1}{S} x_n 1"
    return x.mean(axis=2)


@equation
def sigma(x, mu, epsilon):
    r"\sigma_c = \sqrt{\frac{1}{S} \sum_s (x_{cs} - \mu_c)^2 + \epsilon}"
    C, S = len(x), len(x[0])
    squares = [[(x[c][s] - mu[c]) * (x[c][s] - mu[c]) for s in range(S)] for c in range(C)]
    return [sqrt(total(squares[c]) / S + epsilon) for c in range(C)]


@sigma.matrix
def sigma(x, mu, epsilon):
    r"\sigma_c = \sqrt{\frac{1}{S} \| x_c - \mu_c \|^2 + \epsilon}"
    return np.sqrt(((x - mu[:, None]) ** 2).mean(axis=1) + epsilon)


@sigma.batch
def sigma(x, mu, epsilon):
    r"\sigma_{nc} = \sqrt{\frac{1}{S} \| x_{nc} - \mu_{nc} \|^2 + \epsilon}"
    return np.sqrt(((x - mu[:, :, None]) ** 2).mean(axis=2) + epsilon)


@equation
def x_hat(x, mu, sigma):
    r"\hat x_{cs} = \frac{x_{cs} - \mu_c}{\sigma_c}"
    return [[(x_cs - mu[c]) / sigma[c] for x_cs in x[c]] for c in range(len(x))]


@x_hat.matrix
def x_hat(x, mu, sigma):
    r"\hat x_c = \frac{x_c - \mu_c}{\sigma_c}"
    return (x - mu[:, None]) / sigma[:, None]


@x_hat.batch
def x_hat(x, mu, sigma):
    r"\hat x_{nc} = \frac{x_{nc} - \mu_{nc}}{\sigma_{nc}}"
    return (x - mu[:, :, None]) / sigma[:, :, None]


@equation
def y(gamma, x_hat, beta):
    r"y_{cs} = \gamma_c \hat x_{cs} + \beta_c"
    return [[gamma[c] * x_cs + beta[c] for x_cs in x_hat[c]] for c in range(len(x_hat))]


@y.matrix
def y(gamma, x_hat, beta):
    r"y = \mathrm{diag}(\gamma) \, \hat x + \beta 1^\top"
    return gamma[:, None] * x_hat + beta[:, None]


@y.batch
def y(gamma, x_hat, beta):
    r"y_n = \mathrm{diag}(\gamma) \, \hat x_n + \beta 1^\top"
    return gamma[:, None] * x_hat + beta[:, None]


@equation
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma_c = \sum_s \delta y_{cs} \, \hat x_{cs}"
    C, S = len(x_hat), len(x_hat[0])
    return [total(delta_y[c][s] * x_hat[c][s] for s in range(S)) for c in range(C)]


@delta_gamma.matrix
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma = (\delta y \odot \hat x) 1"
    return (delta_y * x_hat).sum(axis=1)


@delta_gamma.batch
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma = \sum_n (\delta y_n \odot \hat x_n) 1"
    return (delta_y * x_hat).sum(axis=(0, 2))


@equation
def delta_beta(delta_y):
    r"\delta \beta_c = \sum_s \delta y_{cs}"
    return [total(delta_y_c) for delta_y_c in delta_y]


@delta_beta.matrix
def delta_beta(delta_y):
    r"\delta \beta = \delta y \, 1"
    return delta_y.sum(axis=1)


@delta_beta.batch
def delta_beta(delta_y):
    r"\delta \beta = \sum_n \delta y_n 1"
    return delta_y.sum(axis=(0, 2))


@equation
def delta_x_hat(delta_y, gamma):
    r"\delta \hat x_{cs} = \delta y_{cs} \, \gamma_c"
    return [[delta_y_cs * gamma[c] for delta_y_cs in delta_y[c]] for c in range(len(gamma))]


@delta_x_hat.matrix
def delta_x_hat(delta_y, gamma):
    r"\delta \hat x = \mathrm{diag}(\gamma) \, \delta y"
    return delta_y * gamma[:, None]


@delta_x_hat.batch
def delta_x_hat(delta_y, gamma):
    r"\delta \hat x_n = \mathrm{diag}(\gamma) \, \delta y_n"
    return delta_y * gamma[:, None]


@equation
def delta_x(delta_x_hat, x_hat, sigma):
    r"\delta x_{cs} = (u_{cs} - \bar u_c - \hat x_{cs} \overline{u \hat x}_c) / \sigma_c"
    C, S = len(x_hat), len(x_hat[0])
    mean = [total(delta_x_hat[c]) / S for c in range(C)]
    along = [total(delta_x_hat[c][r] * x_hat[c][r] for r in range(S)) / S for c in range(C)]
    return [
        [(delta_x_hat[c][s] - mean[c] - x_hat[c][s] * along[c]) / sigma[c] for s in range(S)]
        for c in range(C)
    ]


@delta_x.matrix
def delta_x(delta_x_hat, x_hat, sigma):
    r"\delta x_c = (u_c - \bar u_c - \hat x_c \overline{u \hat x}_c) / \sigma_c"
    along = mean_of_channel(delta_x_hat * x_hat)
    return (delta_x_hat - mean_of_channel(delta_x_hat) - x_hat * along) / sigma[:, None]


@delta_x.batch
def delta_x(delta_x_hat, x_hat, sigma):
    r"\delta x_{nc} = (u_{nc} - \bar u_{nc} - \hat x_{nc} \overline{u \hat x}_{nc}) / \sigma_{nc}"
    along = mean_of_channel(delta_x_hat * x_hat)
    return (delta_x_hat - mean_of_channel(delta_x_hat) - x_hat * along) / sigma[:, :, None]


instance_normalisation = Operation(
    "instance normalisation",
    "(c,s),(c),(c),()->(c,s)",
    y,
    (delta_x, delta_gamma, delta_beta),
    where=(mu, sigma, x_hat, delta_x_hat),
    inputs=("x", "gamma", "beta", "epsilon"),
    parameters=("gamma", "beta"),
    constants=("epsilon",),
    shared=("epsilon",),
    domain={"epsilon": POSITIVE},
)
