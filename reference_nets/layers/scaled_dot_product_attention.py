r"""Scaled dot-product attention: each query takes the mean of the values whose keys it resembles.

Shapes
    q : (t, d), k : (s, d), v : (s, e), m : (t, s), y : (t, e); a batch holds queries, keys and
    values along a first axis n and has the mask in common.

Convention
    m_ts = 1 where query t may look at key s, else 0: a given mask, or 1 everywhere, or, where
    attention is causal, [s \le t].  A query that may look at no key gets the output 0.

Stability
    The scalar form is the textbook quotient.  The matrix form subtracts the largest score that is
    allowed, which changes nothing in exact arithmetic and keeps the exponentials from overflowing.
    Where one weight of a query is near 1, \delta z is a difference of nearly equal numbers.

Source
    A. Vaswani et al., Attention is all you need, NeurIPS 2017, section 3.2.1.
"""

import numpy as np

from gradcheck.notation import Binary, Operation, equation
from gradcheck.notation.scalar import exp, sqrt, total


def transposed(x):
    """Return x with its last two axes exchanged, for a single input or a batch."""
    return x.swapaxes(-1, -2)


def softmax_where(m, z):
    """Return the softmax of each row over the entries where m is 1; 0 where a row has none."""
    allowed = np.where(m > 0, z, z.min(axis=-1, keepdims=True))
    e = m * np.exp(allowed - allowed.max(axis=-1, keepdims=True))
    S = e.sum(axis=-1, keepdims=True)
    return e / np.where(S > 0, S, 1.0)


@equation
def everywhere(q, k):
    r"m_{ts} = 1"
    return [[1.0 for k_s in k] for q_t in q]


@everywhere.matrix
def everywhere(q, k):
    r"m = 1 1^\top"
    return np.ones((len(q), len(k)))


@everywhere.batch
def everywhere(q, k):
    r"m_n = 1 1^\top"
    return np.ones((*q.shape[:2], k.shape[1]))


@equation
def not_ahead(q, k):
    r"m_{ts} = [s \le t]"
    T, S = range(len(q)), range(len(k))
    return [[1.0 if s <= t else 0.0 for s in S] for t in T]


@not_ahead.matrix
def not_ahead(q, k):
    r"m = \mathrm{tril}(1 1^\top)"
    return np.tri(len(q), len(k))


@not_ahead.batch
def not_ahead(q, k):
    r"m_n = \mathrm{tril}(1 1^\top)"
    return np.stack([np.tri(q.shape[1], k.shape[1])] * len(q))


@equation
def z(q, k):
    r"z_{ts} = \frac{1}{\sqrt{D}} \sum_d q_{td} k_{sd}"
    D = len(q[0])
    return [[total(q_t[d] * k_s[d] for d in range(D)) / sqrt(D) for k_s in k] for q_t in q]


@z.matrix
def z(q, k):
    r"z = \frac{1}{\sqrt{D}} q k^\top"
    return q @ k.T / np.sqrt(q.shape[1])


@z.batch
def z(q, k):
    r"z_n = \frac{1}{\sqrt{D}} q_n k_n^\top"
    return q @ transposed(k) / np.sqrt(q.shape[2])


@equation
def p(z, m):
    r"p_{ts} = \frac{m_{ts} e^{z_{ts}}}{\sum_r m_{tr} e^{z_{tr}}}"
    S = range(len(z[0]))

    def of_query(z_t, m_t):
        if not any(m_ts > 0 for m_ts in m_t):
            return [0.0 * z_ts for z_ts in z_t]
        allowed = total(exp(z_t[r]) for r in S if m_t[r] > 0)
        return [exp(z_t[s]) / allowed if m_t[s] > 0 else 0.0 * z_t[s] for s in S]

    return [of_query(z[t], m[t]) for t in range(len(z))]


@p.matrix
def p(z, m):
    r"p_t = \mathrm{softmax}(z_t \text{ where } m_t)"
    return softmax_where(m, z)


@p.batch
def p(z, m):
    r"p_{nt} = \mathrm{softmax}(z_{nt} \text{ where } m_t)"
    return softmax_where(m, z)


@equation
def y(p, v):
    r"y_{te} = \sum_s p_{ts} v_{se}"
    S, E = range(len(v)), range(len(v[0]))
    return [[total(p_t[s] * v[s][e] for s in S) for e in E] for p_t in p]


@y.matrix
def y(p, v):
    r"y = p \, v"
    return p @ v


@y.batch
def y(p, v):
    r"y_n = p_n v_n"
    return p @ v


@equation
def delta_v(delta_y, p):
    r"\delta v_{se} = \sum_t p_{ts} \, \delta y_{te}"
    T, S, E = range(len(p)), range(len(p[0])), range(len(delta_y[0]))
    return [[total(p[t][s] * delta_y[t][e] for t in T) for e in E] for s in S]


@delta_v.matrix
def delta_v(delta_y, p):
    r"\delta v = p^\top \delta y"
    return p.T @ delta_y


@delta_v.batch
def delta_v(delta_y, p):
    r"\delta v_n = p_n^\top \delta y_n"
    return transposed(p) @ delta_y


@equation
def delta_p(delta_y, v):
    r"\delta p_{ts} = \sum_e \delta y_{te} v_{se}"
    E = range(len(v[0]))
    return [[total(delta_y_t[e] * v_s[e] for e in E) for v_s in v] for delta_y_t in delta_y]


@delta_p.matrix
def delta_p(delta_y, v):
    r"\delta p = \delta y \, v^\top"
    return delta_y @ v.T


@delta_p.batch
def delta_p(delta_y, v):
    r"\delta p_n = \delta y_n v_n^\top"
    return delta_y @ transposed(v)


@equation
def delta_z(delta_p, p):
    r"\delta z_{ts} = p_{ts} \left( \delta p_{ts} - \sum_r p_{tr} \, \delta p_{tr} \right)"
    T, S = range(len(p)), range(len(p[0]))
    mean = [total(p[t][r] * delta_p[t][r] for r in S) for t in T]
    return [[p[t][s] * (delta_p[t][s] - mean[t]) for s in S] for t in T]


@delta_z.matrix
def delta_z(delta_p, p):
    r"\delta z = p \odot (\delta p - (p \odot \delta p) 1 1^\top)"
    return p * (delta_p - (p * delta_p).sum(axis=1, keepdims=True))


@delta_z.batch
def delta_z(delta_p, p):
    r"\delta z_n = p_n \odot (\delta p_n - (p_n \odot \delta p_n) 1 1^\top)"
    return p * (delta_p - (p * delta_p).sum(axis=2, keepdims=True))


@equation
def delta_q(delta_z, k):
    r"\delta q_{td} = \frac{1}{\sqrt{D}} \sum_s \delta z_{ts} k_{sd}"
    S, D = range(len(k)), len(k[0])
    return [[total(dz_t[s] * k[s][d] for s in S) / sqrt(D) for d in range(D)] for dz_t in delta_z]


@delta_q.matrix
def delta_q(delta_z, k):
    r"\delta q = \frac{1}{\sqrt{D}} \delta z \, k"
    return delta_z @ k / np.sqrt(k.shape[1])


@delta_q.batch
def delta_q(delta_z, k):
    r"\delta q_n = \frac{1}{\sqrt{D}} \delta z_n k_n"
    return delta_z @ k / np.sqrt(k.shape[2])


@equation
def delta_k(delta_z, q):
    r"\delta k_{sd} = \frac{1}{\sqrt{D}} \sum_t \delta z_{ts} q_{td}"
    T, S, D = range(len(q)), range(len(delta_z[0])), len(q[0])
    return [[total(delta_z[t][s] * q[t][d] for t in T) / sqrt(D) for d in range(D)] for s in S]


@delta_k.matrix
def delta_k(delta_z, q):
    r"\delta k = \frac{1}{\sqrt{D}} \delta z^\top q"
    return delta_z.T @ q / np.sqrt(q.shape[1])


@delta_k.batch
def delta_k(delta_z, q):
    r"\delta k_n = \frac{1}{\sqrt{D}} \delta z_n^\top q_n"
    return transposed(delta_z) @ q / np.sqrt(q.shape[2])


def scaled_dot_product_attention(*, causal: bool = False, masked: bool = False) -> Operation:
    """Return attention everywhere, to positions that are not ahead, or where a mask allows it.

    Parameters
    ----------
    causal : bool
        Whether a query may look at no key of a later position.
    masked : bool
        Whether the mask ``m`` is an input; it is not combined with `causal`.

    Raises
    ------
    ValueError
        If attention is to be both causal and masked.

    Examples
    --------
    >>> scaled_dot_product_attention(masked=True).inputs
    ('q', 'k', 'v', 'm')
    >>> attention = scaled_dot_product_attention(causal=True)
    >>> attention([[1.0], [1.0]], [[0.0], [0.0]], [[2.0], [4.0]]).tolist()
    [[2.0], [3.0]]
    """
    if causal and masked:
        raise ValueError("causal=True, masked=True: give the mask that is causal already")
    own_mask = () if masked else ((not_ahead if causal else everywhere).at("m"),)
    return Operation(
        f"scaled dot-product attention{', causal' * causal}{', masked' * masked}",
        f"(t,d),(s,d),(s,e){',(t,s)' * masked}->(t,e)",
        y,
        (delta_q, delta_k, delta_v),
        where=(*own_mask, z, p, delta_p, delta_z),
        inputs=("q", "k", "v", *("m",) * masked),
        constants=("m",) * masked,
        shared=("m",) * masked,
        domain={"m": Binary()} if masked else {},
    )
