r"""Long short-term memory: cells that gates write, keep and read, over all T steps.

The gates g = i, f, c, o (input, forget, candidate, output) are the first axis of the parameters.

    z_tg = w_g x_t + u_g h_{t-1} + b_g + peephole_g
    c_t  = \sigma(z_tf) \odot c_{t-1} + \sigma(z_ti) \odot \tanh(z_tc)
    h_t  = \sigma(z_to) \odot \tanh(c_t)

With peepholes p = (p_i, p_f, p_o) the gates see the cells: input and forget gate see
p \odot c_{t-1}, the output gate p \odot c_t.  Without them p = 0.

Shapes
    x : (t, i), w : (4, k, i), u : (4, k, k), b : (4, k), p : (3, k), h0, c0 : (k), h : (t, k); a
    batch holds a sequence x and its initial states h0, c0 along a first axis n.

Convention
    Steps count from 1, and h_0, c_0 are given.  \delta z and \delta c hold what reaches them from
    the output at their step and from all later steps: the whole backward pass through time.

Source
    S. Hochreiter and J. Schmidhuber, Long short-term memory, Neural Computation 9 (1997),
    1735-1780; the forget gate: F. A. Gers, J. Schmidhuber and F. Cummins, Learning to forget,
    Neural Computation 12 (2000), 2451-2471; peepholes: F. A. Gers, N. N. Schraudolph and
    J. Schmidhuber, Learning precise timing with LSTM recurrent networks, JMLR 3 (2002), 115-143.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.activations.sigmoid import sigmoid
from reference_nets.activations.tanh import tanh

GATES = range(4)


def states_in_loops(w, u, b, p, x, h0, c0):
    """Return z and c at all steps, unit by unit."""
    sigma, tanh_, K, I = sigmoid.h["scalar"], tanh.h["scalar"], range(len(h0)), range(len(x[0]))
    states, h, c = [], h0, c0
    for x_t in x:
        z = [
            [
                total(w[g][k][i] * x_t[i] for i in I) + total(u[g][k][j] * h[j] for j in K) + b[g][k]
                for k in K
            ]
            for g in GATES
        ]
        z_i, z_f = ([z[g][k] + p[g][k] * c[k] for k in K] for g in (0, 1))
        c = [sigma(z_f[k]) * c[k] + sigma(z_i[k]) * tanh_(z[2][k]) for k in K]
        z_o = [z[3][k] + p[2][k] * c[k] for k in K]
        h = [sigma(z_o[k]) * tanh_(c[k]) for k in K]
        states.append(([z_i, z_f, z[2], z_o], c))
    return states


def states(w, u, b, p, x, h0, c0):
    """Return z and c at all steps, for one sequence or a batch of them."""
    sigma, all_z, all_c, h, c = sigmoid.h["matrix"], [], [], h0, c0
    for t in range(x.shape[-2]):
        z_i, z_f, z_c, z_o = (x[..., t, :] @ w[g].T + h @ u[g].T + b[g] for g in GATES)
        z_i, z_f = z_i + p[0] * c, z_f + p[1] * c
        c = sigma(z_f) * c + sigma(z_i) * np.tanh(z_c)
        z_o = z_o + p[2] * c
        h = sigma(z_o) * np.tanh(c)
        all_z.append(np.stack([z_i, z_f, z_c, z_o], axis=-2))
        all_c.append(c)
    return np.stack(all_z, axis=-3), np.stack(all_c, axis=-2)


def cotangents_in_loops(delta_h, z, c, c0, u, p):
    """Return the cotangents of z and c at all steps, unit by unit, from the last step backwards."""
    sigma, sigma_prime = sigmoid.h["scalar"], sigmoid.h_prime["scalar"]
    tanh_, tanh_prime = tanh.h["scalar"], tanh.h_prime["scalar"]
    K, before = range(len(c0)), [c0, *c]
    later_h, later_c = ([0.0 for k in K] for _ in range(2))
    cotangents = []
    for t in reversed(range(len(z))):
        z_i, z_f, z_c, z_o = z[t]
        of_h = [delta_h[t][k] + later_h[k] for k in K]
        of_o = [of_h[k] * tanh_(c[t][k]) * sigma_prime(z_o[k]) for k in K]
        through_h = [of_h[k] * sigma(z_o[k]) * tanh_prime(c[t][k]) for k in K]
        of_c = [later_c[k] + through_h[k] + p[2][k] * of_o[k] for k in K]
        of_i = [of_c[k] * tanh_(z_c[k]) * sigma_prime(z_i[k]) for k in K]
        of_f = [of_c[k] * before[t][k] * sigma_prime(z_f[k]) for k in K]
        of_z = [of_i, of_f, [of_c[k] * sigma(z_i[k]) * tanh_prime(z_c[k]) for k in K], of_o]
        later_h = [total(of_z[g][j] * u[g][j][k] for g in GATES for j in K) for k in K]
        peeped = [p[0][k] * of_i[k] + p[1][k] * of_f[k] for k in K]
        later_c = [of_c[k] * sigma(z_f[k]) + peeped[k] for k in K]
        cotangents.append((of_z, of_c))
    return cotangents[::-1]


def cotangents(delta_h, z, c, c0, u, p):
    """Return the cotangents of z and c at all steps, for one sequence or a batch of them."""
    sigma, sigma_prime = sigmoid.h["matrix"], sigmoid.h_prime["matrix"]
    tanh_prime, before = tanh.h_prime["matrix"], previous(c0, c)
    delta_z, delta_c, later_h, later_c = np.zeros_like(z), np.zeros_like(c), 0.0, 0.0
    for t in reversed(range(z.shape[-3])):
        z_i, z_f, z_c, z_o = (z[..., t, g, :] for g in GATES)
        of_h = delta_h[..., t, :] + later_h
        of_o = of_h * np.tanh(c[..., t, :]) * sigma_prime(z_o)
        of_c = later_c + of_h * sigma(z_o) * tanh_prime(c[..., t, :]) + p[2] * of_o
        of_i = of_c * np.tanh(z_c) * sigma_prime(z_i)
        of_f = of_c * before[..., t, :] * sigma_prime(z_f)
        of_z = np.stack([of_i, of_f, of_c * sigma(z_i) * tanh_prime(z_c), of_o], axis=-2)
        later_h = sum(of_z[..., g, :] @ u[g] for g in GATES)
        later_c = of_c * sigma(z_f) + p[0] * of_i + p[1] * of_f
        delta_z[..., t, :, :], delta_c[..., t, :] = of_z, of_c
    return delta_z, delta_c


def previous(h0, h):
    """Return h_0, ..., h_{T-1}: the state that each step starts from."""
    return np.concatenate([h0[..., None, :], h[..., :-1, :]], axis=-2)


@equation
def p(b):
    r"p_{gk} = 0"
    return [[0.0 for k in range(len(b[0]))] for g in range(3)]


@p.matrix
def p(b):
    r"p = 0"
    return np.zeros((3, b.shape[1]))


@p.batch
def p(b):
    r"p = 0"
    return np.zeros((3, b.shape[1]))


@equation
def z(w, u, b, p, x, h0, c0):
    r"z_{tgk} = \sum_i w_{gki} x_{ti} + \sum_j u_{gkj} h_{t-1,j} + b_{gk} + p_{gk} c_{(t-1|t)k}"
    return [z for z, c in states_in_loops(w, u, b, p, x, h0, c0)]


@z.matrix
def z(w, u, b, p, x, h0, c0):
    r"z_{tg} = w_g x_t + u_g h_{t-1} + b_g + p_g \odot c_{(t-1|t)}"
    return states(w, u, b, p, x, h0, c0)[0]


@z.batch
def z(w, u, b, p, x, h0, c0):
    r"Z_{tg} = X_t w_g^\top + H_{t-1} u_g^\top + 1 b_g^\top + p_g \odot C_{(t-1|t)}"
    return states(w, u, b, p, x, h0, c0)[0]


@equation
def c(w, u, b, p, x, h0, c0):
    r"c_{tk} = \sigma(z_{tfk}) \, c_{t-1,k} + \sigma(z_{tik}) \tanh(z_{tck})"
    return [c for z, c in states_in_loops(w, u, b, p, x, h0, c0)]


@c.matrix
def c(w, u, b, p, x, h0, c0):
    r"c_t = \sigma(z_{tf}) \odot c_{t-1} + \sigma(z_{ti}) \odot \tanh(z_{tc})"
    return states(w, u, b, p, x, h0, c0)[1]


@c.batch
def c(w, u, b, p, x, h0, c0):
    r"C_t = \sigma(Z_{tf}) \odot C_{t-1} + \sigma(Z_{ti}) \odot \tanh(Z_{tc})"
    return states(w, u, b, p, x, h0, c0)[1]


@equation
def h(z, c):
    r"h_{tk} = \sigma(z_{tok}) \tanh(c_{tk})"
    sigma, tanh_, T, K = sigmoid.h["scalar"], tanh.h["scalar"], range(len(c)), range(len(c[0]))
    return [[sigma(z[t][3][k]) * tanh_(c[t][k]) for k in K] for t in T]


@h.matrix
def h(z, c):
    r"h_t = \sigma(z_{to}) \odot \tanh(c_t)"
    return sigmoid.h["matrix"](z[:, 3]) * np.tanh(c)


@h.batch
def h(z, c):
    r"H_t = \sigma(Z_{to}) \odot \tanh(C_t)"
    return sigmoid.h["matrix"](z[:, :, 3]) * np.tanh(c)


@equation
def delta_z(delta_h, z, c, c0, u, p):
    r"\delta z_{tgk} = \left( \delta c_{tk}, \delta h_{tk} \right) \cdot \partial (c, h)_{tk} / \partial z_{tgk}"
    return [of_z for of_z, of_c in cotangents_in_loops(delta_h, z, c, c0, u, p)]


@delta_z.matrix
def delta_z(delta_h, z, c, c0, u, p):
    r"\delta z_t = \partial (c_t, h_t) / \partial z_t \cdot (\delta c_t, \delta h_t + u^\top \delta z_{t+1})"
    return cotangents(delta_h, z, c, c0, u, p)[0]
