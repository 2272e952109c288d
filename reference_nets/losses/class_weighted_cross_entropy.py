r"""Class-weighted cross-entropy of softmax(z), **averaged** over inputs by their weights.

Shapes
    Z : (n, k), t : (n), w : (k), P : (n, k), E : (); in code z and p for the matrices.

Convention
    t_n is the index of the class of input n, and w_k the weight of class k, which is given and not
    trained.  The sum is divided by the weights of the inputs that are there, so that an input has
    no loss of its own: the index n is written in all forms.

Stability
    The scalar form is the textbook mean.  The matrix form works on scores from which the largest
    is subtracted, and never takes the logarithm of a quotient.

Source
    G. King and L. Zeng, Logistic regression in rare events data, Political Analysis 9 (2001),
    137-163 (weighting by class).
"""

import numpy as np

from gradcheck.notation import POSITIVE, Integers, Operation, equation
from gradcheck.notation.scalar import exp, log, total
from reference_nets.losses.logits import log_softmax, softmax


@equation
def p(z):
    r"p_{nk} = \frac{e^{z_{nk}}}{\sum_j e^{z_{nj}}}"
    return [[exp(z_nk) / total(exp(z_nj) for z_nj in z_n) for z_nk in z_n] for z_n in z]


@p.matrix
def p(z):
    r"P = \mathrm{softmax}(Z)"
    return softmax(z)


@equation
def E(z, t, w):
    r"E = -\frac{\sum_n w_{t_n} \log (e^{z_{n t_n}} / \sum_j e^{z_{nj}})}{\sum_n w_{t_n}}"
    N, S = len(z), [total(exp(z_nj) for z_nj in z_n) for z_n in z]
    weight = total(w[t[n]] for n in range(N))
    return -total(w[t[n]] * log(exp(z[n][t[n]]) / S[n]) for n in range(N)) / weight


@E.matrix
def E(z, t, w):
    r"E = -\frac{\sum_n w_{t_n} \log \mathrm{softmax}(z_n)_{t_n}}{\sum_n w_{t_n}}"
    return -(w[t] @ log_softmax(z)[np.arange(len(z)), t]) / w[t].sum()


@equation
def delta_z(delta_E, p, t, w):
    r"\delta z_{nk} = \delta E \, \frac{w_{t_n}}{\sum_m w_{t_m}} \, (p_{nk} - [k = t_n])"
    N, K = len(p), len(w)
    share = [w[t[n]] / total(w[t[m]] for m in range(N)) for n in range(N)]
    return [
        [delta_E * share[n] * (p[n][k] - (1 if k == t[n] else 0)) for k in range(K)]
        for n in range(N)
    ]


@delta_z.matrix
def delta_z(delta_E, p, t, w):
    r"\delta Z = \delta E \, \mathrm{diag}\left( \frac{w_t}{1^\top w_t} \right) (P - e_t^\top)"
    return delta_E * (w[t] / w[t].sum())[:, None] * (p - (np.arange(len(w)) == t[:, None]))


class_weighted_cross_entropy = Operation(
    "class-weighted cross-entropy",
    "(n,k),(n),(k)->()",
    E,
    (delta_z,),
    where=(p,),
    constants=("t", "w"),
    domain={"t": Integers(0, "k"), "w": POSITIVE},
    batch="mean",
)
