r"""Variational autoencoder of inputs x in (0, 1), for given noise \epsilon.

The encoder gives the mean \mu and the logarithm of the variance, s, of a normal distribution from
which the code c is taken; the decoder gives the logits y of the reconstruction:

    h = \tanh(w1 x + b1),   \mu = w2 h + b2,   s = w3 h + b3
    c = \mu + e^{s/2} \odot \epsilon
    g = \tanh(w4 c + b4),   y = w5 g + b5

The error E is the negative evidence lower bound: the cross-entropy of the reconstruction plus the
divergence of the code's distribution from the standard normal one.

Shapes
    w1 : (h, i), b1 : (h), w2, w3 : (j, h), b2, b3 : (j), w4 : (g, j), b4 : (g), w5 : (i, g),
    b5 : (i), x : (i), epsilon, mu, s, c : (j), y : (i), E : (); a batch holds the inputs in the
    rows of X and their noise in those of the array for epsilon.

Convention
    Summed over the entries of an input, averaged over the inputs of a batch; one sample of noise
    an input.

Stability
    The matrix form takes \log(1 + e^y) without overflow, and e^s - 1 without cancellation.  The
    scalar form of the slope of tanh loses its digits where a hidden unit saturates.

Source
    D. P. Kingma and M. Welling, Auto-encoding variational Bayes, ICLR 2014.
"""

import numpy as np

from gradcheck.notation import UNIT_INTERVAL, Operation, Reals, equation, network
from gradcheck.notation.scalar import exp, log, total
from reference_nets.activations.sigmoid import one_over_one_plus_exp
from reference_nets.activations.tanh import tanh
from reference_nets.layers.dense import dense


@equation
def c(mu, s, epsilon):
    r"c_j = \mu_j + e^{s_j / 2} \, \epsilon_j"
    return [mu[j] + exp(s[j] / 2) * epsilon[j] for j in range(len(mu))]


@c.matrix
def c(mu, s, epsilon):
    r"c = \mu + e^{s / 2} \odot \epsilon"
    return mu + np.exp(s / 2) * epsilon


@c.batch
def c(mu, s, epsilon):
    r"C = M + e^{S / 2} \odot \mathcal{E}"
    return mu + np.exp(s / 2) * epsilon


@equation
def delta_mu(delta_c):
    r"\delta \mu_j = \delta c_j"
    return [delta_c[j] for j in range(len(delta_c))]


@delta_mu.matrix
def delta_mu(delta_c):
    r"\delta \mu = \delta c"
    return delta_c


@delta_mu.batch
def delta_mu(delta_c):
    r"\Delta M = \Delta C"
    return delta_c


@equation
def delta_s(delta_c, s, epsilon):
    r"\delta s_j = \frac{1}{2} \delta c_j \, e^{s_j / 2} \, \epsilon_j"
    return [delta_c[j] * exp(s[j] / 2) * epsilon[j] / 2 for j in range(len(s))]


@delta_s.matrix
def delta_s(delta_c, s, epsilon):
    r"\delta s = \frac{1}{2} \delta c \odot e^{s / 2} \odot \epsilon"
    return delta_c * np.exp(s / 2) * epsilon / 2


@delta_s.batch
def delta_s(delta_c, s, epsilon):
    r"\Delta S = \frac{1}{2} \Delta C \odot e^{S / 2} \odot \mathcal{E}"
    return delta_c * np.exp(s / 2) * epsilon / 2


sample_of_the_code = Operation(
    "sample of the code", "(j),(j),(j)->(j)", c, (delta_mu, delta_s), constants=("epsilon",)
)


@equation
def E(y, x, mu, s):
    r"E = \sum_i (\log(1 + e^{y_i}) - x_i y_i) + \frac{1}{2} \sum_j (\mu_j^2 + e^{s_j} - s_j - 1)"
    reconstruction = total(log(1 + exp(y[i])) - x[i] * y[i] for i in range(len(y)))
    J = len(mu)
    return reconstruction + total(mu[j] * mu[j] + exp(s[j]) - s[j] - 1 for j in range(J)) / 2


@E.matrix
def E(y, x, mu, s):
    r"E = 1^\top \log(1 + e^y) - x^\top y + \frac{1}{2} (\mu^\top \mu + 1^\top (e^s - 1 - s))"
    return np.logaddexp(0.0, y).sum() - x @ y + (mu @ mu + (np.expm1(s) - s).sum()) / 2


@E.batch
def E(y, x, mu, s):
    r"E = \frac{1}{N} \sum_n (1^\top \log(1 + e^{y_n}) - x_n^\top y_n + \frac{1}{2} (\ldots))"
    divergence = (mu**2 + (np.expm1(s) - s)).sum() / 2
    return ((np.logaddexp(0.0, y) - x * y).sum() + divergence) / len(y)


@equation
def delta_y(delta_E, y, x):
    r"\delta y_i = \delta E \left( \frac{1}{1 + e^{-y_i}} - x_i \right)"
    return [delta_E * (1 / (1 + exp(-y[i])) - x[i]) for i in range(len(y))]


@delta_y.matrix
def delta_y(delta_E, y, x):
    r"\delta y = \delta E \left( \frac{1}{1 + e^{-y}} - x \right)"
    return delta_E * (one_over_one_plus_exp(-y) - x)


@delta_y.batch
def delta_y(delta_E, y, x):
    r"\Delta Y = \frac{\delta E}{N} \left( \frac{1}{1 + e^{-Y}} - X \right)"
    return delta_E / len(y) * (one_over_one_plus_exp(-y) - x)


@equation
def delta_x(delta_E, y):
    r"\delta x_i = -\delta E \, y_i"
    return [-delta_E * y[i] for i in range(len(y))]


@delta_x.matrix
def delta_x(delta_E, y):
    r"\delta x = -\delta E \, y"
    return -delta_E * y


@delta_x.batch
def delta_x(delta_E, y):
    r"\Delta X = -\frac{\delta E}{N} \, Y"
    return -delta_E / len(y) * y


@equation
def delta_mean(delta_E, mu):
    r"\delta \mu_j = \delta E \, \mu_j"
    return [delta_E * mu[j] for j in range(len(mu))]


@delta_mean.matrix
def delta_mean(delta_E, mu):
    r"\delta \mu = \delta E \, \mu"
    return delta_E * mu


@delta_mean.batch
def delta_mean(delta_E, mu):
    r"\Delta M = \frac{\delta E}{N} \, M"
    return delta_E / len(mu) * mu


@equation
def delta_log_variance(delta_E, s):
    r"\delta s_j = \frac{1}{2} \delta E \, (e^{s_j} - 1)"
    return [delta_E * (exp(s[j]) - 1) / 2 for j in range(len(s))]


@delta_log_variance.matrix
def delta_log_variance(delta_E, s):
    r"\delta s = \frac{1}{2} \delta E \, (e^s - 1)"
    return delta_E * np.expm1(s) / 2


@delta_log_variance.batch
def delta_log_variance(delta_E, s):
    r"\Delta S = \frac{\delta E}{2 N} \, (e^S - 1)"
    return delta_E / len(s) * np.expm1(s) / 2


negative_evidence_lower_bound = Operation(
    "negative evidence lower bound",
    "(i),(i),(j),(j)->()",
    E,
    (delta_y, delta_x, delta_mean.at("delta_mu"), delta_log_variance.at("delta_s")),
    domain={"x": UNIT_INTERVAL},
    batch="mean",
)

# Small weights, as at the beginning of training: the spread of the code is exponential in them.
dense_with_small_weights = Operation(
    "dense with small weights",
    dense.signature,
    dense.forward,
    dense.gradients,
    parameters=dense.parameters,
    domain={"w": Reals(scale=0.25)},
)

variational_autoencoder = network(
    "variational autoencoder",
    [
        dense.at("z1", w="w1", a="x", b="b1"),
        tanh.at("h", z="z1"),
        dense.at("mu", w="w2", a="h", b="b2"),
        dense_with_small_weights.at("s", w="w3", a="h", b="b3"),
        sample_of_the_code.at("c"),
        dense_with_small_weights.at("z4", w="w4", a="c", b="b4"),
        tanh.at("g", z="z4"),
        dense.at("y", w="w5", a="g", b="b5"),
        negative_evidence_lower_bound.at("E"),
    ],
)
