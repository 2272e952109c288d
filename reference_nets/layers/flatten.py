r"""Flatten: the channels of an image, row by row, as one vector.

Shapes
    x : (c, h, w), y : (n); c channels of h rows and w columns, n = c h w.  A batch holds the inputs
    along the first axis of X.

Convention
    The last index runs fastest, as in C.

Source
    Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-based learning applied to document
    recognition, Proceedings of the IEEE 86 (1998), 2278-2324, where the maps of the last
    convolution become the vector of a dense layer.
"""

from gradcheck.notation import Operation, equation


@equation
def y(x):
    r"y_{(c H + h) W + w} = x_{chw}"
    C, H, W = len(x), len(x[0]), len(x[0][0])
    return [x[c][h][w] for c in range(C) for h in range(H) for w in range(W)]


@y.matrix
def y(x):
    r"y = \mathrm{vec} \, x"
    return x.reshape(-1)


@y.batch
def y(x):
    r"Y_n = \mathrm{vec} \, X_n"
    return x.reshape(len(x), -1)


@equation
def delta_x(delta_y, x):
    r"\delta x_{chw} = \delta y_{(c H + h) W + w}"
    C, H, W = len(x), len(x[0]), len(x[0][0])
    return [[[delta_y[(c * H + h) * W + w] for w in range(W)] for h in range(H)] for c in range(C)]


@delta_x.matrix
def delta_x(delta_y, x):
    r"\delta x = \mathrm{vec}^{-1} \, \delta y"
    return delta_y.reshape(x.shape)


@delta_x.batch
def delta_x(delta_y, x):
    r"\Delta X_n = \mathrm{vec}^{-1} \, \Delta Y_n"
    return delta_y.reshape(x.shape)


flatten = Operation(
    "flatten", "(c,h,w)->(n)", y, (delta_x,), extents={"n": lambda c, h, w: c * h * w}
)
