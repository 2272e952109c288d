"""The steps of a gated recurrent unit, forwards and backwards: of one unit, and on arrays of them.

The formulas stand in `gru`.  `products` and `unit_backward` serve the scalar forms alone, the rest
the matrix and batch forms alone.
"""

import numpy as np

from gradcheck.notation.scalar import total
from reference_nets.activations.sigmoid import sigmoid
from reference_nets.activations.tanh import tanh
from reference_nets.layers.sequences import previous

GATES = range(3)


def products(u, d, h):
    """Return v of one step in loops: what the state contributes to both gates and the candidate."""
    K = range(len(h))
    v = [[total(u[g][k][j] * h[j] for j in K) for k in K] for g in GATES]
    return [v[0], v[1], [v[2][k] + d[k] for k in K]]


def all_products(u, d, h):
    """Return v of one or many steps: what their states contribute to gates and candidate."""
    return np.stack([h @ u[0].T, h @ u[1].T, h @ u[2].T + d], axis=-2)


def pre_activations(q, v):
    """Return z of one or many steps: at the candidate v passes the reset gate."""
    z_r, z_s = q[..., 0, :] + v[..., 0, :], q[..., 1, :] + v[..., 1, :]
    z_m = q[..., 2, :] + sigmoid.h["matrix"](z_r) * v[..., 2, :]
    return np.stack([z_r, z_s, z_m], axis=-2)


def unit_backward(g, z, v_m, before):
    """Return the cotangent of z of one unit at a step."""
    sigma, sigma_prime = sigmoid.h["scalar"], sigmoid.h_prime["scalar"]
    tanh_, tanh_prime = tanh.h["scalar"], tanh.h_prime["scalar"]
    delta_m = g * (1 - sigma(z[1])) * tanh_prime(z[2])
    delta_s = g * (before - tanh_(z[2])) * sigma_prime(z[1])
    return delta_m * v_m * sigma_prime(z[0]), delta_s, delta_m


def units_backward(g, z, v, before):
    """Return the cotangent of z of all units at one or many steps."""
    sigma, sigma_prime = sigmoid.h["matrix"], sigmoid.h_prime["matrix"]
    z_r, z_s, z_m = np.moveaxis(z, -2, 0)
    delta_m = g * sigma(-z_s) * tanh.h_prime["matrix"](z_m)
    delta_s = g * (before - np.tanh(z_m)) * sigma_prime(z_s)
    return np.stack([delta_m * v[..., 2, :] * sigma_prime(z_r), delta_s, delta_m], axis=-2)


def through_reset(delta_z, z):
    """Return the cotangent of v: that of z, which at the candidate passes the reset gate."""
    delta_r, delta_s, delta_m = np.moveaxis(delta_z, -2, 0)
    return np.stack([delta_r, delta_s, delta_m * sigmoid.h["matrix"](z[..., 0, :])], axis=-2)


def to_state_before(g, z, delta_v, u):
    """Return what goes on from one step to the state before it."""
    by_products = sum(delta_v[..., gate, :] @ u[gate] for gate in GATES)
    return g * sigmoid.h["matrix"](z[..., 1, :]) + by_products


def unrolled(q, u, d, h0):
    """Return h at all steps, for one sequence or a batch of them."""
    sigma, all_h, h = sigmoid.h["matrix"], [], h0
    for t in range(q.shape[-3]):
        z = pre_activations(q[..., t, :, :], all_products(u, d, h))
        _, z_s, z_m = np.moveaxis(z, -2, 0)
        h = sigma(-z_s) * np.tanh(z_m) + sigma(z_s) * h
        all_h.append(h)
    return np.stack(all_h, axis=-2)


def unrolled_backward(delta_h, z, v, h, h0, u):
    """Return g at all steps, for one sequence or a batch of them."""
    before, all_g, later = previous(h0, h), np.zeros_like(h), np.zeros_like(h0)
    for t in reversed(range(h.shape[-2])):
        g, z_t = delta_h[..., t, :] + later, z[..., t, :, :]
        delta_z = units_backward(g, z_t, v[..., t, :, :], before[..., t, :])
        later = to_state_before(g, z_t, through_reset(delta_z, z_t), u)
        all_g[..., t, :] = g
    return all_g
