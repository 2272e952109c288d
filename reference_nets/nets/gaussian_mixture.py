r"""Gaussian mixture: the log-likelihood \ell of an input x, **summed** over inputs.

    p(x) = \sum_k \pi_k \, p_k(x),
    p_k(x) = \prod_d \frac{1}{\sqrt{2 \pi} \, \sigma_{kd}} e^{-u_{kd}^2 / 2},
    u_{kd} = \frac{x_d - \mu_{kd}}{\sigma_{kd}}

Every gradient carries the responsibility of component k for x, but for its weight:
r_k = p_k(x) / p(x).

Shapes
    pi : (k), mu : (k, d), sigma : (k, d), x : (d), u : (k, d), log_p : (k), r : (k),
    ell : (); a batch holds the inputs in the rows of X, (n, d).

Convention
    Diagonal covariances, given by standard deviations.  The derivative by \pi_k is that of the
    formula in which the weights are free; a method that keeps their sum at 1 projects it.  Points
    are drawn close to each other: far from x, a component has no derivative that \ell could show.

Stability
    The scalar form is the textbook sum of products.  The matrix form adds the logarithms of
    the terms in pairs, and never leaves them.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 9.2.
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, Probabilities, Reals, equation
from gradcheck.notation.scalar import exp, log, total

TWO_PI = 2 * np.pi


def log_of_weighted_sum(weight, log_p):
    """Return log Σ weight e^(log_p) along the last axis, added in pairs: nothing underflows."""
    return np.logaddexp.reduce(np.log(weight) + log_p, axis=-1)


@equation
def u(mu, sigma, x):
    r"u_{kd} = \frac{x_d - \mu_{kd}}{\sigma_{kd}}"
    K, D = len(mu), len(x)
    return [[(x[d] - mu[k][d]) / sigma[k][d] for d in range(D)] for k in range(K)]


@u.matrix
def u(mu, sigma, x):
    r"u = \frac{1 x^\top - \mu}{\sigma}"
    return (x - mu) / sigma


@u.batch
def u(mu, sigma, x):
    r"u_n = \frac{1 x_n^\top - \mu}{\sigma}"
    return (x[:, None] - mu) / sigma


@equation
def log_p(u, sigma):
    r"\log p_k = -\frac{1}{2} \sum_d \left( u_{kd}^2 + \log 2 \pi \sigma_{kd}^2 \right)"
    K, D = len(u), len(u[0])
    log_2_pi_variance = [[log(TWO_PI * s * s) for s in sigma_k] for sigma_k in sigma]
    return [
        -total(u[k][d] * u[k][d] + log_2_pi_variance[k][d] for d in range(D)) / 2 for k in range(K)
    ]


@log_p.matrix
def log_p(u, sigma):
    r"\log p = -\frac{1}{2} (u^2 + \log 2 \pi \sigma^2) 1"
    return -(u**2 + np.log(TWO_PI * sigma**2)).sum(axis=-1) / 2


@log_p.batch
def log_p(u, sigma):
    r"\log p_n = -\frac{1}{2} (u_n^2 + \log 2 \pi \sigma^2) 1"
    return -(u**2 + np.log(TWO_PI * sigma**2)).sum(axis=-1) / 2


@equation
def ell(pi, log_p):
    r"\ell = \log \sum_k \pi_k p_k"
    return log(total(pi[k] * exp(log_p[k]) for k in range(len(pi))))


@ell.matrix
def ell(pi, log_p):
    r"\ell = \log \pi^\top p"
    return log_of_weighted_sum(pi, log_p)


@ell.batch
def ell(pi, log_p):
    r"\ell = \sum_n \log \pi^\top p_n"
    return log_of_weighted_sum(pi, log_p).sum()


@equation
def r(pi, log_p):
    r"r_k = \frac{p_k}{\sum_j \pi_j p_j}"
    K, p = len(pi), [exp(log_p_k) for log_p_k in log_p]
    return [p[k] / total(pi[j] * p[j] for j in range(K)) for k in range(K)]


@r.matrix
def r(pi, log_p):
    r"r = \frac{p}{\pi^\top p}"
    return np.exp(log_p - log_of_weighted_sum(pi, log_p))


@r.batch
def r(pi, log_p):
    r"r_n = \frac{p_n}{\pi^\top p_n}"
    return np.exp(log_p - log_of_weighted_sum(pi, log_p)[:, None])


@equation
def delta_pi(delta_ell, r):
    r"\delta \pi_k = \delta \ell \, r_k"
    return [delta_ell * r[k] for k in range(len(r))]


@delta_pi.matrix
def delta_pi(delta_ell, r):
    r"\delta \pi = \delta \ell \, r"
    return delta_ell * r


@delta_pi.batch
def delta_pi(delta_ell, r):
    r"\delta \pi = \delta \ell \, \sum_n r_n"
    return delta_ell * r.sum(axis=0)


@equation
def delta_mu(delta_ell, r, pi, u, sigma):
    r"\delta \mu_{kd} = \delta \ell \, \pi_k r_k \, \frac{u_{kd}}{\sigma_{kd}}"
    K, D = len(u), len(u[0])
    return [[delta_ell * pi[k] * r[k] * u[k][d] / sigma[k][d] for d in range(D)] for k in range(K)]


@delta_mu.matrix
def delta_mu(delta_ell, r, pi, u, sigma):
    r"\delta \mu = \delta \ell \, (\pi \odot r) 1^\top \odot \frac{u}{\sigma}"
    return delta_ell * (pi * r)[:, None] * u / sigma


@delta_mu.batch
def delta_mu(delta_ell, r, pi, u, sigma):
    r"\delta \mu = \delta \ell \, \sum_n (\pi \odot r_n) 1^\top \odot \frac{u_n}{\sigma}"
    return delta_ell * ((pi * r)[..., None] * u).sum(axis=0) / sigma


@equation
def delta_sigma(delta_ell, r, pi, u, sigma):
    r"\delta \sigma_{kd} = \delta \ell \, \pi_k r_k \, \frac{u_{kd}^2 - 1}{\sigma_{kd}}"
    K, D = len(u), len(u[0])
    return [
        [delta_ell * pi[k] * r[k] * (u[k][d] * u[k][d] - 1) / sigma[k][d] for d in range(D)]
        for k in range(K)
    ]


@delta_sigma.matrix
def delta_sigma(delta_ell, r, pi, u, sigma):
    r"\delta \sigma = \delta \ell \, (\pi \odot r) 1^\top \odot \frac{u^2 - 1}{\sigma}"
    return delta_ell * (pi * r)[:, None] * (u**2 - 1) / sigma


@delta_sigma.batch
def delta_sigma(delta_ell, r, pi, u, sigma):
    r"\delta \sigma = \delta \ell \, \sum_n (\pi \odot r_n) 1^\top \odot \frac{u_n^2 - 1}{\sigma}"
    return delta_ell * ((pi * r)[..., None] * (u**2 - 1)).sum(axis=0) / sigma


gaussian_mixture = Operation(
    "Gaussian mixture",
    "(k),(k,d),(k,d),(d)->()",
    ell,
    (delta_pi, delta_mu, delta_sigma),
    where=(u, log_p, r),
    inputs=("pi", "mu", "sigma", "x"),
    parameters=("pi", "mu", "sigma"),
    constants=("x",),
    domain={
        "pi": Probabilities(positive=True),
        "mu": Reals(scale=0.125),
        "sigma": POSITIVE,
        "x": Reals(scale=0.125),
    },
    batch="sum",
)
