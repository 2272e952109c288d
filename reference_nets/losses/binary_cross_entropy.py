r"""Binary cross-entropy of the probabilities y for the targets t, **averaged** over inputs.

Shapes
    y : (k), t : (k), E : (); a batch holds the inputs in the rows of Y and T, (n, k).

Convention
    Summed over the k independent outputs of an input, averaged over the n inputs of a batch.

Stability
    The matrix form takes \log(1 - y) as log1p(-y), which keeps its digits where y is small.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 5.2.
"""

import numpy as np

from gradcheck.notation import UNIT_INTERVAL, Binary, Operation, equation
from gradcheck.notation.scalar import log, total


@equation
def E(y, t):
    r"E = -\sum_k \left( t_k \log y_k + (1 - t_k) \log(1 - y_k) \right)"
    return -total(t[k] * log(y[k]) + (1 - t[k]) * log(1 - y[k]) for k in range(len(y)))


@E.matrix
def E(y, t):
    r"E = -t^\top \log y - (1 - t)^\top \log(1 - y)"
    return -(t @ np.log(y)) - (1 - t) @ np.log1p(-y)


@E.batch
def E(y, t):
    r"E = -\frac{1}{N} \sum_n \left( t_n^\top \log y_n + (1 - t_n)^\top \log(1 - y_n) \right)"
    return -np.sum(t * np.log(y) + (1 - t) * np.log1p(-y)) / len(y)


@equation
def delta_y(delta_E, y, t):
    r"\delta y_k = \delta E \, \frac{y_k - t_k}{y_k (1 - y_k)}"
    return [delta_E * (y[k] - t[k]) / (y[k] * (1 - y[k])) for k in range(len(y))]


@delta_y.matrix
def delta_y(delta_E, y, t):
    r"\delta y = \delta E \, \frac{y - t}{y \odot (1 - y)}"
    return delta_E * (y - t) / (y * (1 - y))


@delta_y.batch
def delta_y(delta_E, y, t):
    r"\Delta Y = \frac{\delta E}{N} \, \frac{Y - T}{Y \odot (1 - Y)}"
    return delta_E / len(y) * (y - t) / (y * (1 - y))


binary_cross_entropy = Operation(
    "binary cross-entropy",
    "(k),(k)->()",
    E,
    (delta_y,),
    constants=("t",),
    domain={"y": UNIT_INTERVAL, "t": Binary()},
    batch="mean",
)
