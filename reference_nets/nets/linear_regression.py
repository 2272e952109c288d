r"""Linear regression by least squares, **summed** over inputs.

    z = w^\top x + b,   \delta w = \delta z \, x,   \delta b = \delta z

Shapes
    w : (i), b : (), x : (i), t : (), E : (); a batch holds the inputs in the rows of X, (n, i), and
    the targets in t, (n).

Convention
    Half the square, so that \delta z = z - t where E is the last quantity (\delta E = 1).

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 3.1.
"""

from gradcheck.notation import equation
from reference_nets.nets.generalised_linear_model import generalised_linear_model


@equation
def E(z, t):
    r"E = \frac{1}{2} (z - t)^2"
    return (z - t) * (z - t) / 2


@E.matrix
def E(z, t):
    r"E = \frac{1}{2} (z - t)^2"
    return (z - t) ** 2 / 2


@E.batch
def E(z, t):
    r"E = \frac{1}{2} (z - t)^\top (z - t)"
    return (z - t) @ (z - t) / 2


@equation
def delta_z(delta_E, z, t):
    r"\delta z = \delta E \, (z - t)"
    return delta_E * (z - t)


@delta_z.matrix
def delta_z(delta_E, z, t):
    r"\delta z = \delta E \, (z - t)"
    return delta_E * (z - t)


@delta_z.batch
def delta_z(delta_E, z, t):
    r"\delta z = \delta E \, (z - t)"
    return delta_E * (z - t)


linear_regression = generalised_linear_model("linear regression", E, delta_z, batch="sum")
