r"""Residual block: two dense layers learn what to add to their input.

    z^(1) = w^(1) x + b^(1),      a = \max(z^(1), 0)
    z^(2) = w^(2) a + b^(2)
    y     = x + z^(2),            E = \frac{1}{2} \| y - t \|^2, **summed** over inputs

Shapes
    x, t : (k), w1 : (units, k), b1 : (units), w2 : (k, units), b2 : (k), E : (); a batch holds the
    inputs in the rows of X and T.

Convention
    Nothing follows the sum, so that the input passes unchanged; the original has a rectifier there.

Source
    K. He, X. Zhang, S. Ren and J. Sun, Deep residual learning for image recognition, CVPR 2016.
"""

from gradcheck.notation import network
from reference_nets.activations.relu import relu
from reference_nets.layers.dense import dense
from reference_nets.layers.residual_sum import residual_sum
from reference_nets.losses.squared_error import squared_error

residual_block = network(
    "residual block",
    [
        dense.at("z1", w="w1", a="x", b="b1"),
        relu.at("a", z="z1"),
        dense.at("z2", w="w2", a="a", b="b2"),
        residual_sum.at("y", x="x", f="z2"),
        squared_error.at("E"),
    ],
)
