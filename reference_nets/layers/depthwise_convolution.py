r"""Depthwise convolution: every channel is convolved with a window of weights of its own.

Shapes
    w : (c, p, q), a : (c, h, j), b : (c), z : (c, u, v); a batch holds the inputs in the rows of
    A, (n, c, h, j).  With stride s and padding r, the outputs are
    u = \lfloor (h + 2r - p) / s \rfloor + 1, and v by j and q alike.

Convention
    One output a channel: a convolution with as many groups as channels.  Padding is zero:
    a_{chj} = 0 outside the input.

Stability
    Sums of products in textbook order.  Where products cancel, the roundings of the partial sums
    stay: up to some hundred units in the last place of the small result, which are few of the
    large products that it is made of.

Source
    A. G. Howard et al., MobileNets: efficient convolutional neural networks for mobile vision
    applications, arXiv:1704.04861 (2017).
"""

import numpy as np

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import total
from reference_nets.layers.steps import Steps, variant
from reference_nets.layers.taps import Taps, extents
from reference_nets.layers.windows import overlap_add, windows


def depthwise_convolution(*, stride: int = 1, padding: int = 0) -> Operation:
    """Return the depthwise convolution with these options, the same along both axes.

    Raises
    ------
    ValueError
        If an option is no whole number, or too small.

    Examples
    --------
    >>> two_channels = [[[1.0, 2.0]], [[3.0, 4.0]]]
    >>> depthwise_convolution()([[[1.0]], [[10.0]]], two_channels, [0.0, 0.0]).tolist()
    [[[1.0, 2.0]], [[30.0, 40.0]]]
    """
    steps = Steps(stride, padding)
    taps = Taps(steps)

    @equation
    def z(w, a, b):
        r"z_{cuv} = \sum_p \sum_q w_{cpq} \, a_{c,\,su+p-r,\,sv+q-r} + b_c"
        (C, P, Q), (_, H, J) = extents(w), extents(a)
        rows, columns = taps.of_outputs(H, P), taps.of_outputs(J, Q)
        return [[[total(w[c][p][q] * a[c][h][j] for p, h in row for q, j in column) + b[c]
                  for column in columns] for row in rows] for c in range(C)]  # fmt: skip

    @z.matrix
    def z(w, a, b):
        r"z_c = \sum_{pq} w_{cpq} \, \mathrm{windows}(a)_{cpq} + b_c"
        return np.einsum("cpq,cuvpq->cuv", w, windows(a, w.shape[1:], steps)) + b[:, None, None]

    @z.batch
    def z(w, a, b):
        r"Z_{nc} = \sum_{pq} w_{cpq} \, \mathrm{windows}(A)_{ncpq} + b_c"
        return np.einsum("cpq,ncuvpq->ncuv", w, windows(a, w.shape[1:], steps)) + b[:, None, None]

    @equation
    def delta_w(delta_z, w, a):
        r"\delta w_{cpq} = \sum_u \sum_v \delta z_{cuv} \, a_{c,\,su+p-r,\,sv+q-r}"
        (C, P, Q), (_, H, J) = extents(w), extents(a)
        rows, columns = taps.of_places(H, P), taps.of_places(J, Q)
        return [[[total(delta_z[c][u][v] * a[c][h][j] for u, h in row for v, j in column)
                  for column in columns] for row in rows] for c in range(C)]  # fmt: skip

    @delta_w.matrix
    def delta_w(delta_z, w, a):
        r"\delta w_{cpq} = \sum_{uv} \delta z_{cuv} \, \mathrm{windows}(a)_{cuvpq}"
        return np.einsum("cuv,cuvpq->cpq", delta_z, windows(a, w.shape[1:], steps))

    @delta_w.batch
    def delta_w(delta_z, w, a):
        r"\delta w_{cpq} = \sum_{nuv} \Delta Z_{ncuv} \, \mathrm{windows}(A)_{ncuvpq}"
        return np.einsum("ncuv,ncuvpq->cpq", delta_z, windows(a, w.shape[1:], steps))

    @equation
    def delta_a(delta_z, w, a):
        r"\delta a_{chj} = \sum_{u,p:\,su+p-r=h} \sum_{v,q:\,sv+q-r=j} \delta z_{cuv} \, w_{cpq}"
        (C, P, Q), (_, H, J) = extents(w), extents(a)
        rows, columns = taps.of_inputs(H, P), taps.of_inputs(J, Q)
        return [[[total(delta_z[c][u][v] * w[c][p][q] for u, p in row for v, q in column)
                  for column in columns] for row in rows] for c in range(C)]  # fmt: skip

    @delta_a.matrix
    def delta_a(delta_z, w, a):
        r"\delta a_c = \mathrm{windows}^\top \left( w_c \, \delta z_c \right)"
        return overlap_add(np.einsum("cpq,cuv->cuvpq", w, delta_z), a.shape[1:], steps)

    @delta_a.batch
    def delta_a(delta_z, w, a):
        r"\Delta A_{nc} = \mathrm{windows}^\top \left( w_c \, \Delta Z_{nc} \right)"
        return overlap_add(np.einsum("cpq,ncuv->ncuvpq", w, delta_z), a.shape[2:], steps)

    @equation
    def delta_b(delta_z):
        r"\delta b_c = \sum_u \sum_v \delta z_{cuv}"
        return [total(delta for row in delta_z_c for delta in row) for delta_z_c in delta_z]

    @delta_b.matrix
    def delta_b(delta_z):
        r"\delta b = \sum_{uv} \delta z_{uv}"
        return delta_z.sum(axis=(1, 2))

    @delta_b.batch
    def delta_b(delta_z):
        r"\delta b = \sum_{nuv} \Delta Z_{nuv}"
        return delta_z.sum(axis=(0, 2, 3))

    return Operation(
        variant("depthwise convolution", stride=stride, padding=padding),
        "(c,p,q),(c,h,j),(c)->(c,u,v)",
        z,
        (delta_w, delta_a, delta_b),
        parameters=("w", "b"),
        extents={
            "u": lambda h, p: steps.outputs(h, p),
            "v": lambda j, q: steps.outputs(j, q),
        },
    )
