r"""Elman network: a layer whose hidden units see their own previous values, over all T steps.

Shapes
    x : (t, i), w : (k, i), u : (k, k), b : (k), h0 : (k), h : (t, k); a batch holds a sequence x
    and its initial state h0 along a first axis n.

Convention
    Steps count from 1, and h_0 is given.  \delta z holds what reaches z_t from its own output and,
    through u, from all later steps: the whole backward pass through time.

Stability
    The scalar form takes the slope as 1 - \tanh^2, which loses digits at saturation; the matrix
    form keeps them.

Source
    J. L. Elman, Finding structure in time, Cognitive Science 14 (1990), 179-211.
"""

import numpy as np

from gradcheck.notation import Operation, Reals, equation
from gradcheck.notation.scalar import total
from reference_nets.activations.tanh import tanh
from reference_nets.layers.sequences import previous


def unrolled(w, u, b, x, h0):
    """Return z at all steps, for one sequence or a batch of them."""
    z, h = [], h0
    for t in range(x.shape[-2]):
        z.append(x[..., t, :] @ w.T + h @ u.T + b)
        h = np.tanh(z[-1])
    return np.stack(z, axis=-2)


def unrolled_backward(delta_h, u, z):
    """Return the cotangent of z at all steps, for one sequence or a batch of them."""
    slope, delta_z = tanh.h_prime["matrix"](z), np.zeros_like(z)
    later = np.zeros_like(z[..., 0, :])
    for t in reversed(range(z.shape[-2])):
        delta_z[..., t, :] = (delta_h[..., t, :] + later @ u) * slope[..., t, :]
        later = delta_z[..., t, :]
    return delta_z


@equation
def z(w, u, b, x, h0):
    r"z_{tk} = \sum_i w_{ki} x_{ti} + \sum_j u_{kj} \tanh(z_{t-1,j}) + b_k"
    K, I = range(len(b)), range(len(w[0]))
    z, h = [], h0
    for x_t in x:
        from_input = [total(w[k][i] * x_t[i] for i in I) for k in K]
        z.append([from_input[k] + total(u[k][j] * h[j] for j in K) + b[k] for k in K])
        h = [tanh.h["scalar"](z[-1][k]) for k in K]
    return z


@z.matrix
def z(w, u, b, x, h0):
    r"z_t = w x_t + u \tanh(z_{t-1}) + b"
    return unrolled(w, u, b, x, h0)


@z.batch
def z(w, u, b, x, h0):
    r"Z_t = X_t w^\top + \tanh(Z_{t-1}) u^\top + 1 b^\top"
    return unrolled(w, u, b, x, h0)


@equation
def h(z):
    r"h_{tk} = \tanh(z_{tk})"
    return [[tanh.h["scalar"](z_tk) for z_tk in z_t] for z_t in z]


@h.matrix
def h(z):
    r"h = \tanh(z)"
    return np.tanh(z)


@h.batch
def h(z):
    r"H = \tanh(Z)"
    return np.tanh(z)


@equation
def delta_z(delta_h, u, z):
    r"\delta z_{tk} = (\delta h_{tk} + \sum_j \delta z_{t+1,j} u_{jk}) \tanh'(z_{tk})"
    T, K, slope = len(z), range(len(u)), tanh.h_prime["scalar"]
    delta_z, later = [], [0.0 for k in K]
    for t in reversed(range(T)):
        delta_h_t = [delta_h[t][k] + total(later[j] * u[j][k] for j in K) for k in K]
        later = [delta_h_t[k] * slope(z[t][k]) for k in K]
        delta_z.append(later)
    return delta_z[::-1]


@delta_z.matrix
def delta_z(delta_h, u, z):
    r"\delta z_t = (\delta h_t + u^\top \delta z_{t+1}) \odot \tanh'(z_t)"
    return unrolled_backward(delta_h, u, z)


@delta_z.batch
def delta_z(delta_h, u, z):
    r"\Delta Z_t = (\Delta H_t + \Delta Z_{t+1} u) \odot \tanh'(Z_t)"
    return unrolled_backward(delta_h, u, z)


@equation
def delta_w(delta_z, x):
    r"\delta w_{ki} = \sum_t \delta z_{tk} \, x_{ti}"
    T, K, I = range(len(x)), range(len(delta_z[0])), range(len(x[0]))
    return [[total(delta_z[t][k] * x[t][i] for t in T) for i in I] for k in K]


@delta_w.matrix
def delta_w(delta_z, x):
    r"\delta w = \delta z^\top x"
    return delta_z.T @ x


@delta_w.batch
def delta_w(delta_z, x):
    r"\delta w = \sum_n \delta z_n^\top x_n"
    return np.einsum("ntk,nti->ki", delta_z, x)


@equation
def delta_u(delta_z, h, h0):
    r"\delta u_{kj} = \sum_t \delta z_{tk} \, h_{t-1,j}"
    T, K, before = range(len(h)), range(len(h0)), [h0, *h]
    return [[total(delta_z[t][k] * before[t][j] for t in T) for j in K] for k in K]


@delta_u.matrix
def delta_u(delta_z, h, h0):
    r"\delta u = \sum_t \delta z_t \, h_{t-1}^\top"
    return delta_z.T @ previous(h0, h)


@delta_u.batch
def delta_u(delta_z, h, h0):
    r"\delta u = \sum_{n,t} \delta z_{nt} \, h_{n,t-1}^\top"
    return np.einsum("ntk,ntj->kj", delta_z, previous(h0, h))


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


@equation
def delta_x(delta_z, w):
    r"\delta x_{ti} = \sum_k \delta z_{tk} \, w_{ki}"
    K, I = range(len(w)), range(len(w[0]))
    return [[total(delta_z_t[k] * w[k][i] for k in K) for i in I] for delta_z_t in delta_z]


@delta_x.matrix
def delta_x(delta_z, w):
    r"\delta x = \delta z \, w"
    return delta_z @ w


@delta_x.batch
def delta_x(delta_z, w):
    r"\delta x_n = \delta z_n \, w"
    return delta_z @ w


@equation
def delta_h0(delta_z, u):
    r"\delta h_{0j} = \sum_k \delta z_{1k} \, u_{kj}"
    K = range(len(u))
    return [total(delta_z[0][k] * u[k][j] for k in K) for j in K]


@delta_h0.matrix
def delta_h0(delta_z, u):
    r"\delta h_0 = u^\top \delta z_1"
    return u.T @ delta_z[0]


@delta_h0.batch
def delta_h0(delta_z, u):
    r"\Delta H_0 = \Delta Z_1 u"
    return delta_z[:, 0] @ u


elman = Operation(
    "Elman",
    "(t,i),(k,i),(k,k),(k),(k)->(t,k)",
    h,
    (delta_x, delta_w, delta_u, delta_b, delta_h0),
    where=(z, delta_z),
    inputs=("x", "w", "u", "b", "h0"),
    parameters=("w", "u", "b"),
    domain={"w": Reals(0.5), "u": Reals(0.5)},  # larger ones saturate every unit
)
