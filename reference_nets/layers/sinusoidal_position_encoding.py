r"""Sinusoidal position encoding: waves of growing length are added to the units of every position.

Shapes
    x : (t, d), base : (), y : (t, d); a batch holds the inputs along a first axis n.

Convention
    Positions t and units d count from 0; units 2c and 2c + 1 get the sine and the cosine of the
    angle \omega_c t, \omega_c = base^(-2c/D).  The usual base is 10,000.

Source
    A. Vaswani et al., Attention is all you need, NeurIPS 2017, section 3.5.
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, equation
from gradcheck.notation.scalar import cos, exp, log, sin


def waves(T, D, base):
    """Return the encoding of T positions in D units: sines in the even ones, cosines in the odd."""
    unit = np.arange(D)
    angles = np.outer(np.arange(T), np.exp(-(2 * (unit // 2) / D) * np.log(base)))
    return np.where(unit % 2 == 0, np.sin(angles), np.cos(angles))


@equation
def e(x, base):
    r"e_{t,2c} = \sin(\omega_c t), \quad e_{t,2c+1} = \cos(\omega_c t)"
    T, D = range(len(x)), len(x[0])

    def wave(t, d):
        angle = t * exp(-(2 * (d // 2) / D) * log(base))
        return sin(angle) if d % 2 == 0 else cos(angle)

    return [[wave(t, d) for d in range(D)] for t in T]


@e.matrix
def e(x, base):
    r"e = (\sin(t \omega^\top), \cos(t \omega^\top)) \text{ interleaved}"
    return waves(*x.shape, base)


@e.batch
def e(x, base):
    r"e_n = (\sin(t \omega^\top), \cos(t \omega^\top)) \text{ interleaved}"
    return np.stack([waves(*x.shape[1:], base)] * len(x))


@equation
def y(x, e):
    r"y_{td} = x_{td} + e_{td}"
    T, D = range(len(x)), range(len(x[0]))
    return [[x[t][d] + e[t][d] for d in D] for t in T]


@y.matrix
def y(x, e):
    r"y = x + e"
    return x + e


@y.batch
def y(x, e):
    r"y_n = x_n + e_n"
    return x + e


@equation
def delta_x(delta_y):
    r"\delta x_{td} = \delta y_{td}"
    T, D = range(len(delta_y)), range(len(delta_y[0]))
    return [[delta_y[t][d] for d in D] for t in T]


@delta_x.matrix
def delta_x(delta_y):
    r"\delta x = \delta y"
    return delta_y


@delta_x.batch
def delta_x(delta_y):
    r"\delta x_n = \delta y_n"
    return delta_y


sinusoidal_position_encoding = Operation(
    "sinusoidal position encoding",
    "(t,d),()->(t,d)",
    y,
    (delta_x,),
    where=(e,),
    inputs=("x", "base"),
    constants=("base",),
    shared=("base",),
    domain={"base": POSITIVE},
)
