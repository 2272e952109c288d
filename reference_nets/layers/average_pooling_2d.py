r"""Average pooling over two axes: every output is the mean of a window.

Shapes
    x : (c, h, j), y : (c, u, v); a batch holds the inputs in the rows of X, (n, c, h, j).  With a
    square window of p places a side, stride s and padding r, the outputs are
    u = \lfloor (h + 2r - p) / s \rfloor + 1, and v by j alike.

Convention
    The stride is the window's size if it is not given.  Padding is zero and counts: every sum is
    divided by the places of the whole window.

Source
    Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-based learning applied to document
    recognition, Proceedings of the IEEE 86 (1998), 2278-2324.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.steps import pooling_steps, variant
from reference_nets.layers.taps import Taps, extents
from reference_nets.layers.windows import overlap_add, windows


def average_pooling_2d(
    window: int = 2, *, stride: int | None = None, padding: int = 0
) -> Operation:
    """Return the average pooling with this window and these options, the same along both axes.

    Raises
    ------
    ValueError
        If an option is no whole number or too small, or the padding is more than half the window.

    Examples
    --------
    >>> average_pooling_2d()([[[1.0, 2.0, 3.0, 0.0], [5.0, 4.0, 3.0, 0.0]]]).tolist()
    [[[3.0, 1.5]]]
    """
    steps = pooling_steps(window, stride, padding)
    taps = Taps(steps)
    P = window

    @equation
    def y(x):
        r"y_{cuv} = \frac{1}{P^2} \sum_p \sum_q x_{c,\,su+p-r,\,sv+q-r}"
        C, H, J = extents(x)
        rows, columns = taps.of_outputs(H, P), taps.of_outputs(J, P)
        return [[[total(x[c][h][j] for _, h in row for _, j in column) / (P * P)
                  for column in columns] for row in rows] for c in range(C)]  # fmt: skip

    @y.matrix
    def y(x):
        r"y = \frac{1}{P^2} \sum_{pq} \mathrm{windows}(x)_{pq}"
        return windows(x, (P, P), steps).mean(axis=(-2, -1))

    @y.batch
    def y(x):
        r"Y = \frac{1}{P^2} \sum_{pq} \mathrm{windows}(X)_{pq}"
        return windows(x, (P, P), steps).mean(axis=(-2, -1))

    @equation
    def delta_x(delta_y, x):
        r"\delta x_{chj} = \frac{1}{P^2} \sum_{u,p:\,su+p-r=h} \sum_{v,q:\,sv+q-r=j} \delta y_{cuv}"
        C, H, J = extents(x)
        rows, columns = taps.of_inputs(H, P), taps.of_inputs(J, P)
        return [[[total(delta_y[c][u][v] for u, _ in row for v, _ in column) / (P * P)
                  for column in columns] for row in rows] for c in range(C)]  # fmt: skip

    @delta_x.matrix
    def delta_x(delta_y, x):
        r"\delta x = \mathrm{windows}^\top \left( \frac{\delta y}{P^2} \, 1_{pq} \right)"
        back = delta_y[..., None, None] * np.ones((P, P)) / P**2
        return overlap_add(back, x.shape[-2:], steps)

    @delta_x.batch
    def delta_x(delta_y, x):
        r"\Delta X = \mathrm{windows}^\top \left( \frac{\Delta Y}{P^2} \, 1_{pq} \right)"
        back = delta_y[..., None, None] * np.ones((P, P)) / P**2
        return overlap_add(back, x.shape[-2:], steps)

    return Operation(
        variant("average pooling 2d", window=window, **vars(steps)),
        "(c,h,j)->(c,u,v)",
        y,
        (delta_x,),
        extents={"u": lambda h: steps.outputs(h, P), "v": lambda j: steps.outputs(j, P)},
    )
