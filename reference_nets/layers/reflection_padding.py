r"""Reflection padding: a border around the last two axes that mirrors the inside.

Shapes
    x : (c, h, j), y : (c, u, v); a batch holds the inputs in the rows of X, (n, c, h, j).  With a
    border of width r, u = h + 2r and v = j + 2r.

Convention
    The mirror stands on the outermost numbers, which are not repeated: 1 2 3 becomes 3 2 1 2 3 2 1
    with r = 2.  The border is narrower than the input.

Stability
    Where the terms of a sum cancel, the roundings of the partial sums stay: few units in the last
    place of the terms, and many of the small result.

Source
    PyTorch documentation, torch.nn.ReflectionPad2d.
"""

import numpy as np

from gradcheck.notation import Operation, PointError, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.steps import check_options, variant
from reference_nets.layers.taps import extents


def reflection_padding(width: int = 1) -> Operation:
    """Return the padding by a border of this width.

    Raises
    ------
    ValueError
        If the width is no whole number, or negative.

    Examples
    --------
    >>> reflection_padding(1)([[[1.0, 2.0], [3.0, 4.0]]]).tolist()[0][0]
    [4.0, 3.0, 4.0, 3.0]
    """
    check_options(width=width)
    r = width

    def mirrored(u, H):
        """Return the input that stands at output u, for the scalar forms."""
        return H - 1 - abs(H - 1 - abs(u - r))

    def mirror(H):
        """Return the matrix that is 1 where input h stands at output u, for the matrix forms."""
        return np.pad(np.eye(H), [(r, r), (0, 0)], mode="reflect")

    @equation
    def y(x):
        r"y_{cuv} = x_{c,m(u),m'(v)} \text{ where } m(u) = H - 1 - |H - 1 - |u - r||"
        C, H, J = extents(x)
        return [[[x[c][mirrored(u, H)][mirrored(v, J)] for v in range(J + 2 * r)]
                 for u in range(H + 2 * r)] for c in range(C)]  # fmt: skip

    @y.matrix
    def y(x):
        r"y = \mathrm{reflect}_r(x)"
        return np.pad(x, [(0, 0), (r, r), (r, r)], mode="reflect")

    @y.batch
    def y(x):
        r"Y = \mathrm{reflect}_r(X)"
        return np.pad(x, [(0, 0), (0, 0), (r, r), (r, r)], mode="reflect")

    @equation
    def delta_x(delta_y):
        r"\delta x_{chj} = \sum_{u: m(u) = h} \sum_{v: m'(v) = j} \delta y_{cuv}"
        C, U, V = extents(delta_y)
        H, J = U - 2 * r, V - 2 * r
        return [[[total(delta_y[c][u][v]
                        for u in range(U) if mirrored(u, H) == h
                        for v in range(V) if mirrored(v, J) == j)
                  for j in range(J)] for h in range(H)] for c in range(C)]  # fmt: skip

    @delta_x.matrix
    def delta_x(delta_y):
        r"\delta x = R^\top \delta y R' \text{ where } R = \mathrm{reflect}_r(I)"
        rows, columns = (mirror(u - 2 * r) for u in delta_y.shape[-2:])
        return rows.T @ delta_y @ columns

    @delta_x.batch
    def delta_x(delta_y):
        r"\Delta X_n = R^\top \Delta Y_n R' \text{ where } R = \mathrm{reflect}_r(I)"
        rows, columns = (mirror(u - 2 * r) for u in delta_y.shape[-2:])
        return rows.T @ delta_y @ columns

    def padded(h):
        """Return the size after padding; a border that is too wide has nothing to mirror."""
        if h <= r:
            raise PointError(
                f"a border of {r} cannot mirror {h} input{'s' * (h > 1)}: it takes at least "
                f"{r + 1}, so make the border narrower or the input larger"
            )
        return h + 2 * r

    return Operation(
        variant("reflection padding", width=width),
        "(c,h,j)->(c,u,v)",
        y,
        (delta_x,),
        extents={"u": lambda h: padded(h), "v": lambda j: padded(j)},
    )
