r"""Policy gradient (REINFORCE) of a linear softmax policy over one episode.

In state s_t the policy takes action k with probability \pi_t(k); each action that was taken counts
by the discounted return that followed it:

    z_t = w s_t + b,   \pi_t = \mathrm{softmax}(z_t),   G_t = r_t + \gamma G_{t+1}

Shapes
    w : (k, i), b : (k), s : (t, i), a : (t), r : (t), gamma : (), z, log_pi : (t, k), G : (t),
    E : (); a batch holds episodes of one length: S : (n, t, i), a and r : (n, t).

Convention
    E is an error, to be made small: the negative sum over the steps of an episode, **averaged**
    over episodes.  Rewards are data: no gradient flows through the returns.

Stability
    The matrix form adds the logarithms of the exponentials in pairs.  Where the action taken is
    nearly certain, \pi - 1 cancels: the gradient is as small as it should be, with the absolute
    accuracy of \pi.

Source
    R. J. Williams, Simple statistical gradient-following algorithms for connectionist reinforcement
    learning, Machine Learning 8 (1992), 229-256.
"""

import numpy as np

from gradcheck.notation import UNIT_INTERVAL, Integers, Operation, equation
from gradcheck.notation.scalar import exp, log, total
from reference_nets.nets.indicator import indicator


def discounts(gamma, T):
    """Return gamma to the power of the delay from step t to step m, and 0 for what is past."""
    delay = np.arange(T) - np.arange(T)[:, None]
    return np.where(delay >= 0, gamma ** np.maximum(delay, 0), 0.0)


@equation
def z(w, b, s):
    r"z_{tk} = \sum_i w_{ki} s_{ti} + b_k"
    K, I = len(w), len(w[0])
    return [[total(w[k][i] * s_t[i] for i in range(I)) + b[k] for k in range(K)] for s_t in s]


@z.matrix
def z(w, b, s):
    r"z = s w^\top + 1 b^\top"
    return s @ w.T + b


@z.batch
def z(w, b, s):
    r"z_n = s_n w^\top + 1 b^\top"
    return s @ w.T + b


@equation
def G(r, gamma):
    r"G_t = r_t + \gamma \, G_{t+1}"
    G = [r[-1]]
    for t in reversed(range(len(r) - 1)):
        G = [r[t] + gamma * G[0], *G]
    return G


@G.matrix
def G(r, gamma):
    r"G = \Gamma r, \quad \Gamma_{tm} = [m \ge t] \, \gamma^{m-t}"
    return discounts(gamma, len(r)) @ r


@G.batch
def G(r, gamma):
    r"G_n = \Gamma r_n, \quad \Gamma_{tm} = [m \ge t] \, \gamma^{m-t}"
    return r @ discounts(gamma, r.shape[1]).T


@equation
def log_pi(z):
    r"\log \pi_t(k) = \log \frac{e^{z_{tk}}}{\sum_j e^{z_{tj}}}"
    S = [total(exp(z_tj) for z_tj in z_t) for z_t in z]
    return [[log(exp(z[t][k]) / S[t]) for k in range(len(z[0]))] for t in range(len(z))]


@log_pi.matrix
def log_pi(z):
    r"\log \pi = z - \log e^z 1 1^\top"
    return z - np.logaddexp.reduce(z, axis=-1, keepdims=True)


@log_pi.batch
def log_pi(z):
    r"\log \pi_n = z_n - \log e^{z_n} 1 1^\top"
    return z - np.logaddexp.reduce(z, axis=-1, keepdims=True)


@equation
def E(log_pi, a, G):
    r"E = -\sum_t G_t \log \pi_t(a_t)"
    return -total(G[t] * log_pi[t][a[t]] for t in range(len(a)))


@E.matrix
def E(log_pi, a, G):
    r"E = -\sum_t G_t \, 1_{a_t}^\top \log \pi_t"
    return -(G[:, None] * log_pi * indicator(a, log_pi.shape[-1])).sum()


@E.batch
def E(log_pi, a, G):
    r"E = -\frac{1}{N} \sum_{nt} G_{nt} \, 1_{a_{nt}}^\top \log \pi_{nt}"
    return -(G[..., None] * log_pi * indicator(a, log_pi.shape[-1])).sum() / len(a)


@equation
def delta_z(delta_E, log_pi, a, G):
    r"\delta z_{tk} = \delta E \, G_t (\pi_t(k) - [a_t = k])"
    T, K = len(log_pi), len(log_pi[0])
    taken = [[1.0 if a[t] == k else 0.0 for k in range(K)] for t in range(T)]
    return [
        [delta_E * G[t] * (exp(log_pi[t][k]) - taken[t][k]) for k in range(K)] for t in range(T)
    ]


@delta_z.matrix
def delta_z(delta_E, log_pi, a, G):
    r"\delta z_t = \delta E \, G_t (\pi_t - 1_{a_t})"
    return delta_E * G[:, None] * (np.exp(log_pi) - indicator(a, log_pi.shape[-1]))


@delta_z.batch
def delta_z(delta_E, log_pi, a, G):
    r"\delta z_{nt} = \frac{\delta E}{N} \, G_{nt} (\pi_{nt} - 1_{a_{nt}})"
    of_scores = np.exp(log_pi) - indicator(a, log_pi.shape[-1])
    return delta_E / len(a) * G[..., None] * of_scores


@equation
def delta_w(delta_z, s):
    r"\delta w_{ki} = \sum_t \delta z_{tk} \, s_{ti}"
    T, K, I = len(s), len(delta_z[0]), len(s[0])
    return [[total(delta_z[t][k] * s[t][i] for t in range(T)) for i in range(I)] for k in range(K)]


@delta_w.matrix
def delta_w(delta_z, s):
    r"\delta w = \delta z^\top s"
    return delta_z.T @ s


@delta_w.batch
def delta_w(delta_z, s):
    r"\delta w = \sum_n \delta z_n^\top s_n"
    return (delta_z.transpose(0, 2, 1) @ s).sum(axis=0)


@equation
def delta_b(delta_z):
    r"\delta b_k = \sum_t \delta z_{tk}"
    return [total(delta_z_t[k] for delta_z_t in delta_z) for k in range(len(delta_z[0]))]


@delta_b.matrix
def delta_b(delta_z):
    r"\delta b = \delta z^\top 1"
    return delta_z.sum(axis=0)


@delta_b.batch
def delta_b(delta_z):
    r"\delta b = \sum_n \delta z_n^\top 1"
    return delta_z.sum(axis=(0, 1))


policy_gradient = Operation(
    "policy gradient",
    "(k,i),(k),(t,i),(t),(t),()->()",
    E,
    (delta_w, delta_b),
    where=(z, log_pi, G, delta_z),
    inputs=("w", "b", "s", "a", "r", "gamma"),
    parameters=("w", "b"),
    constants=("s", "a", "r", "gamma"),
    shared=("gamma",),
    domain={"a": Integers(0, "k"), "gamma": UNIT_INTERVAL},
    batch="mean",
)
