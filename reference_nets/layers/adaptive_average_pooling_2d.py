r"""Adaptive average pooling over two axes: a fixed number of outputs, whatever the input's size.

Shapes
    x : (c, h, j), y : (c, u, v), where u and v are fixed; a batch holds the inputs in the rows of
    X, (n, c, h, j).

Convention
    Output u of U is the mean of the inputs from \lfloor u H / U \rfloor to one less than
    \lceil (u + 1) H / U \rceil: windows overlap where U does not divide H.

Source
    PyTorch, torch.nn.AdaptiveAvgPool2d; the windows as in its source,
    aten/src/ATen/native/AdaptivePooling.h, start_index and end_index.
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.adaptive_windows import membership, window
from reference_nets.layers.steps import check_options
from reference_nets.layers.taps import extents


def adaptive_average_pooling_2d(u: int, v: int) -> Operation:
    """Return the pooling to u by v outputs.

    Raises
    ------
    ValueError
        If a number of outputs is no whole number, or too small.

    Examples
    --------
    >>> adaptive_average_pooling_2d(1, 2)([[[1.0, 2.0, 6.0]]]).tolist()
    [[[1.5, 4.0]]]
    """
    for outputs in (u, v):
        check_options(outputs=outputs)
    U, V = u, v

    @equation
    def y(x):
        r"y_{cuv} = \frac{1}{|W_u| |W_v|} \sum_{h \in W_u} \sum_{j \in W_v} x_{chj}"
        C, H, J = extents(x)
        rows, columns = [window(u, U, H) for u in range(U)], [window(v, V, J) for v in range(V)]
        return [[[total(x[c][h][j] for h in row for j in column) / (len(row) * len(column))
                  for column in columns] for row in rows] for c in range(C)]  # fmt: skip

    @y.matrix
    def y(x):
        r"y = \frac{M x M'^\top}{M 1 \, (M' 1)^\top}"
        M_h, M_j = membership(U, x.shape[-2]), membership(V, x.shape[-1])
        return M_h @ x @ M_j.T / np.outer(M_h.sum(axis=1), M_j.sum(axis=1))

    @y.batch
    def y(x):
        r"Y_n = \frac{M X_n M'^\top}{M 1 \, (M' 1)^\top}"
        M_h, M_j = membership(U, x.shape[-2]), membership(V, x.shape[-1])
        return M_h @ x @ M_j.T / np.outer(M_h.sum(axis=1), M_j.sum(axis=1))

    @equation
    def delta_x(delta_y, x):
        r"\delta x_{chj} = \sum_{u:h \in W_u} \sum_{v:j \in W_v} \frac{\delta y_{cuv}}{|W_u| |W_v|}"
        C, H, J = extents(x)
        rows, columns = [window(u, U, H) for u in range(U)], [window(v, V, J) for v in range(V)]
        return [[[total(delta_y[c][u][v] / (len(rows[u]) * len(columns[v]))
                        for u in range(U) for v in range(V) if h in rows[u] and j in columns[v])
                  for j in range(J)] for h in range(H)] for c in range(C)]  # fmt: skip

    @delta_x.matrix
    def delta_x(delta_y, x):
        r"\delta x = M^\top \frac{\delta y}{M 1 \, (M' 1)^\top} M'"
        M_h, M_j = membership(U, x.shape[-2]), membership(V, x.shape[-1])
        return M_h.T @ (delta_y / np.outer(M_h.sum(axis=1), M_j.sum(axis=1))) @ M_j

    @delta_x.batch
    def delta_x(delta_y, x):
        r"\Delta X_n = M^\top \frac{\Delta Y_n}{M 1 \, (M' 1)^\top} M'"
        M_h, M_j = membership(U, x.shape[-2]), membership(V, x.shape[-1])
        return M_h.T @ (delta_y / np.outer(M_h.sum(axis=1), M_j.sum(axis=1))) @ M_j

    name = f"adaptive average pooling 2d, {U} by {V}"
    return Operation(name, f"(c,h,j)->(c,{U},{V})", y, (delta_x,))
