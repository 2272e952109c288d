r"""Convolution over two axes: every output is a weighted sum of a window of the input.

Shapes
    w : (k, i, p, q), a : (c, h, j), b : (k), z : (k, u, v); a batch holds the inputs in the rows
    of A, (n, c, h, j).  With stride s, padding r and dilation d, the outputs are
    u = \lfloor (h + 2r - d(p - 1) - 1) / s \rfloor + 1, and v by j and q alike.  With G groups,
    i = c / G, and G divides k as well.

Convention
    The weights are not flipped (signal processing calls this a cross-correlation).  Padding is
    zero: a_{chj} = 0 outside the input.  Of the k outputs and c inputs, neighbours form a group;
    output k sees the channels c(k, i) = \lfloor k G / K \rfloor I + i of its own group.

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
from reference_nets.layers.channels import (
    channels_per_group,
    merged,
    split,
    usual_channels,
)
from reference_nets.layers.steps import Steps, check_options, variant
from reference_nets.layers.taps import Taps, extents
from reference_nets.layers.windows import overlap_add, windows


def convolution_2d(
    *, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Operation:
    """Return the convolution with these options, the same along both axes.

    Raises
    ------
    ValueError
        If an option is no whole number, or too small.

    Examples
    --------
    >>> edges = convolution_2d()([[[[1.0, -1.0]]]], [[[0.0, 0.0, 5.0, 5.0]]], [0.0])
    >>> edges.tolist()
    [[[0.0, -5.0, 0.0]]]
    """
    steps = Steps(stride, padding, dilation)
    taps = Taps(steps)
    check_options(groups=groups)
    G = groups

    @equation
    def z(w, a, b):
        r"z_{kuv} = \sum_i \sum_p \sum_q w_{kipq} \, a_{c(k,i),\,su+dp-r,\,sv+dq-r} + b_k"
        (K, I, P, Q), (_, H, J) = extents(w), extents(a)
        rows, columns = taps.of_outputs(H, P), taps.of_outputs(J, Q)
        return [[[total(w[k][i][p][q] * a[k * G // K * I + i][h][j]
                        for i in range(I) for p, h in row for q, j in column) + b[k]
                  for column in columns] for row in rows] for k in range(K)]  # fmt: skip

    @z.matrix
    def z(w, a, b):
        r"z_g = \sum_{ipq} w_{gipq} \, \mathrm{windows}(a)_{gipq} + b"
        seen = split(windows(a, w.shape[2:], steps), G)
        return merged(np.einsum("gmipq,giuvpq->gmuv", split(w, G), seen)) + b[:, None, None]

    @z.batch
    def z(w, a, b):
        r"Z_{ng} = \sum_{ipq} w_{gipq} \, \mathrm{windows}(A)_{ngipq} + 1 b^\top"
        seen = split(windows(a, w.shape[2:], steps), G, axis=1)
        Z = np.einsum("gmipq,ngiuvpq->ngmuv", split(w, G), seen)
        return merged(Z, axis=1) + b[:, None, None]

    @equation
    def delta_w(delta_z, w, a):
        r"\delta w_{kipq} = \sum_u \sum_v \delta z_{kuv} \, a_{c(k,i),\,su+dp-r,\,sv+dq-r}"
        (K, I, P, Q), (_, H, J) = extents(w), extents(a)
        rows, columns = taps.of_places(H, P), taps.of_places(J, Q)
        return [[[[total(delta_z[k][u][v] * a[k * G // K * I + i][h][j]
                         for u, h in row for v, j in column)
                   for column in columns] for row in rows] for i in range(I)]
                for k in range(K)]  # fmt: skip

    @delta_w.matrix
    def delta_w(delta_z, w, a):
        r"\delta w_{gipq} = \sum_{uv} \delta z_{guv} \, \mathrm{windows}(a)_{giuvpq}"
        seen = split(windows(a, w.shape[2:], steps), G)
        return merged(np.einsum("gmuv,giuvpq->gmipq", split(delta_z, G), seen))

    @delta_w.batch
    def delta_w(delta_z, w, a):
        r"\delta w_{gipq} = \sum_{nuv} \Delta Z_{nguv} \, \mathrm{windows}(A)_{ngiuvpq}"
        seen = split(windows(a, w.shape[2:], steps), G, axis=1)
        return merged(np.einsum("ngmuv,ngiuvpq->gmipq", split(delta_z, G, axis=1), seen))

    @equation
    def delta_a(delta_z, w, a):
        r"\delta a_{chj} = \sum_{k,i:\,c(k,i)=c} \sum_{u,p:\,su+dp-r=h} \sum_{v,q:\,sv+dq-r=j} \delta z_{kuv} \, w_{kipq}"  # noqa: E501 (a formula is one line)
        (K, I, P, Q), (C, H, J) = extents(w), extents(a)
        rows, columns = taps.of_inputs(H, P), taps.of_inputs(J, Q)
        return [[[total(delta_z[k][u][v] * w[k][i][p][q]
                        for k in range(K) for i in range(I) if k * G // K * I + i == c
                        for u, p in row for v, q in column)
                  for column in columns] for row in rows] for c in range(C)]  # fmt: skip

    @delta_a.matrix
    def delta_a(delta_z, w, a):
        r"\delta a = \mathrm{windows}^\top \left( w_g^\top \delta z_g \right)"
        back = np.einsum("gmipq,gmuv->giuvpq", split(w, G), split(delta_z, G))
        return overlap_add(merged(back), a.shape[1:], steps)

    @delta_a.batch
    def delta_a(delta_z, w, a):
        r"\Delta A = \mathrm{windows}^\top \left( \Delta Z_g w_g \right)"
        back = np.einsum("gmipq,ngmuv->ngiuvpq", split(w, G), split(delta_z, G, axis=1))
        return overlap_add(merged(back, axis=1), a.shape[2:], steps)

    @equation
    def delta_b(delta_z):
        r"\delta b_k = \sum_u \sum_v \delta z_{kuv}"
        return [total(delta for row in delta_z_k for delta in row) for delta_z_k in delta_z]

    @delta_b.matrix
    def delta_b(delta_z):
        r"\delta b = \sum_{uv} \delta z_{uv}"
        return delta_z.sum(axis=(1, 2))

    @delta_b.batch
    def delta_b(delta_z):
        r"\delta b = \sum_{nuv} \Delta Z_{nuv}"
        return delta_z.sum(axis=(0, 2, 3))

    return Operation(
        variant("convolution 2d", **vars(steps), groups=groups),
        "(k,i,p,q),(c,h,j),(k)->(k,u,v)",
        z,
        (delta_w, delta_a, delta_b),
        parameters=("w", "b"),
        extents={
            "i": lambda c, k: channels_per_group(c, k, groups),
            "u": lambda h, p: steps.outputs(h, p),
            "v": lambda j, q: steps.outputs(j, q),
        },
        usual_sizes={
            **usual_channels(G),
            **steps.roomy("p", "h", 2),
            **steps.roomy("q", "j", 3),
        },
    )
