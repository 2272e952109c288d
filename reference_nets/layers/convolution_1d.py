r"""Convolution over one axis: every output is a weighted sum of a window of the input.

Shapes
    w : (k, i, p), a : (c, h), b : (k), z : (k, u); a batch holds the inputs in the rows of A,
    (n, c, h).  With stride s, padding r and dilation d, the outputs are
    u = \lfloor (h + 2r - d(p - 1) - 1) / s \rfloor + 1.  With G groups, i = c / G, and G divides
    k as well.

Convention
    The weights are not flipped (signal processing calls this a cross-correlation).  Padding is
    zero: a_{ch} = 0 outside the input.  Of the k outputs and c inputs, neighbours form a group;
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


def convolution_1d(
    *, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Operation:
    """Return the convolution with these options.

    Raises
    ------
    ValueError
        If an option is no whole number, or too small.

    Examples
    --------
    >>> convolution_1d()([[[1.0, -1.0]]], [[0.0, 0.0, 5.0, 5.0]], [0.0]).tolist()
    [[0.0, -5.0, 0.0]]
    """
    steps = Steps(stride, padding, dilation)
    taps = Taps(steps)
    check_options(groups=groups)
    G = groups

    @equation
    def z(w, a, b):
        r"z_{ku} = \sum_i \sum_p w_{kip} \, a_{c(k,i),\,su+dp-r} + b_k"
        (K, I, P), (_, H) = extents(w), extents(a)
        return [[total(w[k][i][p] * a[k * G // K * I + i][h] for i in range(I) for p, h in row)
                 + b[k] for row in taps.of_outputs(H, P)] for k in range(K)]  # fmt: skip

    @z.matrix
    def z(w, a, b):
        r"z_g = \sum_{ip} w_{gip} \, \mathrm{windows}(a)_{gip} + b"
        seen = split(windows(a, w.shape[2:], steps), G)
        return merged(np.einsum("gmip,giup->gmu", split(w, G), seen)) + b[:, None]

    @z.batch
    def z(w, a, b):
        r"Z_{ng} = \sum_{ip} w_{gip} \, \mathrm{windows}(A)_{ngip} + 1 b^\top"
        seen = split(windows(a, w.shape[2:], steps), G, axis=1)
        return merged(np.einsum("gmip,ngiup->ngmu", split(w, G), seen), axis=1) + b[:, None]

    @equation
    def delta_w(delta_z, w, a):
        r"\delta w_{kip} = \sum_u \delta z_{ku} \, a_{c(k,i),\,su+dp-r}"
        (K, I, P), (_, H) = extents(w), extents(a)
        return [[[total(delta_z[k][u] * a[k * G // K * I + i][h] for u, h in row)
                  for row in taps.of_places(H, P)] for i in range(I)]
                for k in range(K)]  # fmt: skip

    @delta_w.matrix
    def delta_w(delta_z, w, a):
        r"\delta w_{gip} = \sum_u \delta z_{gu} \, \mathrm{windows}(a)_{giup}"
        seen = split(windows(a, w.shape[2:], steps), G)
        return merged(np.einsum("gmu,giup->gmip", split(delta_z, G), seen))

    @delta_w.batch
    def delta_w(delta_z, w, a):
        r"\delta w_{gip} = \sum_{nu} \Delta Z_{ngu} \, \mathrm{windows}(A)_{ngiup}"
        seen = split(windows(a, w.shape[2:], steps), G, axis=1)
        return merged(np.einsum("ngmu,ngiup->gmip", split(delta_z, G, axis=1), seen))

    @equation
    def delta_a(delta_z, w, a):
        r"\delta a_{ch} = \sum_{k,i:\,c(k,i)=c} \sum_{u,p:\,su+dp-r=h} \delta z_{ku} \, w_{kip}"
        (K, I, P), (C, H) = extents(w), extents(a)
        return [[total(delta_z[k][u] * w[k][i][p]
                       for k in range(K) for i in range(I) if k * G // K * I + i == c
                       for u, p in row)
                 for row in taps.of_inputs(H, P)] for c in range(C)]  # fmt: skip

    @delta_a.matrix
    def delta_a(delta_z, w, a):
        r"\delta a = \mathrm{windows}^\top \left( w_g^\top \delta z_g \right)"
        back = np.einsum("gmip,gmu->giup", split(w, G), split(delta_z, G))
        return overlap_add(merged(back), a.shape[1:], steps)

    @delta_a.batch
    def delta_a(delta_z, w, a):
        r"\Delta A = \mathrm{windows}^\top \left( \Delta Z_g w_g \right)"
        back = np.einsum("gmip,ngmu->ngiup", split(w, G), split(delta_z, G, axis=1))
        return overlap_add(merged(back, axis=1), a.shape[2:], steps)

    @equation
    def delta_b(delta_z):
        r"\delta b_k = \sum_u \delta z_{ku}"
        return [total(delta_z_k) for delta_z_k in delta_z]

    @delta_b.matrix
    def delta_b(delta_z):
        r"\delta b = \sum_u \delta z_u"
        return delta_z.sum(axis=1)

    @delta_b.batch
    def delta_b(delta_z):
        r"\delta b = \sum_{nu} \Delta Z_{nu}"
        return delta_z.sum(axis=(0, 2))

    return Operation(
        variant("convolution 1d", **vars(steps), groups=groups),
        "(k,i,p),(c,h),(k)->(k,u)",
        z,
        (delta_w, delta_a, delta_b),
        parameters=("w", "b"),
        extents={
            "i": lambda c, k: channels_per_group(c, k, groups),
            "u": lambda h, p: steps.outputs(h, p),
        },
        usual_sizes={**usual_channels(G), **steps.roomy("p", "h", 2)},
    )
