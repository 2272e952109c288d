r"""Linear-chain conditional random field: the log-likelihood \ell of the labels y of a sequence.

A sequence of labels has the score \sum_t u_{t y_t} + \sum_{t>1} a_{y_{t-1} y_t}; its probability is
the exponential of the score over the sum Z of those of all label sequences.  \alpha and \beta are
the sums over the labels before and after a step, \gamma the probability of a label at a step, and
\xi the expected number of transitions from one label to another.

Shapes
    u : (t, k), a : (k, k), y : (t), log_alpha, log_beta, gamma : (t, k), xi : (k, k), log_Z : (),
    ell : (); a batch holds sequences of one length: U : (n, t, k), y : (n, t).

Convention
    **Summed** over sequences.  Scores of the first and the last label are part of u.

Stability
    Both forms keep logarithms of \alpha and \beta; the matrix form never leaves them.  Where a
    label is nearly certain, 1 - \gamma cancels: the gradient is as small as it should be, with the
    absolute accuracy of \gamma.

Source
    J. Lafferty, A. McCallum and F. Pereira, Conditional random fields: probabilistic models for
    segmenting and labeling sequence data, ICML 2001.
"""

import numpy as np

from gradcheck.notation import Integers, Operation, equation
from gradcheck.notation.scalar import exp, log, total
from reference_nets.nets.indicator import indicator


def log_of_sum(x):
    """Return log Σ e^x along the last axis, added in pairs of logarithms: nothing overflows."""
    return np.logaddexp.reduce(x, axis=-1)


def before(u, a):
    """Return log alpha: step by step, the scores of all labels up to each one, that included."""
    log_alpha = [u[..., 0, :]]
    for t in range(1, u.shape[-2]):
        log_alpha.append(u[..., t, :] + log_of_sum(log_alpha[-1][..., None, :] + a.T))
    return np.stack(log_alpha, axis=-2)


def after(u, a):
    """Return log beta: step by step from the end, the scores of all labels after each one."""
    log_beta = [np.zeros_like(u[..., -1, :])]
    for t in reversed(range(1, u.shape[-2])):
        log_beta.append(log_of_sum(a + (u[..., t, :] + log_beta[-1])[..., None, :]))
    return np.stack(log_beta[::-1], axis=-2)


@equation
def log_alpha(u, a):
    r"\log \alpha_t(j) = u_{tj} + \log \sum_i \alpha_{t-1}(i) \, e^{a_{ij}}"
    K, T = len(a), len(u)
    logs = [u[0]]
    for t in range(1, T):
        sums = [total(exp(logs[-1][i] + a[i][j]) for i in range(K)) for j in range(K)]
        logs.append([u[t][j] + log(sums[j]) for j in range(K)])
    return logs


@log_alpha.matrix
def log_alpha(u, a):
    r"\log \alpha_t = u_t + \log (e^a)^\top \alpha_{t-1}"
    return before(u, a)


@log_alpha.batch
def log_alpha(u, a):
    r"\log \alpha_{nt} = u_{nt} + \log (e^a)^\top \alpha_{n,t-1}"
    return before(u, a)


@equation
def log_beta(u, a):
    r"\log \beta_T = 0, \quad \log \beta_t(i) = \log \sum_j e^{a_{ij} + u_{t+1,j}} \beta_{t+1}(j)"
    K, T = len(a), len(u)
    logs = [[0 * u[0][i] for i in range(K)]]
    for t in reversed(range(1, T)):
        later = logs[0]
        sums = [total(exp(a[i][j] + u[t][j] + later[j]) for j in range(K)) for i in range(K)]
        logs = [[log(sums[i]) for i in range(K)], *logs]
    return logs


@log_beta.matrix
def log_beta(u, a):
    r"\log \beta_T = 0, \quad \log \beta_t = \log e^a (e^{u_{t+1}} \odot \beta_{t+1})"
    return after(u, a)


@log_beta.batch
def log_beta(u, a):
    r"\log \beta_{nT} = 0, \quad \log \beta_{nt} = \log e^a (e^{u_{n,t+1}} \odot \beta_{n,t+1})"
    return after(u, a)


@equation
def log_Z(log_alpha):
    r"\log Z = \log \sum_j \alpha_T(j)"
    return log(total(exp(log_alpha_Tj) for log_alpha_Tj in log_alpha[-1]))


@log_Z.matrix
def log_Z(log_alpha):
    r"\log Z = \log 1^\top \alpha_T"
    return log_of_sum(log_alpha[-1])


@log_Z.batch
def log_Z(log_alpha):
    r"\log Z_n = \log 1^\top \alpha_{nT}"
    return log_of_sum(log_alpha[:, -1])


@equation
def ell(u, a, y, log_Z):
    r"\ell = \sum_t u_{t y_t} + \sum_{t>1} a_{y_{t-1} y_t} - \log Z"
    T = len(y)
    of_labels = total(u[t][y[t]] for t in range(T))
    return of_labels + total(a[y[t - 1]][y[t]] for t in range(1, T)) - log_Z


@ell.matrix
def ell(u, a, y, log_Z):
    r"\ell = \sum_t u_t^\top 1_{y_t} + \sum_{t>1} 1_{y_{t-1}}^\top a \, 1_{y_t} - \log Z"
    return (u * indicator(y, len(a))).sum() + a[y[:-1], y[1:]].sum() - log_Z


@ell.batch
def ell(u, a, y, log_Z):
    r"\ell = \sum_{nt} u_{nt}^\top 1_{y_{nt}} + \sum_{n,t>1} a_{y_{n,t-1} y_{nt}} - \sum_n \log Z_n"
    return (u * indicator(y, len(a))).sum() + a[y[:, :-1], y[:, 1:]].sum() - log_Z.sum()


@equation
def gamma(log_alpha, log_beta, log_Z):
    r"\gamma_t(j) = \frac{\alpha_t(j) \, \beta_t(j)}{Z}"
    T, K = len(log_alpha), len(log_alpha[0])
    return [[exp(log_alpha[t][j] + log_beta[t][j] - log_Z) for j in range(K)] for t in range(T)]


@gamma.matrix
def gamma(log_alpha, log_beta, log_Z):
    r"\gamma = \frac{\alpha \odot \beta}{Z}"
    return np.exp(log_alpha + log_beta - log_Z)


@gamma.batch
def gamma(log_alpha, log_beta, log_Z):
    r"\gamma_n = \frac{\alpha_n \odot \beta_n}{Z_n}"
    return np.exp(log_alpha + log_beta - log_Z[:, None, None])


@equation
def xi(log_alpha, u, a, log_beta, log_Z):
    r"\xi_{ij} = \sum_{t>1} \frac{\alpha_{t-1}(i) \, e^{a_{ij} + u_{tj}} \, \beta_t(j)}{Z}"
    K, T = len(a), len(u)
    return [
        [
            total(
                exp(log_alpha[t - 1][i] + a[i][j] + u[t][j] + log_beta[t][j] - log_Z)
                for t in range(1, T)
            )
            for j in range(K)
        ]
        for i in range(K)
    ]


@xi.matrix
def xi(log_alpha, u, a, log_beta, log_Z):
    r"\xi = \frac{1}{Z} e^a \odot \sum_{t>1} \alpha_{t-1} (e^{u_t} \odot \beta_t)^\top"
    return np.exp(log_alpha[:-1, :, None] + a + (u + log_beta)[1:, None] - log_Z).sum(axis=0)


@xi.batch
def xi(log_alpha, u, a, log_beta, log_Z):
    r"\xi = e^a \odot \sum_{n,t>1} \frac{1}{Z_n} \alpha_{n,t-1} (e^{u_{nt}} \odot \beta_{nt})^\top"
    pairs = log_alpha[:, :-1, :, None] + a + (u + log_beta)[:, 1:, None]
    return np.exp(pairs - log_Z[:, None, None, None]).sum(axis=(0, 1))


@equation
def delta_u(delta_ell, y, gamma):
    r"\delta u_{tk} = \delta \ell \, ([y_t = k] - \gamma_t(k))"
    T, K = len(gamma), len(gamma[0])
    return [
        [delta_ell * ((1.0 if y[t] == k else 0.0) - gamma[t][k]) for k in range(K)]
        for t in range(T)
    ]


@delta_u.matrix
def delta_u(delta_ell, y, gamma):
    r"\delta u_t = \delta \ell \, (1_{y_t} - \gamma_t)"
    return delta_ell * (indicator(y, gamma.shape[-1]) - gamma)


@delta_u.batch
def delta_u(delta_ell, y, gamma):
    r"\delta u_{nt} = \delta \ell \, (1_{y_{nt}} - \gamma_{nt})"
    return delta_ell * (indicator(y, gamma.shape[-1]) - gamma)


@equation
def delta_a(delta_ell, y, xi):
    r"\delta a_{ij} = \delta \ell \, \left( \sum_{t>1} [y_{t-1} = i] [y_t = j] - \xi_{ij} \right)"
    K, steps = len(xi), [(y[t - 1], y[t]) for t in range(1, len(y))]
    return [[delta_ell * (steps.count((i, j)) - xi[i][j]) for j in range(K)] for i in range(K)]


@delta_a.matrix
def delta_a(delta_ell, y, xi):
    r"\delta a = \delta \ell \, \left( \sum_{t>1} 1_{y_{t-1}} 1_{y_t}^\top - \xi \right)"
    labels = indicator(y, len(xi))
    return delta_ell * (labels[:-1].T @ labels[1:] - xi)


@delta_a.batch
def delta_a(delta_ell, y, xi):
    r"\delta a = \delta \ell \, \left( \sum_{n,t>1} 1_{y_{n,t-1}} 1_{y_{nt}}^\top - \xi \right)"
    labels = indicator(y, len(xi))
    return delta_ell * (np.einsum("nti,ntj->ij", labels[:, :-1], labels[:, 1:]) - xi)


conditional_random_field = Operation(
    "conditional random field",
    "(t,k),(k,k),(t)->()",
    ell,
    (delta_u, delta_a),
    where=(log_alpha, log_beta, log_Z, gamma, xi),
    inputs=("u", "a", "y"),
    parameters=("a",),
    constants=("y",),
    domain={"y": Integers(0, "k")},
    batch="sum",
)
