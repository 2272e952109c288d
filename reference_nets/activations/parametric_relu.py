r"""Parametric rectified linear unit: the slope to the left of zero is learnt.

Shapes
    alpha : (), z : (k), a : (k); the slope is shared by all units, as in the paper's
    channel-shared variant.

Convention
    The slope at z = 0 is \alpha, one of those between \alpha and 1 that are valid at the kink.

Source
    K. He, X. Zhang, S. Ren and J. Sun, Delving deep into rectifiers: surpassing human-level
    performance on ImageNet classification, ICCV 2015, section 2.1.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import maximum, minimum, total


@equation
def a(alpha, z):
    r"a_k = \max(0, z_k) + \alpha \min(0, z_k)"
    return [maximum(0, z[k]) + alpha * minimum(0, z[k]) for k in range(len(z))]


@a.matrix
def a(alpha, z):
    r"a = [z > 0] \odot z + \alpha [z \le 0] \odot z"
    return np.where(z > 0, z, alpha * z)


@a.batch
def a(alpha, z):
    r"A = [Z > 0] \odot Z + \alpha [Z \le 0] \odot Z"
    return np.where(z > 0, z, alpha * z)


@equation
def delta_alpha(delta_a, z):
    r"\delta \alpha = \sum_k \delta a_k \min(0, z_k)"
    return total(delta_a[k] * minimum(0, z[k]) for k in range(len(z)))


@delta_alpha.matrix
def delta_alpha(delta_a, z):
    r"\delta \alpha = \delta a^\top \min(z, 0)"
    return delta_a @ np.minimum(z, 0.0)


@delta_alpha.batch
def delta_alpha(delta_a, z):
    r"\delta \alpha = 1^\top (\Delta A \odot \min(Z, 0)) 1"
    return np.sum(delta_a * np.minimum(z, 0.0))


@equation
def delta_z(delta_a, alpha, z):
    r"\delta z_k = \delta a_k \text{ if } z_k > 0 \text{ else } \alpha \, \delta a_k"
    return [delta_a[k] if z[k] > 0 else alpha * delta_a[k] for k in range(len(z))]


@delta_z.matrix
def delta_z(delta_a, alpha, z):
    r"\delta z = \delta a \odot ([z > 0] + \alpha [z \le 0])"
    return delta_a * np.where(z > 0, 1.0, alpha)


@delta_z.batch
def delta_z(delta_a, alpha, z):
    r"\Delta Z = \Delta A \odot ([Z > 0] + \alpha [Z \le 0])"
    return delta_a * np.where(z > 0, 1.0, alpha)


parametric_relu = Operation(
    "parametric relu", "(),(k)->(k)", a, (delta_alpha, delta_z), parameters=("alpha",)
)
