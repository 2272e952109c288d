r"""Group normalisation: the channels of a group are centred and scaled together, at all places.

Shapes
    x : (g, c, s), gamma, beta : (g, c), epsilon : (), y : (g, c, s); a batch holds the inputs
    along a first axis n.

Convention
    The channels come split into g groups of c, so that no number of channels fails to divide; the
    s places of an image or a sequence are one axis.  The variance divides by the number of
    entries of a group; epsilon is added to it under the root.  In \delta x, u stands for
    \delta \hat x, and \bar u_g is the mean over the entries of group g.

Stability
    The variance is the mean of squared differences, never a difference of means of squares.

Source
    Y. Wu and K. He, Group normalization, ECCV 2018.
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, equation
from gradcheck.notation.scalar import sqrt, total


def mean_of_group(x):
    """Return the mean over the last two axes, channels of a group and places, which stay."""
    return x.mean(axis=(-2, -1), keepdims=True)


def per_channel(parameter):
    """Return a parameter of the channels with an axis for the places."""
    return parameter[:, :, None]


def per_group(moment):
    """Return a number of each group with axes for its channels and places."""
    return moment[..., None, None]


@equation
def mu(x):
    r"\mu_g = \frac{1}{C S} \sum_{c,s} x_{gcs}"
    C, S = len(x[0]), len(x[0][0])
    return [total(x_gcs for x_gc in x_g for x_gcs in x_gc) / (C * S) for x_g in x]


@mu.matrix
def mu(x):
    r"\mu_g = \overline{x_g}"
    return x.mean(axis=(1, 2))


@mu.batch
def mu(x):
    r"\mu_{ng} = \overline{x_{ng}}"
    return x.mean(axis=(2, 3))


@equation
def sigma(x, mu, epsilon):
    r"\sigma_g = \sqrt{\frac{1}{C S} \sum_{c,s} (x_{gcs} - \mu_g)^2 + \epsilon}"
    G, C, S = len(x), len(x[0]), len(x[0][0])

    def variance(g):
        differences = [x[g][c][s] - mu[g] for c in range(C) for s in range(S)]
        return total(difference * difference for difference in differences) / (C * S)

    return [sqrt(variance(g) + epsilon) for g in range(G)]


@sigma.matrix
def sigma(x, mu, epsilon):
    r"\sigma_g = \sqrt{\overline{(x_g - \mu_g)^2} + \epsilon}"
    return np.sqrt(((x - per_group(mu)) ** 2).mean(axis=(1, 2)) + epsilon)


@sigma.batch
def sigma(x, mu, epsilon):
    r"\sigma_{ng} = \sqrt{\overline{(x_{ng} - \mu_{ng})^2} + \epsilon}"
    return np.sqrt(((x - per_group(mu)) ** 2).mean(axis=(2, 3)) + epsilon)


@equation
def x_hat(x, mu, sigma):
    r"\hat x_{gcs} = \frac{x_{gcs} - \mu_g}{\sigma_g}"
    G = len(x)
    return [[[(x_gcs - mu[g]) / sigma[g] for x_gcs in x_gc] for x_gc in x[g]] for g in range(G)]


@x_hat.matrix
def x_hat(x, mu, sigma):
    r"\hat x_g = \frac{x_g - \mu_g}{\sigma_g}"
    return (x - per_group(mu)) / per_group(sigma)


@x_hat.batch
def x_hat(x, mu, sigma):
    r"\hat x_{ng} = \frac{x_{ng} - \mu_{ng}}{\sigma_{ng}}"
    return (x - per_group(mu)) / per_group(sigma)


@equation
def y(gamma, x_hat, beta):
    r"y_{gcs} = \gamma_{gc} \hat x_{gcs} + \beta_{gc}"
    G, C = len(x_hat), len(x_hat[0])
    return [
        [[gamma[g][c] * x_gcs + beta[g][c] for x_gcs in x_hat[g][c]] for c in range(C)]
        for g in range(G)
    ]


@y.matrix
def y(gamma, x_hat, beta):
    r"y_{gc} = \gamma_{gc} \hat x_{gc} + \beta_{gc} 1"
    return per_channel(gamma) * x_hat + per_channel(beta)


@y.batch
def y(gamma, x_hat, beta):
    r"y_{ngc} = \gamma_{gc} \hat x_{ngc} + \beta_{gc} 1"
    return per_channel(gamma) * x_hat + per_channel(beta)


@equation
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma_{gc} = \sum_s \delta y_{gcs} \, \hat x_{gcs}"
    G, C, S = len(x_hat), len(x_hat[0]), len(x_hat[0][0])
    return [
        [total(delta_y[g][c][s] * x_hat[g][c][s] for s in range(S)) for c in range(C)]
        for g in range(G)
    ]


@delta_gamma.matrix
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma = (\delta y \odot \hat x) 1"
    return (delta_y * x_hat).sum(axis=2)


@delta_gamma.batch
def delta_gamma(delta_y, x_hat):
    r"\delta \gamma = \sum_n (\delta y_n \odot \hat x_n) 1"
    return (delta_y * x_hat).sum(axis=(0, 3))


@equation
def delta_beta(delta_y):
    r"\delta \beta_{gc} = \sum_s \delta y_{gcs}"
    return [[total(delta_y_gc) for delta_y_gc in delta_y_g] for delta_y_g in delta_y]


@delta_beta.matrix
def delta_beta(delta_y):
    r"\delta \beta = \delta y \, 1"
    return delta_y.sum(axis=2)


@delta_beta.batch
def delta_beta(delta_y):
    r"\delta \beta = \sum_n \delta y_n \, 1"
    return delta_y.sum(axis=(0, 3))


@equation
def delta_x_hat(delta_y, gamma):
    r"\delta \hat x_{gcs} = \delta y_{gcs} \, \gamma_{gc}"
    G, C = len(gamma), len(gamma[0])
    return [[[d_gcs * gamma[g][c] for d_gcs in delta_y[g][c]] for c in range(C)] for g in range(G)]


@delta_x_hat.matrix
def delta_x_hat(delta_y, gamma):
    r"\delta \hat x_{gc} = \delta y_{gc} \, \gamma_{gc}"
    return delta_y * per_channel(gamma)


@delta_x_hat.batch
def delta_x_hat(delta_y, gamma):
    r"\delta \hat x_{ngc} = \delta y_{ngc} \, \gamma_{gc}"
    return delta_y * per_channel(gamma)


@equation
def delta_x(delta_x_hat, x_hat, sigma):
    r"\delta x_{gcs} = (u_{gcs} - \bar u_g - \hat x_{gcs} \overline{u \hat x}_g) / \sigma_g"
    G, C, S = len(x_hat), len(x_hat[0]), len(x_hat[0][0])
    places = [(d, r) for d in range(C) for r in range(S)]

    def of_group(g):
        mean = total(delta_x_hat[g][d][r] for d, r in places) / (C * S)
        along = total(delta_x_hat[g][d][r] * x_hat[g][d][r] for d, r in places) / (C * S)
        return [
            [(delta_x_hat[g][c][s] - mean - x_hat[g][c][s] * along) / sigma[g] for s in range(S)]
            for c in range(C)
        ]

    return [of_group(g) for g in range(G)]


@delta_x.matrix
def delta_x(delta_x_hat, x_hat, sigma):
    r"\delta x_g = (u_g - \bar u_g - \hat x_g \overline{u \hat x}_g) / \sigma_g"
    along = mean_of_group(delta_x_hat * x_hat)
    return (delta_x_hat - mean_of_group(delta_x_hat) - x_hat * along) / per_group(sigma)


@delta_x.batch
def delta_x(delta_x_hat, x_hat, sigma):
    r"\delta x_{ng} = (u_{ng} - \bar u_{ng} - \hat x_{ng} \overline{u \hat x}_{ng}) / \sigma_{ng}"
    along = mean_of_group(delta_x_hat * x_hat)
    return (delta_x_hat - mean_of_group(delta_x_hat) - x_hat * along) / per_group(sigma)


group_normalisation = Operation(
    "group normalisation",
    "(g,c,s),(g,c),(g,c),()->(g,c,s)",
    y,
    (delta_x, delta_gamma, delta_beta),
    where=(mu, sigma, x_hat, delta_x_hat),
    inputs=("x", "gamma", "beta", "epsilon"),
    parameters=("gamma", "beta"),
    constants=("epsilon",),
    shared=("epsilon",),
    domain={"epsilon": POSITIVE},
)
