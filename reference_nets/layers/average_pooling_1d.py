r"""Average pooling over one axis: every output is the mean of a window.

Shapes
    x : (c, h), y : (c, u); a batch holds the inputs in the rows of X, (n, c, h).  With a window of
    p places, stride s and padding r, the outputs are u = \lfloor (h + 2r - p) / s \rfloor + 1.

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


def average_pooling_1d(
    window: int = 2, *, stride: int | None = None, padding: int = 0
) -> Operation:
    """Return the average pooling with this window and these options.

    Raises
    ------
    ValueError
        If an option is no whole number or too small, or the padding is more than half the window.

    Examples
    --------
    >>> average_pooling_1d()([[1.0, 2.0, 4.0, 3.0]]).tolist()
    [[1.5, 3.5]]
    """
    steps = pooling_steps(window, stride, padding)
    taps = Taps(steps)
    P = window

    @equation
    def y(x):
        r"y_{cu} = \frac{1}{P} \sum_p x_{c,\,su+p-r}"
        C, H = extents(x)
        return [[total(x[c][h] for _, h in row) / P for row in taps.of_outputs(H, P)]
                for c in range(C)]  # fmt: skip

    @y.matrix
    def y(x):
        r"y = \frac{1}{P} \sum_p \mathrm{windows}(x)_p"
        return windows(x, (P,), steps).mean(axis=-1)

    @y.batch
    def y(x):
        r"Y = \frac{1}{P} \sum_p \mathrm{windows}(X)_p"
        return windows(x, (P,), steps).mean(axis=-1)

    @equation
    def delta_x(delta_y, x):
        r"\delta x_{ch} = \frac{1}{P} \sum_{u,p:\,su+p-r=h} \delta y_{cu}"
        C, H = extents(x)
        return [[total(delta_y[c][u] for u, _ in row) / P for row in taps.of_inputs(H, P)]
                for c in range(C)]  # fmt: skip

    @delta_x.matrix
    def delta_x(delta_y, x):
        r"\delta x = \mathrm{windows}^\top \left( \frac{\delta y}{P} \, 1_p \right)"
        return overlap_add(delta_y[..., None] * np.ones(P) / P, x.shape[-1:], steps)

    @delta_x.batch
    def delta_x(delta_y, x):
        r"\Delta X = \mathrm{windows}^\top \left( \frac{\Delta Y}{P} \, 1_p \right)"
        return overlap_add(delta_y[..., None] * np.ones(P) / P, x.shape[-1:], steps)

    return Operation(
        variant("average pooling 1d", window=window, **vars(steps)),
        "(c,h)->(c,u)",
        y,
        (delta_x,),
        extents={"u": lambda h: steps.outputs(h, P)},
    )
