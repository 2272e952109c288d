r"""Last step: the state of a sequence at its end, which has seen all of it.

Shapes
    x : (t, k), y : (k); a batch holds the sequences along a first axis n.

Source
    I. Sutskever, O. Vinyals and Q. V. Le, Sequence to sequence learning with neural networks,
    NeurIPS 2014, where the last state stands for the whole sentence.
"""

import numpy as np

from gradcheck.notation import Operation, equation


@equation
def y(x):
    r"y_k = x_{Tk}"
    return [x[-1][k] for k in range(len(x[0]))]


@y.matrix
def y(x):
    r"y = x_T"
    return x[-1]


@y.batch
def y(x):
    r"Y = X_T"
    return x[:, -1]


@equation
def delta_x(delta_y, x):
    r"\delta x_{tk} = [t = T] \, \delta y_k"
    T, K = len(x), range(len(delta_y))
    return [[delta_y[k] if t == T - 1 else 0.0 * delta_y[k] for k in K] for t in range(T)]


@delta_x.matrix
def delta_x(delta_y, x):
    r"\delta x = (0, \ldots, 0, \delta y)^\top"
    return np.concatenate([np.zeros_like(x[:-1]), delta_y[None]])


@delta_x.batch
def delta_x(delta_y, x):
    r"\delta x_n = (0, \ldots, 0, \delta y_n)^\top"
    return np.concatenate([np.zeros_like(x[:, :-1]), delta_y[:, None]], axis=1)


last_step = Operation("last step", "(t,k)->(k)", y, (delta_x,))
