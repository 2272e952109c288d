r"""Generalised linear model: what linear, logistic and Poisson regression have in common.

Every one of them is a function of a single weighted sum z of its inputs, and every one's gradient
passes through \delta z:

    z = w^\top x + b,   \delta w = \delta z \, x,   \delta b = \delta z

What differs is the error E(z, t) and with it \delta z.  A regression is fitted to given data: x and
t are constants.

Shapes
    w : (i), b : (), x : (i), t : (), E : (); a batch holds the inputs in the rows of X, (n, i), and
    the targets in t, (n).

Source
    P. McCullagh and J. A. Nelder, Generalized Linear Models (2nd edition, 1989), chapter 2.
"""

from gradcheck.notation import Domain, Equation, Operation, Reals, equation
from gradcheck.notation.operation import Reduction
from gradcheck.notation.scalar import total


@equation
def z(w, b, x):
    r"z = \sum_i w_i x_i + b"
    return total(w[i] * x[i] for i in range(len(x))) + b


@z.matrix
def z(w, b, x):
    r"z = w^\top x + b"
    return w @ x + b


@z.batch
def z(w, b, x):
    r"z = X w + b 1"
    return x @ w + b


@equation
def delta_w(delta_z, x):
    r"\delta w_i = \delta z \, x_i"
    return [delta_z * x[i] for i in range(len(x))]


@delta_w.matrix
def delta_w(delta_z, x):
    r"\delta w = \delta z \, x"
    return delta_z * x


@delta_w.batch
def delta_w(delta_z, x):
    r"\delta w = X^\top \delta z"
    return x.T @ delta_z


@equation
def delta_b(delta_z):
    r"\delta b = \delta z"
    return delta_z


@delta_b.matrix
def delta_b(delta_z):
    r"\delta b = \delta z"
    return delta_z


@delta_b.batch
def delta_b(delta_z):
    r"\delta b = 1^\top \delta z"
    return delta_z.sum()


def generalised_linear_model(
    name: str, E: Equation, delta_z: Equation, *, batch: Reduction, targets: Domain | None = None
) -> Operation:
    """Complete an error of z and t to the regression that minimises it.

    Parameters
    ----------
    name : str
        What the regression is called.
    E, delta_z : Equation
        The error as a function of z and t, and its derivative by z times ``delta_E``.
    batch : {"sum", "mean"}
        What the error does over the inputs of a batch.
    targets : Domain, optional
        Where t lives; the real numbers if left out.

    Examples
    --------
    >>> from reference_nets import linear_regression
    >>> print(linear_regression)
    linear regression: E(w, b, x, t), (i),(),(i),()->()
    """
    return Operation(
        name,
        "(i),(),(i),()->()",
        E,
        (delta_w, delta_b),
        where=(z, delta_z),
        inputs=("w", "b", "x", "t"),
        parameters=("w", "b"),
        constants=("x", "t"),
        domain={"t": targets or Reals()},
        batch=batch,
    )
