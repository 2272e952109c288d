r"""Gated recurrent unit: a state that one gate resets and another one updates, over all T steps.

The gates r, s (reset, update) and the candidate m are the first axis, in the order r, s, m.

    q_tg = w_g x_t + b_g,   v_tg = u_g h_{t-1} + d [g = m]
    z_tg = q_tg + \rho_tg \odot v_tg,   \rho_tm = \sigma(z_tr),   \rho_tr = \rho_ts = 1
    h_t  = (1 - \sigma(z_ts)) \odot \tanh(z_tm) + \sigma(z_ts) \odot h_{t-1}

Backwards, with g_t for all that reaches h_t:

    g_t  = \delta h_t + \sigma(z_{t+1,s}) \odot g_{t+1} + \sum_g u_g^\top \delta v_{t+1,g}

The weights u act within v, so that \delta u is that of `gates` with \delta v for \delta z.

Shapes
    x : (t, i), w : (3, k, i), u : (3, k, k), b : (3, k), d : (k), h0 : (k), h : (t, k); a batch
    holds a sequence x and its initial state h0 along a first axis n.

Convention
    The gate resets u_m h_{t-1} + d, after the product, so that d is not b_m; the first publication
    resets h_{t-1} itself, before the product.  s near 1 keeps the state.  Steps count from 1, and
    h_0 is given.

Stability
    The scalar form takes the slope of tanh as 1 - \tanh^2, which loses digits at saturation; the
    matrix form keeps them, and takes 1 - \sigma(z) as \sigma(-z).

Source
    K. Cho et al., Learning phrase representations using RNN encoder-decoder for statistical
    machine translation, EMNLP 2014.
"""

import numpy as np

from gradcheck.notation import Operation, Reals, equation
from gradcheck.notation.scalar import total
from reference_nets.activations.sigmoid import sigmoid
from reference_nets.activations.tanh import tanh
from reference_nets.layers.gates import delta_b, delta_u, delta_w, delta_x
from reference_nets.layers.gru_cell import (
    GATES,
    all_products,
    pre_activations,
    products,
    through_reset,
    to_state_before,
    unit_backward,
    units_backward,
    unrolled,
    unrolled_backward,
)
from reference_nets.layers.sequences import previous


@equation
def q(w, b, x):
    r"q_{tgk} = \sum_i w_{gki} x_{ti} + b_{gk}"
    K, I = range(len(b[0])), range(len(w[0][0]))
    return [
        [[total(w[g][k][i] * x_t[i] for i in I) + b[g][k] for k in K] for g in GATES] for x_t in x
    ]


@q.matrix
def q(w, b, x):
    r"q_{tg} = w_g x_t + b_g"
    return np.einsum("gki,ti->tgk", w, x) + b


@q.batch
def q(w, b, x):
    r"q_{ntg} = w_g x_{nt} + b_g"
    return np.einsum("gki,nti->ntgk", w, x) + b


@equation
def h(q, u, d, h0):
    r"h_{tk} = (1 - \sigma(z_{tsk})) \tanh(z_{tmk}) + \sigma(z_{tsk}) \, h_{t-1,k}"
    sigma, K, all_h, h = sigmoid.h["scalar"], range(len(h0)), [], h0
    for q_t in q:
        v = products(u, d, h)
        r, s = ([sigma(q_t[g][k] + v[g][k]) for k in K] for g in (0, 1))
        m = [tanh.h["scalar"](q_t[2][k] + r[k] * v[2][k]) for k in K]
        h = [(1 - s[k]) * m[k] + s[k] * h[k] for k in K]
        all_h.append(h)
    return all_h


@h.matrix
def h(q, u, d, h0):
    r"h_t = (1 - \sigma(z_{ts})) \odot \tanh(z_{tm}) + \sigma(z_{ts}) \odot h_{t-1}"
    return unrolled(q, u, d, h0)


@h.batch
def h(q, u, d, h0):
    r"H_t = (1 - \sigma(Z_{ts})) \odot \tanh(Z_{tm}) + \sigma(Z_{ts}) \odot H_{t-1}"
    return unrolled(q, u, d, h0)


@equation
def v(u, d, h, h0):
    r"v_{tgk} = \sum_j u_{gkj} h_{t-1,j} + d_k [g = m]"
    return [products(u, d, before) for before in [h0, *h[:-1]]]


@v.matrix
def v(u, d, h, h0):
    r"v_{tg} = u_g h_{t-1} + d [g = m]"
    return all_products(u, d, previous(h0, h))


@v.batch
def v(u, d, h, h0):
    r"v_{ntg} = u_g h_{n,t-1} + d [g = m]"
    return all_products(u, d, previous(h0, h))


@equation
def z(q, v):
    r"z_{tgk} = q_{tgk} + \rho_{tgk} v_{tgk}"
    T, K, sigma = range(len(q)), range(len(q[0][0])), sigmoid.h["scalar"]
    z_r, z_s = ([[q[t][g][k] + v[t][g][k] for k in K] for t in T] for g in (0, 1))
    z_m = [[q[t][2][k] + sigma(z_r[t][k]) * v[t][2][k] for k in K] for t in T]
    return [[z_r[t], z_s[t], z_m[t]] for t in T]


@z.matrix
def z(q, v):
    r"z_{tg} = q_{tg} + \rho_{tg} \odot v_{tg}"
    return pre_activations(q, v)


@z.batch
def z(q, v):
    r"Z_{tg} = Q_{tg} + P_{tg} \odot V_{tg}"
    return pre_activations(q, v)


@equation
def g(delta_h, z, v, h, h0, u):
    r"g_{tk} = \delta h_{tk} + \sigma(z_{t+1,sk}) g_{t+1,k} + \sum_{g,j} \delta v_{t+1,gj} u_{gjk}"
    sigma, K, before = sigmoid.h["scalar"], range(len(h0)), [h0, *h]
    all_g, later = [], [0.0 for k in K]
    for t in reversed(range(len(h))):
        g = [delta_h[t][k] + later[k] for k in K]
        of_z = [unit_backward(g[k], [z_g[k] for z_g in z[t]], v[t][2][k], before[t][k]) for k in K]
        of_v = [(r, s, m * sigma(z[t][0][k])) for k, (r, s, m) in enumerate(of_z)]
        later = [
            g[k] * sigma(z[t][1][k]) + total(of_v[j][a] * u[a][j][k] for a in GATES for j in K)
            for k in K
        ]
        all_g.append(g)
    return all_g[::-1]


@g.matrix
def g(delta_h, z, v, h, h0, u):
    r"g_t = \delta h_t + \sigma(z_{t+1,s}) \odot g_{t+1} + \sum_g u_g^\top \delta v_{t+1,g}"
    return unrolled_backward(delta_h, z, v, h, h0, u)


@g.batch
def g(delta_h, z, v, h, h0, u):
    r"G_t = \Delta H_t + \sigma(Z_{t+1,s}) \odot G_{t+1} + \sum_g \Delta V_{t+1,g} u_g"
    return unrolled_backward(delta_h, z, v, h, h0, u)


@equation
def delta_z(g, z, v, h, h0):
    r"\delta z_{tgk} = g_{tk} \, \partial h_{tk} / \partial z_{tgk}"
    T, K, before = range(len(h)), range(len(h0)), [h0, *h]
    units = [
        [unit_backward(g[t][k], [z_g[k] for z_g in z[t]], v[t][2][k], before[t][k]) for k in K]
        for t in T
    ]
    return [[[units[t][k][a] for k in K] for a in GATES] for t in T]


@delta_z.matrix
def delta_z(g, z, v, h, h0):
    r"\delta z_{tg} = g_t \odot \partial h_t / \partial z_{tg}"
    return units_backward(g, z, v, previous(h0, h))


@delta_z.batch
def delta_z(g, z, v, h, h0):
    r"\Delta Z_{tg} = G_t \odot \partial H_t / \partial Z_{tg}"
    return units_backward(g, z, v, previous(h0, h))


@equation
def delta_v(delta_z, z):
    r"\delta v_{tgk} = \rho_{tgk} \, \delta z_{tgk}"
    sigma, K = sigmoid.h["scalar"], range(len(z[0][0]))
    return [
        [delta_z[t][0], delta_z[t][1], [delta_z[t][2][k] * sigma(z[t][0][k]) for k in K]]
        for t in range(len(z))
    ]


@delta_v.matrix
def delta_v(delta_z, z):
    r"\delta v_{tg} = \rho_{tg} \odot \delta z_{tg}"
    return through_reset(delta_z, z)


@delta_v.batch
def delta_v(delta_z, z):
    r"\Delta V_{tg} = P_{tg} \odot \Delta Z_{tg}"
    return through_reset(delta_z, z)


@equation
def delta_d(delta_v):
    r"\delta d_k = \sum_t \delta v_{tmk}"
    return [total(delta_v_t[2][k] for delta_v_t in delta_v) for k in range(len(delta_v[0][0]))]


@delta_d.matrix
def delta_d(delta_v):
    r"\delta d = \sum_t \delta v_{tm}"
    return delta_v[:, 2].sum(axis=0)


@delta_d.batch
def delta_d(delta_v):
    r"\delta d = \sum_{n,t} \delta v_{ntm}"
    return delta_v[:, :, 2].sum(axis=(0, 1))


@equation
def delta_h0(g, z, delta_v, u):
    r"\delta h_{0k} = \sigma(z_{1sk}) g_{1k} + \sum_{g,j} \delta v_{1gj} u_{gjk}"
    K, s = range(len(g[0])), [sigmoid.h["scalar"](z_k) for z_k in z[0][1]]
    by_products = [total(delta_v[0][a][j] * u[a][j][k] for a in GATES for j in K) for k in K]
    return [s[k] * g[0][k] + by_products[k] for k in K]


@delta_h0.matrix
def delta_h0(g, z, delta_v, u):
    r"\delta h_0 = \sigma(z_{1s}) \odot g_1 + \sum_g u_g^\top \delta v_{1g}"
    return to_state_before(g[0], z[0], delta_v[0], u)


@delta_h0.batch
def delta_h0(g, z, delta_v, u):
    r"\Delta H_0 = \sigma(Z_{1s}) \odot G_1 + \sum_g \Delta V_{1g} u_g"
    return to_state_before(g[:, 0], z[:, 0], delta_v[:, 0], u)


gru = Operation(
    "GRU",
    "(t,i),(3,k,i),(3,k,k),(3,k),(k),(k)->(t,k)",
    h,
    (delta_x, delta_w, delta_u.at("delta_u", delta_z="delta_v"), delta_b, delta_d, delta_h0),
    where=(q, v, z, g, delta_z, delta_v),
    inputs=("x", "w", "u", "b", "d", "h0"),
    parameters=("w", "u", "b", "d"),
    domain={"w": Reals(0.5), "u": Reals(0.5)},  # larger ones saturate every unit
    usual_sizes={"t": 3, "i": 3, "k": 2},
)
