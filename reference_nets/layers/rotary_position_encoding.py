r"""Rotary position encoding: pairs of units are turned by an angle that grows with the position.

    R(\varphi) = (\cos\varphi, -\sin\varphi; \sin\varphi, \cos\varphi)

Shapes
    x : (t, c, 2), base : (), y : (t, c, 2): the units come as C pairs; a batch holds the inputs
    along a first axis n.

Convention
    Positions t and pairs c count from 0, and pair c turns by base^(-c/C) a position; the usual
    base is 10,000.

Source
    J. Su et al., RoFormer: enhanced transformer with rotary position embedding, arXiv:2104.09864
    (2021).
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, equation
from gradcheck.notation.scalar import cos, exp, log, sin


def turned(x, phi):
    """Return every pair of units turned by its angle, for a single input or a batch."""
    first, second, c, s = x[..., 0], x[..., 1], np.cos(phi), np.sin(phi)
    return np.stack([first * c - second * s, first * s + second * c], axis=-1)


@equation
def phi(x, base):
    r"\varphi_{tc} = t \, \mathrm{base}^{-c/C}"
    T, C = len(x), len(x[0])
    return [[t * exp(-(c / C) * log(base)) for c in range(C)] for t in range(T)]


@phi.matrix
def phi(x, base):
    r"\varphi = t \, \mathrm{base}^{-c^\top/C}"
    T, C = x.shape[:2]
    return np.outer(np.arange(T), np.exp(-(np.arange(C) / C) * np.log(base)))


@phi.batch
def phi(x, base):
    r"\varphi_n = t \, \mathrm{base}^{-c^\top/C}"
    N, T, C = x.shape[:3]
    angles = np.outer(np.arange(T), np.exp(-(np.arange(C) / C) * np.log(base)))
    return np.stack([angles] * N)


@equation
def y(x, phi):
    r"y_{tcj} = \sum_i R_{ji}(\varphi_{tc}) \, x_{tci}"

    def turn(pair, angle):
        first, second = pair
        return [
            first * cos(angle) - second * sin(angle),
            first * sin(angle) + second * cos(angle),
        ]

    return [[turn(x[t][c], phi[t][c]) for c in range(len(x[0]))] for t in range(len(x))]


@y.matrix
def y(x, phi):
    r"y_{tc} = R(\varphi_{tc}) x_{tc}"
    return turned(x, phi)


@y.batch
def y(x, phi):
    r"y_{ntc} = R(\varphi_{tc}) x_{ntc}"
    return turned(x, phi)


@equation
def delta_x(delta_y, phi):
    r"\delta x_{tci} = \sum_j R_{ji}(\varphi_{tc}) \, \delta y_{tcj}"

    def turn_back(pair, angle):
        first, second = pair
        return [
            first * cos(angle) + second * sin(angle),
            second * cos(angle) - first * sin(angle),
        ]

    T, C = range(len(phi)), range(len(phi[0]))
    return [[turn_back(delta_y[t][c], phi[t][c]) for c in C] for t in T]


@delta_x.matrix
def delta_x(delta_y, phi):
    r"\delta x_{tc} = R(-\varphi_{tc}) \, \delta y_{tc}"
    return turned(delta_y, -phi)


@delta_x.batch
def delta_x(delta_y, phi):
    r"\delta x_{ntc} = R(-\varphi_{tc}) \, \delta y_{ntc}"
    return turned(delta_y, -phi)


rotary_position_encoding = Operation(
    "rotary position encoding",
    "(t,c,2),()->(t,c,2)",
    y,
    (delta_x,),
    where=(phi,),
    inputs=("x", "base"),
    constants=("base",),
    shared=("base",),
    domain={"base": POSITIVE},
)
