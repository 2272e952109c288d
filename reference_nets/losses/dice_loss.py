r"""Soft Dice loss of the probabilities y for the binary mask t, **averaged** over inputs.

Shapes
    y : (k), t : (k), E : (), U : (); a batch holds the inputs in the rows of Y and T, (n, k).

Convention
    The sizes of the two masks are sums of squares, and c is added to both sides of the fraction,
    so that two empty masks are alike.  The k pixels of an input are taken together.

Stability
    The scalar form is the textbook difference.  The matrix form takes it over one denominator,
    where 1 - (2 y^\top t + c) / U becomes \| y - t \|^2 / U and nothing cancels.

Source
    F. Milletari, N. Navab and S.-A. Ahmadi, V-Net: fully convolutional neural networks for
    volumetric medical image segmentation, 3DV 2016.
"""

import numpy as np

from gradcheck.notation import UNIT_INTERVAL, Binary, Operation, equation
from gradcheck.notation.scalar import total


def dice_loss(smoothing=1.0):
    """Return the Dice loss.

    Parameters
    ----------
    smoothing : float
        The number c, 0 or more, that is added to both sides of the fraction.

    Examples
    --------
    >>> dice_loss(smoothing=0.0)([0.5, 0.5], [1.0, 1.0])
    array(0.2)
    """
    c = smoothing

    @equation
    def U(y, t):
        r"U = \sum_k y_k^2 + \sum_k t_k^2 + c"
        return total(y_k * y_k for y_k in y) + total(t_k * t_k for t_k in t) + c

    @U.matrix
    def U(y, t):
        r"U = y^\top y + t^\top t + c"
        return y @ y + t @ t + c

    @U.batch
    def U(y, t):
        r"U_n = y_n^\top y_n + t_n^\top t_n + c"
        return np.sum(y**2 + t**2, axis=1) + c

    @equation
    def E(y, t, U):
        r"E = 1 - \frac{2 \sum_k y_k t_k + c}{U}"
        return 1 - (2 * total(y[k] * t[k] for k in range(len(y))) + c) / U

    @E.matrix
    def E(y, t, U):
        r"E = \frac{(y - t)^\top (y - t)}{U}"
        return (y - t) @ (y - t) / U

    @E.batch
    def E(y, t, U):
        r"E = \frac{1}{N} \sum_n \frac{\| y_n - t_n \|^2}{U_n}"
        return np.sum(np.sum((y - t) ** 2, axis=1) / U) / len(y)

    @equation
    def delta_y(delta_E, y, t, U):
        r"\delta y_k = 2 \delta E \, ((2 \sum_j y_j t_j + c) \, y_k / U^2 - t_k / U)"
        overlap = 2 * total(y[k] * t[k] for k in range(len(y))) + c
        return [2 * delta_E * (overlap / (U * U) * y[k] - t[k] / U) for k in range(len(y))]

    @delta_y.matrix
    def delta_y(delta_E, y, t, U):
        r"\delta y = \frac{2 \delta E}{U} \left( \frac{2 y^\top t + c}{U} y - t \right)"
        return 2 * delta_E / U * ((2 * (y @ t) + c) / U * y - t)

    @delta_y.batch
    def delta_y(delta_E, y, t, U):
        r"\delta y_n = \frac{2 \delta E}{N U_n} ((2 y_n^\top t_n + c) \, y_n / U_n - t_n)"
        ratio = (2 * np.sum(y * t, axis=1) + c) / U
        return 2 * delta_E / len(y) / U[:, None] * (ratio[:, None] * y - t)

    return Operation(
        f"Dice loss, smoothing {smoothing:g}",
        "(k),(k)->()",
        E,
        (delta_y,),
        where=(U,),
        inputs=("y", "t"),
        constants=("t",),
        domain={"y": UNIT_INTERVAL, "t": Binary()},
        batch="mean",
    )
