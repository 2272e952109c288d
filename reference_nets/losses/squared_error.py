r"""Squared error of the outputs y for the targets t, **summed** over inputs.

Shapes
    y : (k), t : (k), E : (); a batch holds the inputs in the rows of Y and T, (n, k).

Convention
    Half the square, so that \delta y = y - t where E is the last quantity (\delta E = 1).

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 5.2.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total


@equation
def E(y, t):
    r"E = \frac{1}{2} \sum_k (y_k - t_k)^2"
    return total((y[k] - t[k]) * (y[k] - t[k]) for k in range(len(y))) / 2


@E.matrix
def E(y, t):
    r"E = \frac{1}{2} (y - t)^\top (y - t)"
    return (y - t) @ (y - t) / 2


@E.batch
def E(y, t):
    r"E = \frac{1}{2} \sum_n \| y_n - t_n \|^2"
    return np.sum((y - t) ** 2) / 2


@equation
def delta_y(delta_E, y, t):
    r"\delta y_k = \delta E \, (y_k - t_k)"
    return [delta_E * (y[k] - t[k]) for k in range(len(y))]


@delta_y.matrix
def delta_y(delta_E, y, t):
    r"\delta y = \delta E \, (y - t)"
    return delta_E * (y - t)


@delta_y.batch
def delta_y(delta_E, y, t):
    r"\Delta Y = \delta E \, (Y - T)"
    return delta_E * (y - t)


@equation
def delta_t(delta_E, y, t):
    r"\delta t_k = \delta E \, (t_k - y_k)"
    return [delta_E * (t[k] - y[k]) for k in range(len(t))]


@delta_t.matrix
def delta_t(delta_E, y, t):
    r"\delta t = \delta E \, (t - y)"
    return delta_E * (t - y)


@delta_t.batch
def delta_t(delta_E, y, t):
    r"\Delta T = \delta E \, (T - Y)"
    return delta_E * (t - y)


squared_error = Operation("squared error", "(k),(k)->()", E, (delta_y, delta_t), batch="sum")
