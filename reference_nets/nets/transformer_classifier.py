r"""Transformer classifier: positions are marked, a block attends, the last position is classified.

    x' = x + waves
    y  = encoder block(x')
    z  = v y_T + s
    E  = cross-entropy of softmax z for t, **averaged** over inputs

Shapes
    x : (t, k), base : (), the block's own w_q1, w_k1, w_v1, w_o1, w1, b1, w2, b2, gamma1, beta1,
    gamma2, beta2, epsilon as `transformer_encoder_block` has them; v : (classes, k),
    s : (classes), t : (classes), one-hot, E : ().  A batch holds the sequences along a first axis.

Convention
    The last position stands for the sequence, which attention lets it see as a whole.

Stability
    Gradients of parameters are sums over positions and heads whose terms partly cancel: the
    roundings of the partial sums stay, few units in the last place of the terms and many of a
    small result.

Source
    A. Vaswani et al., Attention is all you need, NeurIPS 2017, for the block and the waves.
"""

from gradcheck.notation import network
from reference_nets.layers.dense import dense
from reference_nets.layers.last_step import last_step
from reference_nets.layers.sinusoidal_position_encoding import sinusoidal_position_encoding
from reference_nets.losses.softmax_cross_entropy import softmax_cross_entropy
from reference_nets.nets.transformer import attention_sublayer, dense_sublayer

SIZES = {"t": 3, "k": 3, "h": 2, "d": 2, "d2": 2, "k2": 2, "k3": 2}
"""Small sizes to draw points with: two heads see a sequence of three."""

transformer_classifier = network(
    "Transformer classifier",
    [
        sinusoidal_position_encoding.at("p"),
        *attention_sublayer("g", "p", 1),
        *dense_sublayer("y", "g", 2),
        last_step.at("l", x="y"),
        dense.at("scores", w="v", a="l", b="s"),
        softmax_cross_entropy.at("E", z="scores"),
    ],
    usual_sizes=SIZES,
)
