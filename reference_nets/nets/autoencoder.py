r"""Autoencoder: a net that reproduces its input x through fewer (or other) hidden units h.

    z1 = w1 x + b1,   h = \tanh(z1),   y = w2 h + b2,   E = \frac{1}{2} \| y - x \|^2

The input is the target as well, so that \delta x has two contributions: (1) from the error itself
and (2) from the first layer.

Shapes
    w1 : (j, i), b1 : (j), w2 : (i, j), b2 : (i), x : (i), h : (j), E : (); a batch holds the
    inputs in the rows of X, (n, i).

Convention
    Half the square, summed over the inputs of a batch.  Encoder and decoder have weights of their
    own.

Stability
    The scalar form of the slope of tanh loses its digits where a hidden unit saturates.

Source
    G. E. Hinton and R. R. Salakhutdinov, Reducing the dimensionality of data with neural networks,
    Science 313 (2006), 504-507.
"""

from gradcheck.notation import network
from reference_nets.activations.tanh import tanh
from reference_nets.layers.dense import dense
from reference_nets.losses.squared_error import squared_error

autoencoder = network(
    "autoencoder",
    [
        dense.at("z1", w="w1", a="x", b="b1"),
        tanh.at("h", z="z1"),
        dense.at("y", w="w2", a="h", b="b2"),
        squared_error.at("E", y="y", t="x"),
    ],
)
