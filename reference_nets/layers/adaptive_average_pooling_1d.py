r"""Adaptive average pooling over one axis: a fixed number of outputs, whatever the input's size.

Shapes
    x : (c, h), y : (c, u), where u is fixed; a batch holds the inputs in the rows of X, (n, c, h).

Convention
    Output u of U is the mean of the inputs from \lfloor u H / U \rfloor to one less than
    \lceil (u + 1) H / U \rceil: windows overlap where U does not divide H.

Source
    PyTorch, torch.nn.AdaptiveAvgPool1d; the windows as in its source,
    aten/src/ATen/native/AdaptivePooling.h, start_index and end_index.
"""

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.adaptive_windows import membership, window
from reference_nets.layers.steps import check_options
from reference_nets.layers.taps import extents


def adaptive_average_pooling_1d(u: int) -> Operation:
    """Return the pooling to u outputs.

    Raises
    ------
    ValueError
        If the number of outputs is no whole number, or too small.

    Examples
    --------
    >>> adaptive_average_pooling_1d(2)([[1.0, 2.0, 6.0]]).tolist()
    [[1.5, 4.0]]
    """
    check_options(outputs=u)
    U = u

    @equation
    def y(x):
        r"y_{cu} = \frac{1}{|W_u|} \sum_{h \in W_u} x_{ch}"
        C, H = extents(x)
        return [[total(x[c][h] for h in row) / len(row)
                 for row in (window(u, U, H) for u in range(U))] for c in range(C)]  # fmt: skip

    @y.matrix
    def y(x):
        r"y = \frac{x M^\top}{(M 1)^\top}"
        M = membership(U, x.shape[-1])
        return x @ M.T / M.sum(axis=1)

    @y.batch
    def y(x):
        r"Y_n = \frac{X_n M^\top}{(M 1)^\top}"
        M = membership(U, x.shape[-1])
        return x @ M.T / M.sum(axis=1)

    @equation
    def delta_x(delta_y, x):
        r"\delta x_{ch} = \sum_{u: h \in W_u} \frac{\delta y_{cu}}{|W_u|}"
        C, H = extents(x)
        rows = [window(u, U, H) for u in range(U)]
        return [[total(delta_y[c][u] / len(rows[u]) for u in range(U) if h in rows[u])
                 for h in range(H)] for c in range(C)]  # fmt: skip

    @delta_x.matrix
    def delta_x(delta_y, x):
        r"\delta x = \frac{\delta y}{(M 1)^\top} M"
        M = membership(U, x.shape[-1])
        return delta_y / M.sum(axis=1) @ M

    @delta_x.batch
    def delta_x(delta_y, x):
        r"\Delta X_n = \frac{\Delta Y_n}{(M 1)^\top} M"
        M = membership(U, x.shape[-1])
        return delta_y / M.sum(axis=1) @ M

    name = f"adaptive average pooling 1d, {U} outputs"
    return Operation(name, f"(c,h)->(c,{U})", y, (delta_x,))
