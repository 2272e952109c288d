r"""Negative log-likelihood of the class t under log-probabilities y, **averaged** over inputs.

Shapes
    y : (k), t : (), E : (); a batch holds the inputs in the rows of Y, (n, k), and of t, (n).

Convention
    t is the index of the class, counted from 0.  What makes y logarithms of probabilities, a
    log-softmax say, is not part of the loss.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.4.
"""

import numpy as np

from gradcheck.notation import Integers, Operation, equation


@equation
def E(y, t):
    r"E = -y_t"
    return -y[t]


@E.matrix
def E(y, t):
    r"E = -y_t"
    return -y[t]


@E.batch
def E(y, t):
    r"E = -\frac{1}{N} \sum_n y_{n t_n}"
    return -y[np.arange(len(y)), t].sum() / len(y)


@equation
def delta_y(delta_E, y, t):
    r"\delta y_k = -\delta E \, [k = t]"
    return [-delta_E if k == t else 0 * delta_E for k in range(len(y))]


@delta_y.matrix
def delta_y(delta_E, y, t):
    r"\delta y = -\delta E \, e_t"
    return -delta_E * (np.arange(len(y)) == t)


@delta_y.batch
def delta_y(delta_E, y, t):
    r"\Delta Y = -\frac{\delta E}{N} (e_{t_1}, \dots, e_{t_N})^\top"
    return -delta_E / len(y) * (np.arange(y.shape[1]) == t[:, None])


negative_log_likelihood = Operation(
    "negative log-likelihood",
    "(k),()->()",
    E,
    (delta_y,),
    constants=("t",),
    domain={"t": Integers(0, "k")},
    batch="mean",
)
