r"""Max pooling over two axes: every output is the largest number of a window.

Shapes
    x : (c, h, j), y : (c, u, v); a batch holds the inputs in the rows of X, (n, c, h, j).  With a
    square window of p places a side, stride s and padding r, the outputs are
    u = \lfloor (h + 2r - p) / s \rfloor + 1, and v by j alike.

Convention
    The stride is the window's size if it is not given.  Padding never is the largest.  Where
    several numbers tie, the first of them, row by row, has the slope 1 and the others 0.

Source
    I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (2016), section 9.3.
"""

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.steps import pooling_steps, variant
from reference_nets.layers.taps import Taps, extents
from reference_nets.layers.windows import first_largest, overlap_add, windows


def max_pooling_2d(window: int = 2, *, stride: int | None = None, padding: int = 0) -> Operation:
    """Return the max pooling with this window and these options, the same along both axes.

    Raises
    ------
    ValueError
        If an option is no whole number or too small, or the padding is more than half the window.

    Examples
    --------
    >>> max_pooling_2d()([[[1.0, 2.0, 3.0, 0.0], [5.0, 4.0, 3.0, 0.0]]]).tolist()
    [[[5.0, 3.0]]]
    """
    steps = pooling_steps(window, stride, padding)
    taps = Taps(steps)

    @equation
    def y(x):
        r"y_{cuv} = \max_p \max_q x_{c,\,su+p-r,\,sv+q-r}"
        C, H, J = extents(x)
        rows, columns = taps.of_outputs(H, window), taps.of_outputs(J, window)
        return [[[max(x[c][h][j] for _, h in row for _, j in column)
                  for column in columns] for row in rows] for c in range(C)]  # fmt: skip

    @y.matrix
    def y(x):
        r"y = \max_{pq} \mathrm{windows}(x)_{pq}"
        return seen(x).max(axis=(-2, -1))

    @y.batch
    def y(x):
        r"Y = \max_{pq} \mathrm{windows}(X)_{pq}"
        return seen(x).max(axis=(-2, -1))

    @equation
    def delta_x(delta_y, x):
        r"\delta x_{chj} = \sum_{u,v:\,(h,j) = \mathrm{argmax}(c,u,v)} \delta y_{cuv}"
        (C, H, J), (_, U, V) = extents(x), extents(delta_y)
        rows, columns = taps.of_outputs(H, window), taps.of_outputs(J, window)
        largest = [[[max(((h, j) for _, h in row for _, j in column),
                         key=lambda place, x_c=x_c: x_c[place[0]][place[1]])
                     for column in columns] for row in rows] for x_c in x]  # fmt: skip
        return [[[total(delta_y[c][u][v]
                        for u in range(U) for v in range(V) if largest[c][u][v] == (h, j))
                  for j in range(J)] for h in range(H)] for c in range(C)]  # fmt: skip

    @delta_x.matrix
    def delta_x(delta_y, x):
        r"\delta x = \mathrm{windows}^\top \left( [\mathrm{argmax}] \, \delta y \right)"
        back = first_largest(seen(x), axes=2) * delta_y[..., None, None]
        return overlap_add(back, x.shape[-2:], steps)

    @delta_x.batch
    def delta_x(delta_y, x):
        r"\Delta X = \mathrm{windows}^\top \left( [\mathrm{argmax}] \, \Delta Y \right)"
        back = first_largest(seen(x), axes=2) * delta_y[..., None, None]
        return overlap_add(back, x.shape[-2:], steps)

    def seen(x):
        """Return what each window sees, for the matrix forms: padding is less than any number."""
        return windows(x, (window, window), steps, fill=-float("inf"))

    return Operation(
        variant("max pooling 2d", window=window, **vars(steps)),
        "(c,h,j)->(c,u,v)",
        y,
        (delta_x,),
        extents={
            "u": lambda h: steps.outputs(h, window),
            "v": lambda j: steps.outputs(j, window),
        },
    )
