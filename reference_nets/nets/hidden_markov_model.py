r"""Hidden Markov model: the log-likelihood \ell of observed symbols x, **summed** over sequences.

State j comes first with probability \pi_j, after state i with probability a_ij, and shows the
symbol m with probability b_jm.  The likelihood sums over all sequences of states; the quantities of
the forward-backward algorithm that do it in the order of time are, with f_t(j) the probability of
x_t in state j,

    q_t(j)      of state j, given x_1 ... x_{t-1}
    c_t         of x_t, given x_1 ... x_{t-1}
    \alpha_t(j) of state j, given x_1 ... x_t
    \beta_t(j)  of x_{t+1} ... x_T in state j, over the same given x_1 ... x_t
    s_t(j)      the state's probability given all of x, over q_t(j)

The recursion of \alpha begins with \pi in place of A^\top \alpha_0, and c_t makes its sum 1.

Shapes
    pi : (k), A : (k, k), B : (k, m), x : (t), f, alpha, q, beta, s : (t, k), c : (t), ell : (); a
    batch holds sequences of one length in the rows of x, (n, t).

Convention
    The derivatives are those of the formula in which all probabilities are free; a method that
    keeps their sums at 1 projects them.  Every state can show every symbol: what
    is impossible has no log-likelihood.

Stability
    All quantities are scaled by c_t as they arise, in both forms, so that no product of many
    probabilities is ever formed.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 13.2.4; L. R. Rabiner,
    A tutorial on hidden Markov models and selected applications in speech recognition, Proceedings
    of the IEEE 77 (1989), 257-286.
"""

import numpy as np

from gradcheck.notation import Integers, Operation, Probabilities, equation
from gradcheck.notation.scalar import log, total
from reference_nets.nets.indicator import indicator


def filtered(pi, A, f):
    """Return alpha: predict the next state, weigh it by what is seen there, normalise."""
    alpha, predicted = [], pi
    for t in range(f.shape[-2]):
        joint = predicted * f[..., t, :]
        alpha.append(joint / joint.sum(axis=-1, keepdims=True))
        predicted = alpha[-1] @ A
    return np.stack(alpha, axis=-2)


def backward(A, f, c):
    """Return beta: from 1 at the last step, what the next steps show from each state."""
    beta = [np.ones_like(f[..., -1, :])]
    for t in reversed(range(1, f.shape[-2])):
        beta.append((f[..., t, :] * beta[-1] / c[..., t, None]) @ A.T)
    return np.stack(beta[::-1], axis=-2)


@equation
def f(B, x):
    r"f_t(k) = b_{k x_t}"
    return [[B[k][x[t]] for k in range(len(B))] for t in range(len(x))]


@f.matrix
def f(B, x):
    r"f_t = B 1_{x_t}"
    return B.T[x]


@f.batch
def f(B, x):
    r"f_{nt} = B 1_{x_{nt}}"
    return B.T[x]


@equation
def alpha(pi, A, f):
    r"\alpha_t(j) = \frac{1}{c_t} f_t(j) \sum_i \alpha_{t-1}(i) \, a_{ij}"
    K, T = len(pi), len(f)
    joint = [pi[j] * f[0][j] for j in range(K)]
    alpha = [[joint[j] / total(joint) for j in range(K)]]
    for t in range(1, T):
        joint = [total(alpha[-1][i] * A[i][j] for i in range(K)) * f[t][j] for j in range(K)]
        alpha.append([joint[j] / total(joint) for j in range(K)])
    return alpha


@alpha.matrix
def alpha(pi, A, f):
    r"\alpha_t = \frac{1}{c_t} f_t \odot A^\top \alpha_{t-1}"
    return filtered(pi, A, f)


@alpha.batch
def alpha(pi, A, f):
    r"\alpha_{nt} = \frac{1}{c_{nt}} f_{nt} \odot A^\top \alpha_{n,t-1}"
    return filtered(pi, A, f)


@equation
def q(pi, A, alpha):
    r"q_1(j) = \pi_j, \quad q_t(j) = \sum_i \alpha_{t-1}(i) \, a_{ij}"
    K, T = len(pi), len(alpha)
    later = [
        [total(alpha[t - 1][i] * A[i][j] for i in range(K)) for j in range(K)] for t in range(1, T)
    ]
    return [pi, *later]


@q.matrix
def q(pi, A, alpha):
    r"q_1 = \pi, \quad q_t = A^\top \alpha_{t-1}"
    return np.concatenate([pi[None], alpha[:-1] @ A])


@q.batch
def q(pi, A, alpha):
    r"q_{n1} = \pi, \quad q_{nt} = A^\top \alpha_{n,t-1}"
    first = np.broadcast_to(pi, alpha[:, :1].shape)
    return np.concatenate([first, alpha[:, :-1] @ A], axis=1)


@equation
def c(q, f):
    r"c_t = \sum_j q_t(j) \, f_t(j)"
    return [total(q[t][j] * f[t][j] for j in range(len(q[0]))) for t in range(len(q))]


@c.matrix
def c(q, f):
    r"c = (q \odot f) 1"
    return (q * f).sum(axis=-1)


@c.batch
def c(q, f):
    r"c_n = (q_n \odot f_n) 1"
    return (q * f).sum(axis=-1)


@equation
def ell(c):
    r"\ell = \sum_t \log c_t"
    return total(log(c[t]) for t in range(len(c)))


@ell.matrix
def ell(c):
    r"\ell = 1^\top \log c"
    return np.log(c).sum()


@ell.batch
def ell(c):
    r"\ell = \sum_n 1^\top \log c_n"
    return np.log(c).sum()


@equation
def beta(A, f, c):
    r"\beta_T(i) = 1, \quad \beta_t(i) = \frac{1}{c_{t+1}} \sum_j a_{ij} f_{t+1}(j) \beta_{t+1}(j)"
    K, T = len(A), len(f)
    beta = [[1.0 for i in range(K)]]
    for t in reversed(range(1, T)):
        later = beta[0]
        earlier = [total(A[i][j] * f[t][j] * later[j] for j in range(K)) / c[t] for i in range(K)]
        beta = [earlier, *beta]
    return beta


@beta.matrix
def beta(A, f, c):
    r"\beta_T = 1, \quad \beta_t = \frac{1}{c_{t+1}} A (f_{t+1} \odot \beta_{t+1})"
    return backward(A, f, c)


@beta.batch
def beta(A, f, c):
    r"\beta_{nT} = 1, \quad \beta_{nt} = \frac{1}{c_{n,t+1}} A (f_{n,t+1} \odot \beta_{n,t+1})"
    return backward(A, f, c)


@equation
def s(f, beta, c):
    r"s_t(j) = \frac{f_t(j) \, \beta_t(j)}{c_t}"
    return [[f[t][j] * beta[t][j] / c[t] for j in range(len(f[0]))] for t in range(len(f))]


@s.matrix
def s(f, beta, c):
    r"s = \frac{f \odot \beta}{c 1^\top}"
    return f * beta / c[:, None]


@s.batch
def s(f, beta, c):
    r"s_n = \frac{f_n \odot \beta_n}{c_n 1^\top}"
    return f * beta / c[..., None]


@equation
def delta_pi(delta_ell, s):
    r"\delta \pi_j = \delta \ell \, s_1(j)"
    return [delta_ell * s[0][j] for j in range(len(s[0]))]


@delta_pi.matrix
def delta_pi(delta_ell, s):
    r"\delta \pi = \delta \ell \, s_1"
    return delta_ell * s[0]


@delta_pi.batch
def delta_pi(delta_ell, s):
    r"\delta \pi = \delta \ell \, \sum_n s_{n1}"
    return delta_ell * s[:, 0].sum(axis=0)


@equation
def delta_A(delta_ell, alpha, s):
    r"\delta a_{ij} = \delta \ell \, \sum_{t>1} \alpha_{t-1}(i) \, s_t(j)"
    K, T = len(s[0]), len(s)
    return [
        [delta_ell * total(alpha[t - 1][i] * s[t][j] for t in range(1, T)) for j in range(K)]
        for i in range(K)
    ]


@delta_A.matrix
def delta_A(delta_ell, alpha, s):
    r"\delta A = \delta \ell \, \sum_{t>1} \alpha_{t-1} s_t^\top"
    return delta_ell * (alpha[:-1].T @ s[1:])


@delta_A.batch
def delta_A(delta_ell, alpha, s):
    r"\delta A = \delta \ell \, \sum_n \sum_{t>1} \alpha_{n,t-1} s_{nt}^\top"
    return delta_ell * (alpha[:, :-1].transpose(0, 2, 1) @ s[:, 1:]).sum(axis=0)


@equation
def delta_f(delta_ell, q, beta, c):
    r"\delta f_t(j) = \delta \ell \, \frac{q_t(j) \, \beta_t(j)}{c_t}"
    K, T = len(q[0]), len(q)
    return [[delta_ell * q[t][j] * beta[t][j] / c[t] for j in range(K)] for t in range(T)]


@delta_f.matrix
def delta_f(delta_ell, q, beta, c):
    r"\delta f = \delta \ell \, \frac{q \odot \beta}{c 1^\top}"
    return delta_ell * q * beta / c[:, None]


@delta_f.batch
def delta_f(delta_ell, q, beta, c):
    r"\delta f_n = \delta \ell \, \frac{q_n \odot \beta_n}{c_n 1^\top}"
    return delta_ell * q * beta / c[..., None]


@equation
def delta_B(delta_f, B, x):
    r"\delta b_{km} = \sum_t [x_t = m] \, \delta f_t(k)"
    K, M, T = len(B), len(B[0]), len(x)
    return [
        [total(delta_f[t][k] for t in range(T) if x[t] == m) for m in range(M)] for k in range(K)
    ]


@delta_B.matrix
def delta_B(delta_f, B, x):
    r"\delta B = \sum_t \delta f_t \, 1_{x_t}^\top"
    return delta_f.T @ indicator(x, B.shape[1])


@delta_B.batch
def delta_B(delta_f, B, x):
    r"\delta B = \sum_n \sum_t \delta f_{nt} \, 1_{x_{nt}}^\top"
    return (delta_f.transpose(0, 2, 1) @ indicator(x, B.shape[1])).sum(axis=0)


hidden_markov_model = Operation(
    "hidden Markov model",
    "(k),(k,k),(k,m),(t)->()",
    ell,
    (delta_pi, delta_A, delta_B),
    where=(f, alpha, q, c, beta, s, delta_f),
    inputs=("pi", "A", "B", "x"),
    parameters=("pi", "A", "B"),
    constants=("x",),
    domain={
        "pi": Probabilities(),
        "A": Probabilities(),
        "B": Probabilities(positive=True),
        "x": Integers(0, "m"),
    },
    batch="sum",
)
