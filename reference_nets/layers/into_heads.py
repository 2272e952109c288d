r"""Into heads: every head's own view of a sequence, y_ht = w_h x_t.

Shapes
    x : (t, i), w : (h, d, i), y : (h, t, d); a batch holds the inputs along
    a first axis n.

Convention
    The weights of all heads are one array with the heads as an axis of its own; no biases.

Source
    A. Vaswani et al., Attention is all you need, NeurIPS 2017, section 3.2.2.
"""

import numpy as np

from gradcheck.notation import Operation, Reals, equation
from gradcheck.notation.scalar import total


@equation
def y(w, x):
    r"y_{htd} = \sum_i w_{hdi} x_{ti}"
    H, D, I = range(len(w)), range(len(w[0])), range(len(w[0][0]))
    return [[[total(w[h][d][i] * x_t[i] for i in I) for d in D] for x_t in x] for h in H]


@y.matrix
def y(w, x):
    r"y_h = x w_h^\top"
    return np.einsum("hdi,ti->htd", w, x)


@y.batch
def y(w, x):
    r"y_{nh} = x_n w_h^\top"
    return np.einsum("hdi,nti->nhtd", w, x)


@equation
def delta_w(delta_y, x):
    r"\delta w_{hdi} = \sum_t \delta y_{htd} \, x_{ti}"
    T, D, I = range(len(x)), range(len(delta_y[0][0])), range(len(x[0]))
    return [
        [[total(delta_y_h[t][d] * x[t][i] for t in T) for i in I] for d in D]
        for delta_y_h in delta_y
    ]


@delta_w.matrix
def delta_w(delta_y, x):
    r"\delta w_h = \delta y_h^\top x"
    return np.einsum("htd,ti->hdi", delta_y, x)


@delta_w.batch
def delta_w(delta_y, x):
    r"\delta w_h = \sum_n \delta y_{nh}^\top x_n"
    return np.einsum("nhtd,nti->hdi", delta_y, x)


@equation
def delta_x(delta_y, w):
    r"\delta x_{ti} = \sum_{h,d} \delta y_{htd} \, w_{hdi}"
    T, I = range(len(delta_y[0])), range(len(w[0][0]))
    units = [(h, d) for h in range(len(w)) for d in range(len(w[0]))]
    return [[total(delta_y[h][t][d] * w[h][d][i] for h, d in units) for i in I] for t in T]


@delta_x.matrix
def delta_x(delta_y, w):
    r"\delta x = \sum_h \delta y_h w_h"
    return np.einsum("htd,hdi->ti", delta_y, w)


@delta_x.batch
def delta_x(delta_y, w):
    r"\delta x_n = \sum_h \delta y_{nh} w_h"
    return np.einsum("nhtd,hdi->nti", delta_y, w)


into_heads = Operation(
    "into heads",
    "(h,d,i),(t,i)->(h,t,d)",
    y,
    (delta_w, delta_x),
    parameters=("w",),
    domain={"w": Reals(0.5)},  # larger ones leave a query of attention with a single key
)
