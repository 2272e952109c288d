r"""Nearest upsampling: every number is repeated along both axes.

Shapes
    x : (c, h, j), y : (c, u, v); a batch holds the inputs in the rows of X, (n, c, h, j).  With
    factor s, u = s h and v = s j.

Stability
    Where the terms of a sum cancel, the roundings of the partial sums stay: few units in the last
    place of the terms, and many of the small result.

Source
    PyTorch documentation, torch.nn.Upsample (mode "nearest").
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.steps import check_options, variant
from reference_nets.layers.taps import extents


def nearest_upsampling(factor: int = 2) -> Operation:
    """Return the upsampling by this factor, the same along both axes.

    Raises
    ------
    ValueError
        If the factor is no whole number, or too small.

    Examples
    --------
    >>> nearest_upsampling(2)([[[1.0, 2.0]]]).tolist()
    [[[1.0, 1.0, 2.0, 2.0], [1.0, 1.0, 2.0, 2.0]]]
    """
    check_options(factor=factor)
    s = factor

    @equation
    def y(x):
        r"y_{cuv} = x_{c,\lfloor u/s \rfloor,\lfloor v/s \rfloor}"
        C, H, J = extents(x)
        return [[[x[c][u // s][v // s] for v in range(s * J)] for u in range(s * H)]
                for c in range(C)]  # fmt: skip

    @y.matrix
    def y(x):
        r"y = x \otimes 1_{ss}"
        return np.repeat(np.repeat(x, s, axis=1), s, axis=2)

    @y.batch
    def y(x):
        r"Y_n = X_n \otimes 1_{ss}"
        return np.repeat(np.repeat(x, s, axis=2), s, axis=3)

    @equation
    def delta_x(delta_y):
        r"\delta x_{chj} = \sum_{p=0}^{s-1} \sum_{q=0}^{s-1} \delta y_{c,sh+p,sj+q}"
        C, U, V = extents(delta_y)
        return [[[total(delta_y[c][s * h + p][s * j + q] for p in range(s) for q in range(s))
                  for j in range(V // s)] for h in range(U // s)] for c in range(C)]  # fmt: skip

    @delta_x.matrix
    def delta_x(delta_y):
        r"\delta x = \sum_{pq} \mathrm{blocks}(\delta y)_{pq}"
        return blocks(delta_y).sum(axis=(2, 4))

    @delta_x.batch
    def delta_x(delta_y):
        r"\Delta X = \sum_{pq} \mathrm{blocks}(\Delta Y)_{pq}"
        return blocks(delta_y).sum(axis=(3, 5))

    def blocks(y):
        """Return y with axes (..., h, p, j, q) for blocks of p by q, for the matrix forms."""
        *outer, u, v = y.shape
        return y.reshape(*outer, u // s, s, v // s, s)

    return Operation(
        variant("nearest upsampling", factor=factor),
        "(c,h,j)->(c,u,v)",
        y,
        (delta_x,),
        extents={"u": lambda h: factor * h, "v": lambda j: factor * j},
    )
