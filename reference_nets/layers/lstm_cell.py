"""The steps of an LSTM, forwards and backwards: in loops over units, and on arrays of them.

The formulas stand in `lstm`.  What is named for units and loops serves the scalar forms alone, what
is named for cells and unrolling the matrix and batch forms alone.
"""

import numpy as np

from gradcheck.notation.scalar import total
from reference_nets.activations.sigmoid import sigmoid
from reference_nets.activations.tanh import tanh
from reference_nets.layers.sequences import previous

GATES = range(4)


def unit(z, p, c):
    """Return z, c and h of one unit at a step; z without what the peepholes add, c before it."""
    sigma, tanh_ = sigmoid.h["scalar"], tanh.h["scalar"]
    z_i, z_f, z_m, z_o = z[0] + p[0] * c, z[1] + p[1] * c, z[2], z[3]
    c = sigma(z_f) * c + sigma(z_i) * tanh_(z_m)
    z_o = z_o + p[2] * c
    return (z_i, z_f, z_m, z_o), c, sigma(z_o) * tanh_(c)


def unit_backward(g, later_c, z, c, before, p):
    """Return the cotangent of z of one unit at a step, and what goes on to c before it."""
    sigma, sigma_prime = sigmoid.h["scalar"], sigmoid.h_prime["scalar"]
    tanh_, tanh_prime = tanh.h["scalar"], tanh.h_prime["scalar"]
    delta_o = g * tanh_(c) * sigma_prime(z[3])
    delta_c = later_c + g * sigma(z[3]) * tanh_prime(c) + p[2] * delta_o
    delta_i = delta_c * tanh_(z[2]) * sigma_prime(z[0])
    delta_f = delta_c * before * sigma_prime(z[1])
    delta_m = delta_c * sigma(z[0]) * tanh_prime(z[2])
    earlier_c = delta_c * sigma(z[1]) + p[0] * delta_i + p[1] * delta_f
    return (delta_i, delta_f, delta_m, delta_o), earlier_c


def column(rows, k):
    """Return the numbers of unit k: one for each gate."""
    return [row[k] for row in rows]


def loops_over_steps(w, u, b, p, x, h0, c0):
    """Return z and c at all steps, unit by unit."""
    K, I = range(len(h0)), range(len(x[0]))
    all_z, all_c, h, c = [], [], h0, c0
    for x_t in x:
        z = [
            [
                total(w[g][k][i] * x_t[i] for i in I)
                + total(u[g][k][j] * h[j] for j in K)
                + b[g][k]
                for k in K
            ]
            for g in GATES
        ]
        units = [unit(column(z, k), column(p, k), c[k]) for k in K]
        all_z.append([[z_k[g] for z_k, _, _ in units] for g in GATES])
        c, h = [c_k for _, c_k, _ in units], [h_k for _, _, h_k in units]
        all_c.append(c)
    return all_z, all_c


def loops_over_steps_backward(delta_h, z, c, u, p, c0):
    """Return the cotangent of z at all steps, unit by unit, and that of c0."""
    K, before = range(len(c0)), [c0, *c]
    all_z, from_h, from_c = [], [0.0 for k in K], [0.0 for k in K]
    for t in reversed(range(len(z))):
        g = [delta_h[t][k] + from_h[k] for k in K]
        units = [
            unit_backward(g[k], from_c[k], column(z[t], k), c[t][k], before[t][k], column(p, k))
            for k in K
        ]
        delta_z = [[z_k[gate] for z_k, _ in units] for gate in GATES]
        from_h = [total(delta_z[gate][j] * u[gate][j][k] for gate in GATES for j in K) for k in K]
        from_c = [earlier for _, earlier in units]
        all_z.append(delta_z)
    return all_z[::-1], from_c


def cells(z, p, c):
    """Return z, c and h of all units at a step, as `unit` in loops does of one."""
    sigma, (z_i, z_f, z_m, z_o) = sigmoid.h["matrix"], z
    z_i, z_f = z_i + p[0] * c, z_f + p[1] * c
    c = sigma(z_f) * c + sigma(z_i) * np.tanh(z_m)
    z_o = z_o + p[2] * c
    return np.stack([z_i, z_f, z_m, z_o], axis=-2), c, sigma(z_o) * np.tanh(c)


def cells_backward(g, later_c, z, c, before, p):
    """Return the cotangent of z of all units at a step, and what goes on to c before it."""
    sigma, sigma_prime = sigmoid.h["matrix"], sigmoid.h_prime["matrix"]
    tanh_prime, (z_i, z_f, z_m, z_o) = tanh.h_prime["matrix"], np.moveaxis(z, -2, 0)
    delta_o = g * np.tanh(c) * sigma_prime(z_o)
    delta_c = later_c + g * sigma(z_o) * tanh_prime(c) + p[2] * delta_o
    delta_i = delta_c * np.tanh(z_m) * sigma_prime(z_i)
    delta_f = delta_c * before * sigma_prime(z_f)
    delta_m = delta_c * sigma(z_i) * tanh_prime(z_m)
    earlier_c = delta_c * sigma(z_f) + p[0] * delta_i + p[1] * delta_f
    return np.stack([delta_i, delta_f, delta_m, delta_o], axis=-2), earlier_c


def unrolled(w, u, b, p, x, h0, c0):
    """Return z and c at all steps, for one sequence or a batch of them."""
    all_z, all_c, h, c = [], [], h0, c0
    for t in range(x.shape[-2]):
        z = [x[..., t, :] @ w[g].T + h @ u[g].T + b[g] for g in GATES]
        z, c, h = cells(z, p, c)
        all_z.append(z)
        all_c.append(c)
    return np.stack(all_z, axis=-3), np.stack(all_c, axis=-2)


def unrolled_backward(delta_h, z, c, u, p, c0):
    """Return the cotangents of z at all steps and of c0, for one sequence or a batch of them."""
    before, all_z = previous(c0, c), np.zeros_like(z)
    from_h, from_c = np.zeros_like(c0), np.zeros_like(c0)
    for t in reversed(range(c.shape[-2])):
        g, at = delta_h[..., t, :] + from_h, (..., t, slice(None))
        delta_z, from_c = cells_backward(g, from_c, z[..., t, :, :], c[at], before[at], p)
        from_h = sum(delta_z[..., gate, :] @ u[gate] for gate in GATES)
        all_z[..., t, :, :] = delta_z
    return all_z, from_c
