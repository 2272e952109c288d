r"""Global average pooling: every channel becomes the mean of all its places.

Shapes
    x : (c, h, j), y : (c); a batch holds the inputs in the rows of X, (n, c, h, j).

Source
    M. Lin, Q. Chen and S. Yan, Network in network, arXiv:1312.4400 (2013), section 3.2.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.taps import extents


@equation
def y(x):
    r"y_c = \frac{1}{H J} \sum_h \sum_j x_{chj}"
    C, H, J = extents(x)
    return [total(x[c][h][j] for h in range(H) for j in range(J)) / (H * J) for c in range(C)]


@y.matrix
def y(x):
    r"y = \frac{1}{H J} \sum_{hj} x_{hj}"
    return x.mean(axis=(1, 2))


@y.batch
def y(x):
    r"Y = \frac{1}{H J} \sum_{hj} X_{hj}"
    return x.mean(axis=(2, 3))


@equation
def delta_x(delta_y, x):
    r"\delta x_{chj} = \frac{\delta y_c}{H J}"
    C, H, J = extents(x)
    return [[[delta_y[c] / (H * J) for _ in range(J)] for _ in range(H)] for c in range(C)]


@delta_x.matrix
def delta_x(delta_y, x):
    r"\delta x = \frac{\delta y}{H J} \, 1_{hj}"
    return delta_y[:, None, None] * np.ones(x.shape[1:]) / np.prod(x.shape[1:])


@delta_x.batch
def delta_x(delta_y, x):
    r"\Delta X = \frac{\Delta Y}{H J} \, 1_{hj}"
    return delta_y[:, :, None, None] * np.ones(x.shape[2:]) / np.prod(x.shape[2:])


global_average_pooling = Operation("global average pooling", "(c,h,j)->(c)", y, (delta_x,))
