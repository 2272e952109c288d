r"""Advantage actor-critic: a linear softmax policy and a linear estimate of the value, at one step.

    z = w s + b,   \pi = \mathrm{softmax}(z),   V = u^\top s + c,   H = -\sum_k \pi_k \log \pi_k

The action a that was taken counts by its advantage A, the value V is drawn towards the return G,
and the entropy H keeps the policy from settling early.

Shapes
    w : (k, i), b : (k), u : (i), c : (), s : (i), a, A, G : (), c_V, c_H : (), z : (k), log_pi :
    (k), V, H : (), E : (); a batch holds steps: states in the rows of S, (n, i), and a, A, G : (n).

Convention
    **Averaged** over steps.  A and G are data: where A is computed as G - V, as usual, no gradient
    flows back through it, which is what makes the method one of policy gradients.  The weights c_V
    of the value and c_H of the entropy are given.

Stability
    The matrix form adds the logarithms of the exponentials in pairs.  Where the action taken is
    nearly certain, \pi - 1 cancels: the gradient is as small as it should be, with the absolute
    accuracy of \pi.

Source
    V. Mnih, A. P. Badia, M. Mirza, A. Graves, T. Lillicrap, T. Harley, D. Silver and
    K. Kavukcuoglu, Asynchronous methods for deep reinforcement learning, ICML 2016.
"""

import numpy as np

from gradcheck.notation import POSITIVE, Integers, Operation, equation
from gradcheck.notation.scalar import exp, log, total
from reference_nets.nets.indicator import indicator


@equation
def z(w, b, s):
    r"z_k = \sum_i w_{ki} s_i + b_k"
    return [total(w[k][i] * s[i] for i in range(len(s))) + b[k] for k in range(len(b))]


@z.matrix
def z(w, b, s):
    r"z = w s + b"
    return w @ s + b


@z.batch
def z(w, b, s):
    r"Z = S w^\top + 1 b^\top"
    return s @ w.T + b


@equation
def log_pi(z):
    r"\log \pi_k = \log \frac{e^{z_k}}{\sum_j e^{z_j}}"
    S = total(exp(z_j) for z_j in z)
    return [log(exp(z[k]) / S) for k in range(len(z))]


@log_pi.matrix
def log_pi(z):
    r"\log \pi = z - \log 1^\top e^z"
    return z - np.logaddexp.reduce(z)


@log_pi.batch
def log_pi(z):
    r"\log \Pi = Z - \log e^Z 1 1^\top"
    return z - np.logaddexp.reduce(z, axis=-1, keepdims=True)


@equation
def V(u, c, s):
    r"V = \sum_i u_i s_i + c"
    return total(u[i] * s[i] for i in range(len(s))) + c


@V.matrix
def V(u, c, s):
    r"V = u^\top s + c"
    return u @ s + c


@V.batch
def V(u, c, s):
    r"V = S u + c 1"
    return s @ u + c


@equation
def H(log_pi):
    r"H = -\sum_k \pi_k \log \pi_k"
    return -total(exp(log_pi[k]) * log_pi[k] for k in range(len(log_pi)))


@H.matrix
def H(log_pi):
    r"H = -\pi^\top \log \pi"
    return -(np.exp(log_pi) @ log_pi)


@H.batch
def H(log_pi):
    r"H = -(\Pi \odot \log \Pi) 1"
    return -(np.exp(log_pi) * log_pi).sum(axis=-1)


@equation
def E(log_pi, V, H, a, A, G, c_V, c_H):
    r"E = -A \log \pi_a + \frac{c_V}{2} (V - G)^2 - c_H H"
    return -A * log_pi[a] + c_V * (V - G) * (V - G) / 2 - c_H * H


@E.matrix
def E(log_pi, V, H, a, A, G, c_V, c_H):
    r"E = -A \, 1_a^\top \log \pi + \frac{c_V}{2} (V - G)^2 - c_H H"
    return -A * log_pi[a] + c_V * (V - G) ** 2 / 2 - c_H * H


@E.batch
def E(log_pi, V, H, a, A, G, c_V, c_H):
    r"E = \frac{1}{N} \sum_n (-A_n \log \pi_{n a_n} + \frac{c_V}{2} (V_n - G_n)^2 - c_H H_n)"
    log_pi_a = log_pi[np.arange(len(a)), a]
    return (-A @ log_pi_a + c_V * ((V - G) ** 2).sum() / 2 - c_H * H.sum()) / len(a)


@equation
def delta_z(delta_E, log_pi, H, a, A, c_H):
    r"\delta z_k = \delta E \, (A (\pi_k - [a = k]) + c_H \pi_k (\log \pi_k + H))"
    K, pi = len(log_pi), [exp(log_pi_k) for log_pi_k in log_pi]
    of_actor = [A * (pi[k] - 1) if a == k else A * pi[k] for k in range(K)]
    return [delta_E * (of_actor[k] + c_H * pi[k] * (log_pi[k] + H)) for k in range(K)]


@delta_z.matrix
def delta_z(delta_E, log_pi, H, a, A, c_H):
    r"\delta z = \delta E \, (A (\pi - 1_a) + c_H \, \pi \odot (\log \pi + H 1))"
    pi = np.exp(log_pi)
    return delta_E * (A * (pi - indicator(a, len(pi))) + c_H * pi * (log_pi + H))


@delta_z.batch
def delta_z(delta_E, log_pi, H, a, A, c_H):
    r"\delta z_n = \frac{\delta E}{N} (A_n (\pi_n - 1_{a_n}) + c_H \pi_n \odot (\log \pi_n + H_n))"
    pi = np.exp(log_pi)
    of_actor = A[:, None] * (pi - indicator(a, pi.shape[1]))
    return delta_E / len(a) * (of_actor + c_H * pi * (log_pi + H[:, None]))


@equation
def delta_V(delta_E, V, G, c_V):
    r"\delta V = \delta E \, c_V (V - G)"
    return delta_E * c_V * (V - G)


@delta_V.matrix
def delta_V(delta_E, V, G, c_V):
    r"\delta V = \delta E \, c_V (V - G)"
    return delta_E * c_V * (V - G)


@delta_V.batch
def delta_V(delta_E, V, G, c_V):
    r"\delta V = \frac{\delta E}{N} \, c_V (V - G)"
    return delta_E / len(V) * c_V * (V - G)


@equation
def delta_w(delta_z, s):
    r"\delta w_{ki} = \delta z_k \, s_i"
    return [[delta_z[k] * s[i] for i in range(len(s))] for k in range(len(delta_z))]


@delta_w.matrix
def delta_w(delta_z, s):
    r"\delta w = \delta z \, s^\top"
    return np.outer(delta_z, s)


@delta_w.batch
def delta_w(delta_z, s):
    r"\delta w = \Delta Z^\top S"
    return delta_z.T @ s


@equation
def delta_b(delta_z):
    r"\delta b_k = \delta z_k"
    return [delta_z[k] for k in range(len(delta_z))]


@delta_b.matrix
def delta_b(delta_z):
    r"\delta b = \delta z"
    return delta_z


@delta_b.batch
def delta_b(delta_z):
    r"\delta b = \Delta Z^\top 1"
    return delta_z.sum(axis=0)


@equation
def delta_u(delta_V, s):
    r"\delta u_i = \delta V \, s_i"
    return [delta_V * s[i] for i in range(len(s))]


@delta_u.matrix
def delta_u(delta_V, s):
    r"\delta u = \delta V \, s"
    return delta_V * s


@delta_u.batch
def delta_u(delta_V, s):
    r"\delta u = S^\top \delta V"
    return s.T @ delta_V


@equation
def delta_c(delta_V):
    r"\delta c = \delta V"
    return delta_V


@delta_c.matrix
def delta_c(delta_V):
    r"\delta c = \delta V"
    return delta_V


@delta_c.batch
def delta_c(delta_V):
    r"\delta c = 1^\top \delta V"
    return delta_V.sum()


actor_critic = Operation(
    "actor-critic",
    "(k,i),(k),(i),(),(i),(),(),(),(),()->()",
    E,
    (delta_w, delta_b, delta_u, delta_c),
    where=(z, log_pi, V, H, delta_z, delta_V),
    inputs=("w", "b", "u", "c", "s", "a", "A", "G", "c_V", "c_H"),
    parameters=("w", "b", "u", "c"),
    constants=("s", "a", "A", "G", "c_V", "c_H"),
    shared=("c_V", "c_H"),
    domain={"a": Integers(0, "k"), "c_V": POSITIVE, "c_H": POSITIVE},
    batch="mean",
)
