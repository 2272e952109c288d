r"""Max pooling over one axis: every output is the largest number of a window.

Shapes
    x : (c, h), y : (c, u); a batch holds the inputs in the rows of X, (n, c, h).  With a window of
    p places, stride s and padding r, the outputs are u = \lfloor (h + 2r - p) / s \rfloor + 1.

Convention
    The stride is the window's size if it is not given.  Padding never is the largest.  Where
    several numbers tie, the first of them has the slope 1 and the others 0.

Source
    I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (2016), section 9.3.
"""

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.steps import pooling_steps, variant
from reference_nets.layers.taps import Taps, extents
from reference_nets.layers.windows import first_largest, overlap_add, windows


def max_pooling_1d(window: int = 2, *, stride: int | None = None, padding: int = 0) -> Operation:
    """Return the max pooling with this window and these options.

    Raises
    ------
    ValueError
        If an option is no whole number or too small, or the padding is more than half the window.

    Examples
    --------
    >>> max_pooling_1d()([[1.0, 2.0, 4.0, 3.0]]).tolist()
    [[2.0, 4.0]]
    """
    steps = pooling_steps(window, stride, padding)
    taps = Taps(steps)

    @equation
    def y(x):
        r"y_{cu} = \max_p x_{c,\,su+p-r}"
        C, H = extents(x)
        return [[max(x[c][h] for _, h in row) for row in taps.of_outputs(H, window)]
                for c in range(C)]  # fmt: skip

    @y.matrix
    def y(x):
        r"y = \max_p \mathrm{windows}(x)_p"
        return seen(x).max(axis=-1)

    @y.batch
    def y(x):
        r"Y = \max_p \mathrm{windows}(X)_p"
        return seen(x).max(axis=-1)

    @equation
    def delta_x(delta_y, x):
        r"\delta x_{ch} = \sum_{u:\,h = \mathrm{argmax}(c,u)} \delta y_{cu}"
        C, H = extents(x)
        rows = taps.of_outputs(H, window)
        largest = [[max((h for _, h in row), key=x_c.__getitem__) for row in rows] for x_c in x]
        return [[total(delta_y[c][u] for u in range(len(rows)) if largest[c][u] == h)
                 for h in range(H)] for c in range(C)]  # fmt: skip

    @delta_x.matrix
    def delta_x(delta_y, x):
        r"\delta x = \mathrm{windows}^\top \left( [\mathrm{argmax}] \, \delta y \right)"
        back = first_largest(seen(x), axes=1) * delta_y[..., None]
        return overlap_add(back, x.shape[-1:], steps)

    @delta_x.batch
    def delta_x(delta_y, x):
        r"\Delta X = \mathrm{windows}^\top \left( [\mathrm{argmax}] \, \Delta Y \right)"
        back = first_largest(seen(x), axes=1) * delta_y[..., None]
        return overlap_add(back, x.shape[-1:], steps)

    def seen(x):
        """Return what each window sees, for the matrix forms: padding is less than any number."""
        return windows(x, (window,), steps, fill=-float("inf"))

    return Operation(
        variant("max pooling 1d", window=window, **vars(steps)),
        "(c,h)->(c,u)",
        y,
        (delta_x,),
        extents={"u": lambda h: steps.outputs(h, window)},
    )
