r"""Transposed convolution over one axis: every input adds a multiple of a window to the output.

Shapes
    w : (i, k, p), a : (i, u), b : (k), z : (k, h); a batch holds the inputs in the rows of A,
    (n, i, u).  With stride s and padding r, the outputs are h = s(u - 1) + p - 2r.

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


def transposed_convolution_1d(*, stride: int = 1, padding: int = 0) -> Operation:
    """Return the transposed convolution with these options.

    Raises
    ------
    ValueError
        If an option is no whole number, or too small.

    Examples
    --------
    >>> spread = transposed_convolution_1d(stride=2)
    >>> spread([[[1.0, 2.0, 3.0]]], [[1.0, 10.0]], [0.0]).tolist()
    [[1.0, 2.0, 13.0, 20.0, 30.0]]
    """
    steps = Steps(stride, padding)
    taps = Taps(steps)

    @equation
    def z(w, a, b):
        r"z_{kh} = \sum_i \sum_{u,p:\,su+p-r=h} w_{ikp} \, a_{iu} + b_k"
        (I, K, P), (_, U) = extents(w), extents(a)
        return [[total(w[i][k][p] * a[i][u] for i in range(I) for u, p in row) + b[k]
                 for row in taps.of_inputs(steps.inputs(U, P), P)] for k in range(K)]  # fmt: skip

    @z.matrix
    def z(w, a, b):
        r"z = \mathrm{windows}^\top \left( w^\top a \right) + b"
        return overlap_add(np.einsum("ikp,iu->kup", w, a), size(a, w), steps) + b[:, None]

    @z.batch
    def z(w, a, b):
        r"Z = \mathrm{windows}^\top \left( A w \right) + 1 b^\top"
        return overlap_add(np.einsum("ikp,niu->nkup", w, a), size(a, w), steps) + b[:, None]

    @equation
    def delta_w(delta_z, w, a):
        r"\delta w_{ikp} = \sum_u a_{iu} \, \delta z_{k,\,su+p-r}"
        (I, K, P), (_, H) = extents(w), extents(delta_z)
        return [[[total(a[i][u] * delta_z[k][h] for u, h in row) for row in taps.of_places(H, P)]
                 for k in range(K)] for i in range(I)]  # fmt: skip

    @delta_w.matrix
    def delta_w(delta_z, w, a):
        r"\delta w_{ikp} = \sum_u a_{iu} \, \mathrm{windows}(\delta z)_{kup}"
        return np.einsum("iu,kup->ikp", a, windows(delta_z, w.shape[2:], steps))

    @delta_w.batch
    def delta_w(delta_z, w, a):
        r"\delta w_{ikp} = \sum_{nu} A_{niu} \, \mathrm{windows}(\Delta Z)_{nkup}"
        return np.einsum("niu,nkup->ikp", a, windows(delta_z, w.shape[2:], steps))

    @equation
    def delta_a(delta_z, w):
        r"\delta a_{iu} = \sum_k \sum_p w_{ikp} \, \delta z_{k,\,su+p-r}"
        (I, K, P), (_, H) = extents(w), extents(delta_z)
        return [[total(w[i][k][p] * delta_z[k][h] for k in range(K) for p, h in row)
                 for row in taps.of_outputs(H, P)] for i in range(I)]  # fmt: skip

    @delta_a.matrix
    def delta_a(delta_z, w):
        r"\delta a = \sum_{kp} w_{kp} \, \mathrm{windows}(\delta z)_{kp}"
        return np.einsum("ikp,kup->iu", w, windows(delta_z, w.shape[2:], steps))

    @delta_a.batch
    def delta_a(delta_z, w):
        r"\Delta A_n = \sum_{kp} w_{kp} \, \mathrm{windows}(\Delta Z)_{nkp}"
        return np.einsum("ikp,nkup->niu", w, windows(delta_z, w.shape[2:], steps))

    @equation
    def delta_b(delta_z):
        r"\delta b_k = \sum_h \delta z_{kh}"
        return [total(delta_z_k) for delta_z_k in delta_z]

    @delta_b.matrix
    def delta_b(delta_z):
        r"\delta b = \sum_h \delta z_h"
        return delta_z.sum(axis=1)

    @delta_b.batch
    def delta_b(delta_z):
        r"\delta b = \sum_{nh} \Delta Z_{nh}"
        return delta_z.sum(axis=(0, 2))

    def size(a, w):
        """Return the size of the output along the last axis, for the matrix forms."""
        return [steps.inputs(a.shape[-1], w.shape[-1])]

    return Operation(
        variant("transposed convolution 1d", stride=stride, padding=padding),
        "(i,k,p),(i,u),(k)->(k,h)",
        z,
        (delta_w, delta_a, delta_b),
        parameters=("w", "b"),
        extents={"h": lambda u, p: steps.inputs(u, p)},
    )
