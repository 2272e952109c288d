r"""Skip-gram with negative sampling: a word's vector tells the words that stand near it.

The word c in the centre has the input vector v_c.  Its score with a word is the product with that
word's output vector: z for the word o that was seen near it, q_j for the word s_j drawn as noise.

Shapes
    v : (m, d), u : (m, d), c : (), o : (), s : (j), z : (), q : (j), E : (); a batch holds the
    pairs in c and o, (n), and their noise words in the rows of S, (n, j).

Convention
    Summed over the noise words of a pair, averaged over the pairs of a batch.  A word may be drawn
    twice, and may be o or c itself; its contributions are added.

Stability
    The scalar form takes the logarithm of the textbook fraction; the matrix form takes
    \log(1 + e^z) without overflow.  A word's gradient is a sum over its pairs whose terms partly
    cancel: the roundings of the partial sums stay, many units in the last place of a small result.

Source
    T. Mikolov, I. Sutskever, K. Chen, G. Corrado and J. Dean, Distributed representations of words
    and phrases and their compositionality, NeurIPS 2013.
"""

import numpy as np

from gradcheck.notation import Integers, Operation, equation
from gradcheck.notation.scalar import exp, log, total
from reference_nets.activations.sigmoid import one_over_one_plus_exp
from reference_nets.nets.indicator import indicator


@equation
def z(v, u, c, o):
    r"z = \sum_d u_{od} v_{cd}"
    return total(u[o][d] * v[c][d] for d in range(len(v[0])))


@z.matrix
def z(v, u, c, o):
    r"z = u_o^\top v_c"
    return u[o] @ v[c]


@z.batch
def z(v, u, c, o):
    r"z_n = u_{o_n}^\top v_{c_n}"
    return (u[o] * v[c]).sum(axis=-1)


@equation
def q(v, u, c, s):
    r"q_j = \sum_d u_{s_j d} v_{cd}"
    return [total(u[s[j]][d] * v[c][d] for d in range(len(v[0]))) for j in range(len(s))]


@q.matrix
def q(v, u, c, s):
    r"q = u_s v_c"
    return u[s] @ v[c]


@q.batch
def q(v, u, c, s):
    r"Q_n = u_{s_n} v_{c_n}"
    return (u[s] * v[c][:, None]).sum(axis=-1)


@equation
def E(z, q):
    r"E = -\log \frac{1}{1 + e^{-z}} - \sum_j \log \frac{1}{1 + e^{q_j}}"
    return -log(1 / (1 + exp(-z))) - total(log(1 / (1 + exp(q[j]))) for j in range(len(q)))


@E.matrix
def E(z, q):
    r"E = \log(1 + e^{-z}) + 1^\top \log(1 + e^q)"
    return np.logaddexp(0.0, -z) + np.logaddexp(0.0, q).sum()


@E.batch
def E(z, q):
    r"E = \frac{1}{N} (1^\top \log(1 + e^{-z}) + 1^\top \log(1 + e^Q) 1)"
    return (np.logaddexp(0.0, -z).sum() + np.logaddexp(0.0, q).sum()) / len(z)


@equation
def delta_z(delta_E, z):
    r"\delta z = -\delta E \, \frac{1}{1 + e^z}"
    return -delta_E / (1 + exp(z))


@delta_z.matrix
def delta_z(delta_E, z):
    r"\delta z = -\delta E \, \frac{1}{1 + e^z}"
    return -delta_E * one_over_one_plus_exp(z)


@delta_z.batch
def delta_z(delta_E, z):
    r"\delta z = -\frac{\delta E}{N} \, \frac{1}{1 + e^z}"
    return -delta_E / len(z) * one_over_one_plus_exp(z)


@equation
def delta_q(delta_E, q):
    r"\delta q_j = \delta E \, \frac{1}{1 + e^{-q_j}}"
    return [delta_E / (1 + exp(-q[j])) for j in range(len(q))]


@delta_q.matrix
def delta_q(delta_E, q):
    r"\delta q = \delta E \, \frac{1}{1 + e^{-q}}"
    return delta_E * one_over_one_plus_exp(-q)


@delta_q.batch
def delta_q(delta_E, q):
    r"\Delta Q = \frac{\delta E}{N} \, \frac{1}{1 + e^{-Q}}"
    return delta_E / len(q) * one_over_one_plus_exp(-q)


@equation
def delta_v(delta_z, delta_q, u, c, o, s):
    r"\delta v_{md} = [m = c] \left( \delta z \, u_{od} + \sum_j \delta q_j \, u_{s_j d} \right)"
    M, D = len(u), len(u[0])
    delta_v_c = [
        delta_z * u[o][d] + total(delta_q[j] * u[s[j]][d] for j in range(len(s))) for d in range(D)
    ]
    return [[delta_v_c[d] if m == c else 0 * u[m][d] for d in range(D)] for m in range(M)]


@delta_v.matrix
def delta_v(delta_z, delta_q, u, c, o, s):
    r"\delta v = 1_c (\delta z \, u_o + u_s^\top \delta q)^\top"
    return np.outer(indicator(c, len(u)), delta_z * u[o] + delta_q @ u[s])


@delta_v.batch
def delta_v(delta_z, delta_q, u, c, o, s):
    r"\delta v = \sum_n 1_{c_n} (\delta z_n \, u_{o_n} + u_{s_n}^\top \delta q_n)^\top"
    delta_v_c = delta_z[:, None] * u[o] + (delta_q[..., None] * u[s]).sum(axis=1)
    return indicator(c, len(u)).T @ delta_v_c


@equation
def delta_u(delta_z, delta_q, v, c, o, s):
    r"\delta u_{md} = \left( [m = o] \, \delta z + \sum_j [m = s_j] \, \delta q_j \right) v_{cd}"
    M, D, J = len(v), len(v[0]), len(s)
    of_scores = [
        (delta_z if m == o else 0 * delta_z) + total(delta_q[j] for j in range(J) if m == s[j])
        for m in range(M)
    ]
    return [[of_scores[m] * v[c][d] for d in range(D)] for m in range(M)]


@delta_u.matrix
def delta_u(delta_z, delta_q, v, c, o, s):
    r"\delta u = (1_o \, \delta z + 1_s^\top \delta q) v_c^\top"
    M = len(v)
    return np.outer(indicator(o, M) * delta_z + delta_q @ indicator(s, M), v[c])


@delta_u.batch
def delta_u(delta_z, delta_q, v, c, o, s):
    r"\delta u = \sum_n (1_{o_n} \, \delta z_n + 1_{s_n}^\top \delta q_n) v_{c_n}^\top"
    M = len(v)
    of_noise = (delta_q[..., None] * indicator(s, M)).sum(axis=1)
    return (indicator(o, M) * delta_z[:, None] + of_noise).T @ v[c]


WORD = Integers(0, "m")

skip_gram = Operation(
    "skip-gram",
    "(m,d),(m,d),(),(),(j)->()",
    E,
    (delta_v, delta_u),
    where=(z, q, delta_z, delta_q),
    inputs=("v", "u", "c", "o", "s"),
    parameters=("v", "u"),
    constants=("c", "o", "s"),
    domain={"c": WORD, "o": WORD, "s": WORD},
    batch="mean",
)
