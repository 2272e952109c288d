r"""Crammer-Singer hinge loss of the scores z for the class t, **averaged** over inputs.

Shapes
    z : (k), t : (), E : (); a batch holds the inputs in the rows of Z, (n, k), and of t, (n).

Convention
    Only the strongest rival of the class t is paid for, the class r of the largest z_r + [r \ne t];
    the loss is 0 where that is t itself.  Where several are equal the first one is taken, and its
    slope is valid at the kink.

Source
    K. Crammer and Y. Singer, On the algorithmic implementation of multiclass kernel-based vector
    machines, Journal of Machine Learning Research 2 (2001), 265-292.
"""

import numpy as np

from gradcheck.notation import Integers, Operation, equation


def strongest(z, t):
    """Return the first class whose score is the largest, those of the rivals raised by 1."""
    raised = [z[k] + (0 if k == t else 1) for k in range(len(z))]
    best = 0
    for k in range(1, len(z)):
        best = k if raised[k] > raised[best] else best
    return best


def is_class(t, z):
    """Return along the last axis whether that class is t."""
    return np.arange(z.shape[-1]) == np.expand_dims(t, -1)


def rival(z, t):
    """Return the index along the last axis of the largest raised score."""
    return np.argmax(z + np.where(is_class(t, z), 0.0, 1.0), axis=-1)


@equation
def E(z, t):
    r"E = \max_k (z_k + [k \ne t]) - z_t"
    r = strongest(z, t)
    return 0 * z[t] if r == t else 1 + z[r] - z[t]


@E.matrix
def E(z, t):
    r"E = \max_k (z_k + [k \ne t] - z_t)"
    return np.max(z - z[t] + np.where(is_class(t, z), 0.0, 1.0))


@E.batch
def E(z, t):
    r"E = \frac{1}{N} \sum_n \max_k (z_{nk} + [k \ne t_n] - z_{n t_n})"
    z_t = z[np.arange(len(z)), t][:, None]
    return np.max(z - z_t + np.where(is_class(t, z), 0.0, 1.0), axis=1).sum() / len(z)


@equation
def delta_z(delta_E, z, t):
    r"\delta z_k = \delta E \, ([k = r] - [k = t])"
    r = strongest(z, t)
    return [delta_E * ((1 if k == r else 0) - (1 if k == t else 0)) for k in range(len(z))]


@delta_z.matrix
def delta_z(delta_E, z, t):
    r"\delta z = \delta E \, (e_r - e_t)"
    return delta_E * (1.0 * is_class(rival(z, t), z) - is_class(t, z))


@delta_z.batch
def delta_z(delta_E, z, t):
    r"\delta z_n = \frac{\delta E}{N} \, (e_{r_n} - e_{t_n})"
    return delta_E / len(z) * (1.0 * is_class(rival(z, t), z) - is_class(t, z))


crammer_singer_hinge_loss = Operation(
    "Crammer-Singer hinge loss",
    "(k),()->()",
    E,
    (delta_z,),
    constants=("t",),
    domain={"t": Integers(0, "k")},
    batch="mean",
)
