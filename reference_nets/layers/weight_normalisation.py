r"""Weight normalisation: the weights of a unit are given by their length and their direction.

Shapes
    v : (k, i), g : (k), w : (k, i).  There is no batch form, because no input is an activation:
    w is what a layer then uses as its weights.

Convention
    Each unit k has a length of its own; v_k need not have length 1, but must not vanish.

Source
    T. Salimans and D. P. Kingma, Weight normalization: a simple reparameterization to accelerate
    training of deep neural networks, NeurIPS 2016.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import sqrt, total


@equation
def length(v):
    r"\| v_k \| = \sqrt{\sum_i v_{ki}^2}"
    return [sqrt(total(v_ki * v_ki for v_ki in v_k)) for v_k in v]


@length.matrix
def length(v):
    r"\| v \| = \sqrt{(v \odot v) 1}"
    return np.sqrt((v * v).sum(axis=1))


@equation
def w(v, g, length):
    r"w_{ki} = g_k \frac{v_{ki}}{\| v_k \|}"
    return [[g[k] * v[k][i] / length[k] for i in range(len(v[0]))] for k in range(len(v))]


@w.matrix
def w(v, g, length):
    r"w = \mathrm{diag}(g / \| v \|) \, v"
    return (g / length)[:, None] * v


@equation
def delta_g(delta_w, v, length):
    r"\delta g_k = \sum_i \delta w_{ki} \frac{v_{ki}}{\| v_k \|}"
    K, I = len(v), len(v[0])
    return [total(delta_w[k][i] * v[k][i] for i in range(I)) / length[k] for k in range(K)]


@delta_g.matrix
def delta_g(delta_w, v, length):
    r"\delta g = \frac{(\delta w \odot v) 1}{\| v \|}"
    return (delta_w * v).sum(axis=1) / length


@equation
def delta_v(delta_w, v, g, length, delta_g):
    r"\delta v_{ki} = \frac{g_k}{\| v_k \|} (\delta w_{ki} - \delta g_k \frac{v_{ki}}{\| v_k \|})"

    def across(k, i):
        return delta_w[k][i] - delta_g[k] * v[k][i] / length[k]

    return [[g[k] / length[k] * across(k, i) for i in range(len(v[0]))] for k in range(len(v))]


@delta_v.matrix
def delta_v(delta_w, v, g, length, delta_g):
    r"\delta v_k = \frac{g_k}{\| v_k \|} (\delta w_k - \delta g_k \frac{v_k}{\| v_k \|})"
    return (g / length)[:, None] * (delta_w - (delta_g / length)[:, None] * v)


weight_normalisation = Operation(
    "weight normalisation",
    "(k,i),(k)->(k,i)",
    w,
    (delta_v, delta_g),
    where=(length,),
    inputs=("v", "g"),
    parameters=("v", "g"),
)
