r"""Softmax (multinomial logistic) regression of one-hot targets t.

    z = w x + b,   E = -\sum_k t_k \log \frac{e^{z_k}}{\sum_j e^{z_j}}
    \delta z = \delta E \, (\mathrm{softmax}(z) - t)
    \delta w = \delta z \, x^\top,   \delta b = \delta z,   \delta x = w^\top \delta z

Shapes
    w : (k, i), b : (k), x : (i), t : (k), E : (); a batch holds the inputs in the rows of X,
    (n, i), and the targets in those of T, (n, k).

Convention
    Averaged over the inputs of a batch.  All k classes have weights, so that adding the same
    vector to each of them changes nothing.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.4.
"""

from gradcheck.notation import network
from reference_nets.layers.dense import dense
from reference_nets.losses.softmax_cross_entropy import softmax_cross_entropy

softmax_regression = network(
    "softmax regression", [dense.at("z", a="x"), softmax_cross_entropy.at("E", z="z")]
)
