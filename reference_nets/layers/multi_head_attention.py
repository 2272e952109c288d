r"""Multi-head attention: several attentions side by side, each on its own projections.

    q_h = x w_q,h^\top,    k_h and v_h alike from the context c
    a_h = \mathrm{softmax}(q_h k_h^\top / \sqrt{D}) v_h
    y   = \sum_h a_h w_o,h^\top

Shapes
    x : (t, i), c : (s, j), w_q : (h, d, i), w_k : (h, d, j), w_v : (h, e, j), w_o : (o, h, e),
    y : (t, o); a batch holds x and c along a first axis n.

Convention
    Where the context is the sequence itself, c is x, and \delta x is the sum of what comes back
    through queries, keys and values.  There are no biases, as in the publication; one of the keys
    would have no effect, because softmax ignores what is added to all scores.

Source
    A. Vaswani et al., Attention is all you need, NeurIPS 2017, section 3.2.2.
"""

from gradcheck.notation import Operation, for_each, network
from reference_nets.layers.into_heads import into_heads
from reference_nets.layers.out_of_heads import out_of_heads
from reference_nets.layers.scaled_dot_product_attention import scaled_dot_product_attention

SIZES = {"h": 2, "d": 2, "t": 3, "i": 3, "d2": 2, "k": 3}
"""Small sizes to draw points with: two heads see a sequence of three."""


def multi_head_attention(*, causal: bool = False, context: bool = False) -> Operation:
    """Wire the projections and the attention of every head.

    Parameters
    ----------
    causal : bool
        Whether a position sees no later one.
    context : bool
        Whether keys and values come from another sequence ``c``, and not from ``x`` itself.

    Returns
    -------
    Operation
        With the parameters ``w_q, w_k, w_v, w_o``, the input ``x`` (and
        ``c``) and the output ``y``.

    Examples
    --------
    >>> multi_head_attention(context=True).inputs
    ('w_q', 'x', 'w_k', 'c', 'w_v', 'w_o')
    """
    seen = "c" if context else "x"
    attention = for_each(scaled_dot_product_attention(causal=causal), "h")
    options = ", causal" * causal + ", to a context" * context
    return network(
        f"multi-head attention{options}",
        [
            into_heads.at("q", w="w_q", x="x"),
            into_heads.at("k", w="w_k", x=seen),
            into_heads.at("v", w="w_v", x=seen),
            attention.at("a"),
            out_of_heads.at("y", w="w_o", x="a"),
        ],
        usual_sizes=SIZES | {"t2": 2, "i2": 2} if context else SIZES,
    )
