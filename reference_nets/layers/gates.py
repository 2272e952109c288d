r"""What layers with gates have in common: the gradients behind z_tg = w_g x_t + u_g h_{t-1} + b_g.

The gates g are the first axis of the parameters and the second one, after the steps, of z.
"""

import numpy as np

from gradcheck.notation import equation
from gradcheck.notation.scalar import total
from reference_nets.layers.sequences import previous


@equation
def delta_w(delta_z, x):
    r"\delta w_{gki} = \sum_t \delta z_{tgk} \, x_{ti}"
    T, G, K, I = (range(len(a)) for a in (x, delta_z[0], delta_z[0][0], x[0]))
    return [[[total(delta_z[t][g][k] * x[t][i] for t in T) for i in I] for k in K] for g in G]


@delta_w.matrix
def delta_w(delta_z, x):
    r"\delta w_g = \sum_t \delta z_{tg} \, x_t^\top"
    return np.einsum("tgk,ti->gki", delta_z, x)


@delta_w.batch
def delta_w(delta_z, x):
    r"\delta w_g = \sum_{n,t} \delta z_{ntg} \, x_{nt}^\top"
    return np.einsum("ntgk,nti->gki", delta_z, x)


@equation
def delta_u(delta_z, h, h0):
    r"\delta u_{gkj} = \sum_t \delta z_{tgk} \, h_{t-1,j}"
    T, G, K, before = range(len(h)), range(len(delta_z[0])), range(len(h0)), [h0, *h]
    return [[[total(delta_z[t][g][k] * before[t][j] for t in T) for j in K] for k in K] for g in G]


@delta_u.matrix
def delta_u(delta_z, h, h0):
    r"\delta u_g = \sum_t \delta z_{tg} \, h_{t-1}^\top"
    return np.einsum("tgk,tj->gkj", delta_z, previous(h0, h))


@delta_u.batch
def delta_u(delta_z, h, h0):
    r"\delta u_g = \sum_{n,t} \delta z_{ntg} \, h_{n,t-1}^\top"
    return np.einsum("ntgk,ntj->gkj", delta_z, previous(h0, h))


@equation
def delta_b(delta_z):
    r"\delta b_{gk} = \sum_t \delta z_{tgk}"
    T, G, K = (range(len(a)) for a in (delta_z, delta_z[0], delta_z[0][0]))
    return [[total(delta_z[t][g][k] for t in T) for k in K] for g in G]


@delta_b.matrix
def delta_b(delta_z):
    r"\delta b = \sum_t \delta z_t"
    return delta_z.sum(axis=0)


@delta_b.batch
def delta_b(delta_z):
    r"\delta b = \sum_{n,t} \delta z_{nt}"
    return delta_z.sum(axis=(0, 1))


@equation
def delta_x(delta_z, w):
    r"\delta x_{ti} = \sum_{g,k} \delta z_{tgk} \, w_{gki}"
    G, K, I = (range(len(a)) for a in (w, w[0], w[0][0]))
    return [
        [total(delta_z_t[g][k] * w[g][k][i] for g in G for k in K) for i in I]
        for delta_z_t in delta_z
    ]


@delta_x.matrix
def delta_x(delta_z, w):
    r"\delta x_t = \sum_g w_g^\top \delta z_{tg}"
    return np.einsum("tgk,gki->ti", delta_z, w)


@delta_x.batch
def delta_x(delta_z, w):
    r"\delta x_{nt} = \sum_g w_g^\top \delta z_{ntg}"
    return np.einsum("ntgk,gki->nti", delta_z, w)
