"""Small operations from which the tests of the notation build larger ones."""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total


@equation
def y(s, x):
    r"""y_k = s \, x_k"""
    return [s * x[k] for k in range(len(x))]


@y.matrix
def y(s, x):
    r"""y = s x"""
    return s * x


@y.batch
def y(s, x):
    r"""Y = s X"""
    return s * x


@equation
def delta_s(delta_y, x):
    r"""\delta s = \sum_k \delta y_k x_k"""
    return total(delta_y[k] * x[k] for k in range(len(x)))


@delta_s.matrix
def delta_s(delta_y, x):
    r"""\delta s = \delta y^\top x"""
    return delta_y @ x


@delta_s.batch
def delta_s(delta_y, x):
    r"""\delta s = \sum_n \delta y_n^\top x_n"""
    return np.sum(delta_y * x)


@equation
def delta_x(delta_y, s):
    r"""\delta x_k = \delta y_k s"""
    return [delta_y[k] * s for k in range(len(delta_y))]


@delta_x.matrix
def delta_x(delta_y, s):
    r"""\delta x = s \, \delta y"""
    return s * delta_y


@delta_x.batch
def delta_x(delta_y, s):
    r"""\Delta X = s \, \Delta Y"""
    return s * delta_y


def scale_with(**changes):
    """Return the declaration of y = s x, with some of its arguments changed."""
    declaration = {
        "name": "scale",
        "signature": "(),(k)->(k)",
        "forward": y,
        "gradients": (delta_s, delta_x),
        "parameters": ("s",),
    }
    return Operation(**(declaration | changes))


scale = scale_with()


@equation
def p(u, v):
    r"""p_k = u_k v_k"""
    return [u[k] * v[k] for k in range(len(u))]


@p.matrix
def p(u, v):
    r"""p = u \odot v"""
    return u * v


@p.batch
def p(u, v):
    r"""P = U \odot V"""
    return u * v


@equation
def delta_u(delta_p, v):
    r"""\delta u_k = \delta p_k v_k"""
    return [delta_p[k] * v[k] for k in range(len(v))]


@delta_u.matrix
def delta_u(delta_p, v):
    r"""\delta u = \delta p \odot v"""
    return delta_p * v


@delta_u.batch
def delta_u(delta_p, v):
    r"""\Delta U = \Delta P \odot V"""
    return delta_p * v


product = Operation(
    "product", "(k),(k)->(k)", p, (delta_u, delta_u.at("delta_v", v="u")), inputs=("u", "v")
)
