r"""Out of heads: the outputs of all heads combined, y_t = sum_h w_h x_ht.

Shapes
    x : (h, t, d), w : (k, h, d), y : (t, k); a batch holds the inputs along
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
    r"y_{tk} = \sum_{h,d} w_{khd} x_{htd}"
    T, K = range(len(x[0])), range(len(w))
    units = [(h, d) for h in range(len(x)) for d in range(len(x[0][0]))]
    return [[total(w[k][h][d] * x[h][t][d] for h, d in units) for k in K] for t in T]


@y.matrix
def y(w, x):
    r"y_t = \sum_h w_h x_{ht}"
    return np.einsum("khd,htd->tk", w, x)


@y.batch
def y(w, x):
    r"y_{nt} = \sum_h w_h x_{nht}"
    return np.einsum("khd,nhtd->ntk", w, x)


@equation
def delta_w(delta_y, x):
    r"\delta w_{khd} = \sum_t \delta y_{tk} \, x_{htd}"
    T, K, D = range(len(delta_y)), range(len(delta_y[0])), range(len(x[0][0]))
    return [[[total(delta_y[t][k] * x_h[t][d] for t in T) for d in D] for x_h in x] for k in K]


@delta_w.matrix
def delta_w(delta_y, x):
    r"\delta w_h = \delta y^\top x_h"
    return np.einsum("tk,htd->khd", delta_y, x)


@delta_w.batch
def delta_w(delta_y, x):
    r"\delta w_h = \sum_n \delta y_n^\top x_{nh}"
    return np.einsum("ntk,nhtd->khd", delta_y, x)


@equation
def delta_x(delta_y, w):
    r"\delta x_{htd} = \sum_k \delta y_{tk} \, w_{khd}"
    K, H, D = range(len(w)), range(len(w[0])), range(len(w[0][0]))
    return [[[total(y_t[k] * w[k][h][d] for k in K) for d in D] for y_t in delta_y] for h in H]


@delta_x.matrix
def delta_x(delta_y, w):
    r"\delta x_h = \delta y \, w_h"
    return np.einsum("tk,khd->htd", delta_y, w)


@delta_x.batch
def delta_x(delta_y, w):
    r"\delta x_{nh} = \delta y_n w_h"
    return np.einsum("ntk,khd->nhtd", delta_y, w)


out_of_heads = Operation(
    "out of heads",
    "(k,h,d),(h,t,d)->(t,k)",
    y,
    (delta_w, delta_x),
    parameters=("w",),
    domain={"w": Reals(0.5)},  # larger ones leave a query of attention with a single key
)
