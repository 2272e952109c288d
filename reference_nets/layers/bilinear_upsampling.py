r"""Bilinear upsampling: new places are interpolated linearly along both axes.

Shapes
    x : (c, h, j), y : (c, u, v); a batch holds the inputs in the rows of X, (n, c, h, j).  With
    factor s, u = s h and v = s j.

Convention
    Numbers stand for squares of equal size: output u lies at (u + 1/2) / s - 1/2 among the inputs,
    and at the border where that is outside.  With aligned corners numbers stand for points: output
    u of U lies at u (H - 1) / (U - 1), so that the first and the last stay where they are.

Stability
    Both forms weigh with whole numbers and divide once, because a place such as 1/3 is no float.
    Where the terms of a sum cancel, the roundings of the partial sums stay: few units in the last
    place of the terms, and many of the small result.

Source
    PyTorch, torch.nn.Upsample (mode "bilinear"); the places as in its source,
    aten/src/ATen/native/UpSample.h, area_pixel_compute_source_index.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.steps import check_options, variant
from reference_nets.layers.taps import extents


def bilinear_upsampling(factor: int = 2, *, align_corners: bool = False) -> Operation:
    """Return the upsampling by this factor, the same along both axes.

    Raises
    ------
    ValueError
        If the factor is no whole number, or too small.

    Examples
    --------
    >>> bilinear_upsampling(2)([[[0.0, 4.0]]]).tolist()
    [[[0.0, 1.0, 3.0, 4.0], [0.0, 1.0, 3.0, 4.0]]]
    """
    check_options(factor=factor)
    s = factor

    def neighbours(u, H):
        """Return the inputs h beside output u as (h, n, D), weighed n / D, for the scalar forms."""
        if align_corners:
            place, D = u * (H - 1), max(s * H - 1, 1)
        else:
            place, D = min(max(2 * u + 1 - s, 0), 2 * s * (H - 1)), 2 * s
        h, beyond = place // D, place % D
        return [(h, D - beyond, D), (h + 1, beyond, D)] if beyond else [(h, D, D)]

    def interpolation(H):
        """Return D and D times the matrix of weights, (outputs, inputs), for the matrix forms."""
        outputs, inputs = np.arange(s * H)[:, None], np.arange(H)
        if align_corners:
            D, places = max(s * H - 1, 1), outputs * (H - 1)
        else:
            D, places = 2 * s, np.clip(2 * outputs + 1 - s, 0, 2 * s * (H - 1))
        return D, np.maximum(D - abs(places - D * inputs), 0.0)

    @equation
    def y(x):
        r"y_{cuv} = \sum_h \sum_j \Lambda_{uh} \Lambda'_{vj} \, x_{chj}"
        C, H, J = extents(x)
        rows = [neighbours(u, H) for u in range(s * H)]
        columns = [neighbours(v, J) for v in range(s * J)]
        return [[[total(m * n * x[c][h][j] / (D * E) for h, m, D in row for j, n, E in column)
                  for column in columns] for row in rows] for c in range(C)]  # fmt: skip

    @y.matrix
    def y(x):
        r"y = \Lambda x \Lambda'^\top"
        (D, rows), (E, columns) = map(interpolation, x.shape[-2:])
        return rows @ x @ columns.T / (D * E)

    @y.batch
    def y(x):
        r"Y_n = \Lambda X_n \Lambda'^\top"
        (D, rows), (E, columns) = map(interpolation, x.shape[-2:])
        return rows @ x @ columns.T / (D * E)

    @equation
    def delta_x(delta_y):
        r"\delta x_{chj} = \sum_u \sum_v \Lambda_{uh} \Lambda'_{vj} \, \delta y_{cuv}"
        C, U, V = extents(delta_y)
        H, J = U // s, V // s
        return [[[total(m * n * delta_y[c][u][v] / (D * E)
                        for u in range(U) for g, m, D in neighbours(u, H) if g == h
                        for v in range(V) for i, n, E in neighbours(v, J) if i == j)
                  for j in range(J)] for h in range(H)] for c in range(C)]  # fmt: skip

    @delta_x.matrix
    def delta_x(delta_y):
        r"\delta x = \Lambda^\top \delta y \, \Lambda'"
        (D, rows), (E, columns) = (interpolation(u // s) for u in delta_y.shape[-2:])
        return rows.T @ delta_y @ columns / (D * E)

    @delta_x.batch
    def delta_x(delta_y):
        r"\Delta X_n = \Lambda^\top \Delta Y_n \Lambda'"
        (D, rows), (E, columns) = (interpolation(u // s) for u in delta_y.shape[-2:])
        return rows.T @ delta_y @ columns / (D * E)

    return Operation(
        variant("bilinear upsampling", factor=factor) + ", aligned corners" * align_corners,
        "(c,h,j)->(c,u,v)",
        y,
        (delta_x,),
        extents={"u": lambda h: factor * h, "v": lambda j: factor * j},
    )
