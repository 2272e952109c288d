r"""Transformer encoder block: a sequence attends to itself, then passes two dense layers.

    g = norm(x + attention(x))
    y = norm(g + w^(2) \max(w^(1) g + b^(1), 0) + b^(2))

Shapes
    x, y : (t, k), w_q1, w_k1, w_v1, w_o1 as `multi_head_attention` has them, w1 : (units, k),
    b1 : (units), w2 : (k, units), b2 : (k), gamma1, beta1, gamma2, beta2 : (k), epsilon : ().  A
    batch holds the sequences along a first axis n.

Convention
    Layers are normalised after the sums, as in the publication; dropout is left out.  The output
    is a sequence: a loss follows whatever the block is used for.

Source
    A. Vaswani et al., Attention is all you need, NeurIPS 2017, section 3.1.
"""

from gradcheck.notation import network
from reference_nets.nets.transformer import attention_sublayer, dense_sublayer

SIZES = {"h": 2, "t": 3, "k": 3, "d": 2, "d2": 2, "k2": 2}
"""Small sizes to draw points with: two heads see a sequence of three."""

transformer_encoder_block = network(
    "Transformer encoder block",
    [*attention_sublayer("g", "x", 1), *dense_sublayer("y", "g", 2)],
    usual_sizes=SIZES,
)
