r"""Residual sum: what a branch of the network computes is added to what it was given.

Shapes
    x : (k), f : (k), y : (k); a batch holds the inputs in the rows of X and F, (n, k).

Convention
    f stands for the output of the branch, F(x): in a network, \delta x also collects what comes
    back through the branch.

Source
    K. He, X. Zhang, S. Ren and J. Sun, Deep residual learning for image recognition, CVPR 2016,
    section 3.2.
"""

from gradcheck.notation import Operation, equation


@equation
def y(x, f):
    r"y_k = x_k + f_k"
    return [x[k] + f[k] for k in range(len(x))]


@y.matrix
def y(x, f):
    r"y = x + f"
    return x + f


@y.batch
def y(x, f):
    r"Y = X + F"
    return x + f


@equation
def delta_x(delta_y):
    r"\delta x_k = \delta y_k"
    return [delta_y[k] for k in range(len(delta_y))]


@delta_x.matrix
def delta_x(delta_y):
    r"\delta x = \delta y"
    return delta_y


@delta_x.batch
def delta_x(delta_y):
    r"\Delta X = \Delta Y"
    return delta_y


@equation
def delta_f(delta_y):
    r"\delta f_k = \delta y_k"
    return [delta_y[k] for k in range(len(delta_y))]


@delta_f.matrix
def delta_f(delta_y):
    r"\delta f = \delta y"
    return delta_y


@delta_f.batch
def delta_f(delta_y):
    r"\Delta F = \Delta Y"
    return delta_y


residual_sum = Operation("residual sum", "(k),(k)->(k)", y, (delta_x, delta_f))
