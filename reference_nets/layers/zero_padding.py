r"""Zero padding: a border of zeros around the last two axes.

Shapes
    x : (c, h, j), y : (c, u, v); a batch holds the inputs in the rows of X, (n, c, h, j).  With a
    border of width r, u = h + 2r and v = j + 2r.

Source
    V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning,
    arXiv:1603.07285 (2016).
"""

import numpy as np

from gradcheck.notation import Operation, equation
from reference_nets.layers.steps import check_options, variant
from reference_nets.layers.taps import extents


def zero_padding(width: int = 1) -> Operation:
    """Return the padding by a border of this width.

    Raises
    ------
    ValueError
        If the width is no whole number, or negative.

    Examples
    --------
    >>> zero_padding(1)([[[5.0]]]).tolist()
    [[[0.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 0.0]]]
    """
    check_options(width=width)
    r = width

    @equation
    def y(x):
        r"y_{cuv} = x_{c,u-r,v-r} \text{ inside, else } 0"
        C, H, J = extents(x)
        return [[[x[c][u - r][v - r] if 0 <= u - r < H and 0 <= v - r < J else 0 * x[c][0][0]
                  for v in range(J + 2 * r)] for u in range(H + 2 * r)]
                for c in range(C)]  # fmt: skip

    @y.matrix
    def y(x):
        r"y = \mathrm{pad}_r(x)"
        return np.pad(x, [(0, 0), (r, r), (r, r)])

    @y.batch
    def y(x):
        r"Y = \mathrm{pad}_r(X)"
        return np.pad(x, [(0, 0), (0, 0), (r, r), (r, r)])

    @equation
    def delta_x(delta_y):
        r"\delta x_{chj} = \delta y_{c,h+r,j+r}"
        C, U, V = extents(delta_y)
        return [[[delta_y[c][h + r][j + r] for j in range(V - 2 * r)] for h in range(U - 2 * r)]
                for c in range(C)]  # fmt: skip

    @delta_x.matrix
    def delta_x(delta_y):
        r"\delta x = \mathrm{inside}_r(\delta y)"
        return delta_y[:, r : delta_y.shape[1] - r, r : delta_y.shape[2] - r]

    @delta_x.batch
    def delta_x(delta_y):
        r"\Delta X = \mathrm{inside}_r(\Delta Y)"
        return delta_y[:, :, r : delta_y.shape[2] - r, r : delta_y.shape[3] - r]

    return Operation(
        variant("zero padding", width=width),
        "(c,h,j)->(c,u,v)",
        y,
        (delta_x,),
        extents={"u": lambda h: h + 2 * width, "v": lambda j: j + 2 * width},
    )
