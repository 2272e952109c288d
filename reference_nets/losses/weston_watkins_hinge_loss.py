r"""Weston-Watkins hinge loss of the scores z for the class t, **averaged** over inputs.

Shapes
    z : (k), t : (), E : (), v : (k); a batch holds the inputs in the rows of Z, (n, k), and of t,
    (n).

Convention
    Every class whose score is not below that of the class t by a margin of 1 is paid for; v_k is 1
    for these and 0 for the others.  On the margin v_k = 0, a valid slope at the kink.

Source
    J. Weston and C. Watkins, Support vector machines for multi-class pattern recognition,
    ESANN 1999; in their report CSD-TR-98-04 of 1998 the margin is 2.
"""

import numpy as np

from gradcheck.notation import Integers, Operation, equation
from gradcheck.notation.scalar import total


def others(z, t):
    """Return where along the last axis the classes other than t stand."""
    return np.arange(z.shape[-1]) != np.expand_dims(t, -1)


def excess(z, t):
    """Return 1 + z_k - z_t along the last axis: how far each class intrudes into the margin."""
    return 1 + z - np.take_along_axis(z, np.expand_dims(t, -1), axis=-1)


@equation
def v(z, t):
    r"v_k = 1 \text{ if } k \ne t \text{ and } 1 + z_k - z_t > 0 \text{ else } 0"
    return [1.0 if k != t and 1 + z[k] - z[t] > 0 else 0.0 for k in range(len(z))]


@v.matrix
def v(z, t):
    r"v = [k \ne t] \, [1 + z_k - z_t > 0]"
    return np.where(others(z, t) & (excess(z, t) > 0), 1.0, 0.0)


@v.batch
def v(z, t):
    r"v_{nk} = [k \ne t_n] \, [1 + z_{nk} - z_{n t_n} > 0]"
    return np.where(others(z, t) & (excess(z, t) > 0), 1.0, 0.0)


@equation
def E(z, t):
    r"E = \sum_{k \ne t} \max(0, 1 + z_k - z_t)"
    margins = [1 + z[k] - z[t] for k in range(len(z)) if k != t]
    return total(margin for margin in margins if margin > 0)


@E.matrix
def E(z, t):
    r"E = \sum_{k \ne t} \max(0, 1 + z_k - z_t)"
    return np.sum(np.maximum(0.0, excess(z, t)) * others(z, t))


@E.batch
def E(z, t):
    r"E = \frac{1}{N} \sum_n \sum_{k \ne t_n} \max(0, 1 + z_{nk} - z_{n t_n})"
    return np.sum(np.maximum(0.0, excess(z, t)) * others(z, t)) / len(z)


@equation
def delta_z(delta_E, v, t):
    r"\delta z_k = \delta E \, (v_k - [k = t] \sum_j v_j)"
    return [delta_E * (v[k] - (total(v) if k == t else 0)) for k in range(len(v))]


@delta_z.matrix
def delta_z(delta_E, v, t):
    r"\delta z = \delta E \, (v - e_t \, 1^\top v)"
    return delta_E * np.where(others(v, t), v, -v.sum())


@delta_z.batch
def delta_z(delta_E, v, t):
    r"\delta z_n = \frac{\delta E}{N} \, (v_n - e_{t_n} 1^\top v_n)"
    return delta_E / len(v) * np.where(others(v, t), v, -v.sum(axis=1, keepdims=True))


weston_watkins_hinge_loss = Operation(
    "Weston-Watkins hinge loss",
    "(k),()->()",
    E,
    (delta_z,),
    where=(v,),
    constants=("t",),
    domain={"t": Integers(0, "k")},
    batch="mean",
)
