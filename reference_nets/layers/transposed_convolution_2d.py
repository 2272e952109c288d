r"""Transposed convolution over two axes: every input adds a multiple of a window to the output.

Shapes
    w : (i, k, p, q), a : (i, u, v), b : (k), z : (k, h, j); a batch holds the inputs in the rows
    of A, (n, i, u, v).  With stride s and padding r, the outputs are h = s(u - 1) + p - 2r, and j
    by v and q alike.

Convention
    The map a -> z is the transpose of the convolution with the same weights, stride and padding
    (and no bias), which takes z to a: padding cuts outputs off.  The weights list the input
    channel first.

Stability
    Sums of products in textbook order.  Where products cancel, the roundings of the partial sums
    stay: up to some hundred units in the last place of the small result, which are few of the
    large products that it is made of.

Source
    V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning,
    arXiv:1603.07285 (2016).
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.steps import Steps, variant
from reference_nets.layers.taps import Taps, extents
from reference_nets.layers.windows import overlap_add, windows


def transposed_convolution_2d(*, stride: int = 1, padding: int = 0) -> Operation:
    """Return the transposed convolution with these options, the same along both axes.

    Raises
    ------
    ValueError
        If an option is no whole number, or too small.

    Examples
    --------
    >>> spread = transposed_convolution_2d(stride=2)
    >>> spread([[[[1.0, 2.0, 3.0]]]], [[[1.0, 10.0]]], [0.0]).tolist()
    [[[1.0, 2.0, 13.0, 20.0, 30.0]]]
    """
    steps = Steps(stride, padding)
    taps = Taps(steps)

    @equation
    def z(w, a, b):
        r"z_{khj} = \sum_i \sum_{u,p:\,su+p-r=h} \sum_{v,q:\,sv+q-r=j} w_{ikpq} \, a_{iuv} + b_k"
        (I, K, P, Q), (_, U, V) = extents(w), extents(a)
        rows, columns = taps.of_inputs(steps.inputs(U, P), P), taps.of_inputs(steps.inputs(V, Q), Q)
        return [[[total(w[i][k][p][q] * a[i][u][v]
                        for i in range(I) for u, p in row for v, q in column) + b[k]
                  for column in columns] for row in rows] for k in range(K)]  # fmt: skip

    @z.matrix
    def z(w, a, b):
        r"z = \mathrm{windows}^\top \left( w^\top a \right) + b"
        return (
            overlap_add(np.einsum("ikpq,iuv->kuvpq", w, a), sizes(a, w), steps) + b[:, None, None]
        )

    @z.batch
    def z(w, a, b):
        r"Z = \mathrm{windows}^\top \left( A w \right) + 1 b^\top"
        spread = np.einsum("ikpq,niuv->nkuvpq", w, a)
        return overlap_add(spread, sizes(a, w), steps) + b[:, None, None]

    @equation
    def delta_w(delta_z, w, a):
        r"\delta w_{ikpq} = \sum_u \sum_v a_{iuv} \, \delta z_{k,\,su+p-r,\,sv+q-r}"
        (I, K, P, Q), (_, H, J) = extents(w), extents(delta_z)
        rows, columns = taps.of_places(H, P), taps.of_places(J, Q)
        return [[[[total(a[i][u][v] * delta_z[k][h][j] for u, h in row for v, j in column)
                   for column in columns] for row in rows] for k in range(K)]
                for i in range(I)]  # fmt: skip

    @delta_w.matrix
    def delta_w(delta_z, w, a):
        r"\delta w_{ikpq} = \sum_{uv} a_{iuv} \, \mathrm{windows}(\delta z)_{kuvpq}"
        return np.einsum("iuv,kuvpq->ikpq", a, windows(delta_z, w.shape[2:], steps))

    @delta_w.batch
    def delta_w(delta_z, w, a):
        r"\delta w_{ikpq} = \sum_{nuv} A_{niuv} \, \mathrm{windows}(\Delta Z)_{nkuvpq}"
        return np.einsum("niuv,nkuvpq->ikpq", a, windows(delta_z, w.shape[2:], steps))

    @equation
    def delta_a(delta_z, w):
        r"\delta a_{iuv} = \sum_k \sum_p \sum_q w_{ikpq} \, \delta z_{k,\,su+p-r,\,sv+q-r}"
        (I, K, P, Q), (_, H, J) = extents(w), extents(delta_z)
        rows, columns = taps.of_outputs(H, P), taps.of_outputs(J, Q)
        return [[[total(w[i][k][p][q] * delta_z[k][h][j]
                        for k in range(K) for p, h in row for q, j in column)
                  for column in columns] for row in rows] for i in range(I)]  # fmt: skip

    @delta_a.matrix
    def delta_a(delta_z, w):
        r"\delta a = \sum_{kpq} w_{kpq} \, \mathrm{windows}(\delta z)_{kpq}"
        return np.einsum("ikpq,kuvpq->iuv", w, windows(delta_z, w.shape[2:], steps))

    @delta_a.batch
    def delta_a(delta_z, w):
        r"\Delta A_n = \sum_{kpq} w_{kpq} \, \mathrm{windows}(\Delta Z)_{nkpq}"
        return np.einsum("ikpq,nkuvpq->niuv", w, windows(delta_z, w.shape[2:], steps))

    @equation
    def delta_b(delta_z):
        r"\delta b_k = \sum_h \sum_j \delta z_{khj}"
        return [total(delta for row in delta_z_k for delta in row) for delta_z_k in delta_z]

    @delta_b.matrix
    def delta_b(delta_z):
        r"\delta b = \sum_{hj} \delta z_{hj}"
        return delta_z.sum(axis=(1, 2))

    @delta_b.batch
    def delta_b(delta_z):
        r"\delta b = \sum_{nhj} \Delta Z_{nhj}"
        return delta_z.sum(axis=(0, 2, 3))

    def sizes(a, w):
        """Return the sizes of the output along the last two axes, for the matrix forms."""
        return [steps.inputs(u, p) for u, p in zip(a.shape[-2:], w.shape[-2:], strict=True)]

    return Operation(
        variant("transposed convolution 2d", stride=stride, padding=padding),
        "(i,k,p,q),(i,u,v),(k)->(k,h,j)",
        z,
        (delta_w, delta_a, delta_b),
        parameters=("w", "b"),
        extents={
            "h": lambda u, p: steps.inputs(u, p),
            "j": lambda v, q: steps.inputs(v, q),
        },
    )
