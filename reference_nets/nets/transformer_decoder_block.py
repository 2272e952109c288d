r"""Transformer decoder block: attention to what was said, then to the context, then dense layers.

    g = norm(x + causal attention(x))
    q = norm(g + attention(g, c))
    y = norm(q + w^(2) \max(w^(1) q + b^(1), 0) + b^(2))

Shapes
    x, y : (t, k), c : (s, j), w_q1, w_k1, w_v1, w_o1, w_q2, w_k2, w_v2, w_o2 as
    `multi_head_attention` has them, w1 : (units, k), b1 : (units), w2 : (k, units), b2 : (k),
    gamma1, beta1, gamma2, beta2, gamma3, beta3 : (k), epsilon : ().  A batch holds the sequences x
    and c along a first axis n.

Convention
    Layers are normalised after the sums, as in the publication; dropout is left out.  The output
    is a sequence: a loss follows whatever the block is used for.

Source
    A. Vaswani et al., Attention is all you need, NeurIPS 2017, section 3.1.
"""

from gradcheck.notation import network
from reference_nets.nets.transformer import attention_sublayer, dense_sublayer

HEADS = {"h": 2, "d": 2, "d2": 2, "h2": 2, "d3": 2, "d4": 2}
SIZES = {**HEADS, "t": 3, "k": 3, "t2": 2, "i2": 2, "k2": 2}
"""Small sizes to draw points with: two heads see a sequence of three and a context of two."""

transformer_decoder_block = network(
    "Transformer decoder block",
    [
        *attention_sublayer("g", "x", 1, causal=True),
        *attention_sublayer("q", "g", 2, context="c"),
        *dense_sublayer("y", "q", 3),
    ],
    usual_sizes=SIZES,
)
