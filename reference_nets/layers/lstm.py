r"""Long short-term memory: cells that gates write, keep and read, over all T steps.

The gates i, f, o (input, forget, output) and the candidate m are the first axis, in the order
i, f, m, o.  With peepholes p the gates see the cells, e_t = (c_{t-1}, c_{t-1}, c_t) for i, f, o;
without them p = 0.

    z_ti = w_i x_t + u_i h_{t-1} + b_i + p_i \odot c_{t-1}        z_tf alike
    z_tm = w_m x_t + u_m h_{t-1} + b_m
    c_t  = \sigma(z_tf) \odot c_{t-1} + \sigma(z_ti) \odot \tanh(z_tm)
    z_to = w_o x_t + u_o h_{t-1} + b_o + p_o \odot c_t
    h_t  = \sigma(z_to) \odot \tanh(c_t)

Backwards, with g_t for all that reaches h_t and \delta c_t for all that reaches c_t, where the
derivative of h_t is the one at a given c_t:

    g_t  = \delta h_t + \sum_g u_g^\top \delta z_{t+1,g}
    \delta z_to = g_t \odot \tanh(c_t) \odot \sigma'(z_to)
    \delta c_t  = g_t \odot \sigma(z_to) \odot \tanh'(c_t) + p_o \odot \delta z_to
                + \sigma(z_{t+1,f}) \odot \delta c_{t+1}
                + p_i \odot \delta z_{t+1,i} + p_f \odot \delta z_{t+1,f}
    \delta z_ti = \delta c_t \odot \tanh(z_tm) \odot \sigma'(z_ti)
    \delta z_tf = \delta c_t \odot c_{t-1} \odot \sigma'(z_tf)
    \delta z_tm = \delta c_t \odot \sigma(z_ti) \odot \tanh'(z_tm)

Shapes
    x : (t, i), w : (4, k, i), u : (4, k, k), b : (4, k), p : (3, k) in the order i, f, o,
    h0, c0 : (k), h : (t, k); a batch holds x, h0 and c0 along a first axis n.

Convention
    Steps count from 1, and h_0, c_0 are given.

Stability
    The scalar form takes the slopes of tanh as 1 - \tanh^2, which loses digits at saturation; the
    matrix form keeps them.

Source
    S. Hochreiter and J. Schmidhuber, Long short-term memory, Neural Computation 9 (1997),
    1735-1780; the forget gate: F. A. Gers, J. Schmidhuber and F. Cummins, Learning to forget:
    continual prediction with LSTM, Neural Computation 12 (2000), 2451-2471; peepholes: F. A. Gers,
    N. N. Schraudolph and J. Schmidhuber, Learning precise timing with LSTM recurrent networks,
    Journal of Machine Learning Research 3 (2002), 115-143.
"""

import numpy as np

from gradcheck.notation import Operation, Reals, equation
from gradcheck.notation.scalar import total
from reference_nets.activations.sigmoid import sigmoid
from reference_nets.activations.tanh import tanh
from reference_nets.layers.gates import delta_b, delta_u, delta_w, delta_x
from reference_nets.layers.lstm_cell import (
    GATES,
    loops_over_steps,
    loops_over_steps_backward,
    unrolled,
    unrolled_backward,
)
from reference_nets.layers.sequences import previous


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
    r"z_{tgk} = \sum_i w_{gki} x_{ti} + \sum_j u_{gkj} h_{t-1,j} + b_{gk} + p_{gk} e_{tgk}"
    return loops_over_steps(w, u, b, p, x, h0, c0)[0]


@z.matrix
def z(w, u, b, p, x, h0, c0):
    r"z_{tg} = w_g x_t + u_g h_{t-1} + b_g + p_g \odot e_{tg}"
    return unrolled(w, u, b, p, x, h0, c0)[0]


@z.batch
def z(w, u, b, p, x, h0, c0):
    r"Z_{tg} = X_t w_g^\top + H_{t-1} u_g^\top + 1 b_g^\top + 1 p_g^\top \odot E_{tg}"
    return unrolled(w, u, b, p, x, h0, c0)[0]


@equation
def c(w, u, b, p, x, h0, c0):
    r"c_{tk} = \sigma(z_{tfk}) \, c_{t-1,k} + \sigma(z_{tik}) \tanh(z_{tmk})"
    return loops_over_steps(w, u, b, p, x, h0, c0)[1]


@c.matrix
def c(w, u, b, p, x, h0, c0):
    r"c_t = \sigma(z_{tf}) \odot c_{t-1} + \sigma(z_{ti}) \odot \tanh(z_{tm})"
    return unrolled(w, u, b, p, x, h0, c0)[1]


@c.batch
def c(w, u, b, p, x, h0, c0):
    r"C_t = \sigma(Z_{tf}) \odot C_{t-1} + \sigma(Z_{ti}) \odot \tanh(Z_{tm})"
    return unrolled(w, u, b, p, x, h0, c0)[1]


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
def delta_z(delta_h, z, c, u, p, c0):
    r"\delta z_{tgk} = (\delta c_{tk}, g_{tk}) \cdot \partial (c_{tk}, h_{tk}) / \partial z_{tgk}"
    return loops_over_steps_backward(delta_h, z, c, u, p, c0)[0]


@delta_z.matrix
def delta_z(delta_h, z, c, u, p, c0):
    r"\delta z_{tg} = (\delta c_t, g_t) \cdot \partial (c_t, h_t) / \partial z_{tg}"
    return unrolled_backward(delta_h, z, c, u, p, c0)[0]


@delta_z.batch
def delta_z(delta_h, z, c, u, p, c0):
    r"\delta z_{ntg} = (\delta c_{nt}, g_{nt}) \cdot \partial (c_{nt}, h_{nt}) / \partial z_{ntg}"
    return unrolled_backward(delta_h, z, c, u, p, c0)[0]


@equation
def delta_p(delta_z, c, c0):
    r"\delta p_{gk} = \sum_t \delta z_{tgk} \, e_{tgk}"
    T, K, before = range(len(c)), range(len(c0)), [c0, *c]
    seen_by_i_f = [[total(delta_z[t][g][k] * before[t][k] for t in T) for k in K] for g in (0, 1)]
    return [*seen_by_i_f, [total(delta_z[t][3][k] * c[t][k] for t in T) for k in K]]


@delta_p.matrix
def delta_p(delta_z, c, c0):
    r"\delta p_g = \sum_t \delta z_{tg} \odot e_{tg}"
    seen = np.stack([previous(c0, c), previous(c0, c), c], axis=1)
    return (delta_z[:, [0, 1, 3]] * seen).sum(axis=0)


@delta_p.batch
def delta_p(delta_z, c, c0):
    r"\delta p_g = \sum_{n,t} \delta z_{ntg} \odot e_{ntg}"
    seen = np.stack([previous(c0, c), previous(c0, c), c], axis=2)
    return (delta_z[:, :, [0, 1, 3]] * seen).sum(axis=(0, 1))


@equation
def delta_h0(delta_z, u):
    r"\delta h_{0j} = \sum_{g,k} \delta z_{1gk} \, u_{gkj}"
    K = range(len(u[0]))
    return [total(delta_z[0][g][k] * u[g][k][j] for g in GATES for k in K) for j in K]


@delta_h0.matrix
def delta_h0(delta_z, u):
    r"\delta h_0 = \sum_g u_g^\top \delta z_{1g}"
    return np.einsum("gk,gkj->j", delta_z[0], u)


@delta_h0.batch
def delta_h0(delta_z, u):
    r"\delta h_{n0} = \sum_g u_g^\top \delta z_{n1g}"
    return np.einsum("ngk,gkj->nj", delta_z[:, 0], u)


@equation
def delta_c0(delta_h, z, c, u, p, c0):
    r"\delta c_{0k} = \delta c_{1k} \, \sigma(z_{1fk}) + \sum_{g=i,f} p_{gk} \, \delta z_{1gk}"
    return loops_over_steps_backward(delta_h, z, c, u, p, c0)[1]


@delta_c0.matrix
def delta_c0(delta_h, z, c, u, p, c0):
    r"\delta c_0 = \delta c_1 \odot \sigma(z_{1f}) + \sum_{g=i,f} p_g \odot \delta z_{1g}"
    return unrolled_backward(delta_h, z, c, u, p, c0)[1]


@delta_c0.batch
def delta_c0(delta_h, z, c, u, p, c0):
    r"\Delta C_0 = \Delta C_1 \odot \sigma(Z_{1f}) + \sum_{g=i,f} p_g \odot \Delta Z_{1g}"
    return unrolled_backward(delta_h, z, c, u, p, c0)[1]


def lstm(*, peepholes: bool = False) -> Operation:
    """Return the layer; its sizes follow from the shapes of x and w.

    Parameters
    ----------
    peepholes : bool
        Whether the gates see the cells, by the parameter ``p``.

    Examples
    --------
    >>> lstm().inputs
    ('x', 'w', 'u', 'b', 'h0', 'c0')
    >>> lstm(peepholes=True).parameters
    ('w', 'u', 'b', 'p')
    """
    peeping = ("p",) if peepholes else ()
    return Operation(
        "LSTM, with peepholes" if peepholes else "LSTM",
        f"(t,i),(4,k,i),(4,k,k),(4,k),{'(3,k),' * peepholes}(k),(k)->(t,k)",
        h,
        (delta_x, delta_w, delta_u, delta_b, *(delta_p,) * peepholes, delta_h0, delta_c0),
        where=(*(p,) * (not peepholes), z, c, delta_z),
        inputs=("x", "w", "u", "b", *peeping, "h0", "c0"),
        parameters=("w", "u", "b", *peeping),
        domain={"w": Reals(0.5), "u": Reals(0.5)},  # larger ones saturate every unit
        usual_sizes={"t": 3, "i": 3, "k": 2},
    )
