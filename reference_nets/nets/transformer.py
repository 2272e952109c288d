"""The sublayers of which Transformer blocks are made, each wrapped in a sum and a normalisation."""

from gradcheck.notation import Operation, for_each
from reference_nets.activations.relu import relu
from reference_nets.layers.dense import dense
from reference_nets.layers.layer_normalisation import layer_normalisation
from reference_nets.layers.multi_head_attention import multi_head_attention
from reference_nets.layers.residual_sum import residual_sum

dense_at_each = for_each(dense, "t")
relu_at_each = for_each(relu, "t")
sum_at_each = for_each(residual_sum, "t")
normalised_at_each = for_each(layer_normalisation, "t")


def attention_sublayer(
    y: str, x: str, number: int, *, causal: bool = False, context: str = ""
) -> list[Operation]:
    """Return y = norm(x + attention(x)), or attention from x to a context.

    Its symbols carry the number of the sublayer.
    """
    weights = {w: f"{w}{number}" for w in ("w_q", "w_k", "w_v", "w_o")}
    attention = multi_head_attention(causal=causal, context=bool(context))
    seen = {"c": context} if context else {}
    return [
        attention.at(f"f{number}", x=x, **seen, **weights),
        *added_and_normalised(y, x, number),
    ]


def dense_sublayer(y: str, x: str, number: int) -> list[Operation]:
    """Return y = norm(x + w_2 relu(w_1 x + b_1) + b_2), at each position."""
    return [
        dense_at_each.at("z", w="w1", a=x, b="b1"),
        relu_at_each.at("a", z="z"),
        dense_at_each.at(f"f{number}", w="w2", a="a", b="b2"),
        *added_and_normalised(y, x, number),
    ]


def added_and_normalised(y: str, x: str, number: int) -> list[Operation]:
    """Return y = norm(x + f), where f is the output of the sublayer of this number."""
    own = {"gamma": f"gamma{number}", "beta": f"beta{number}"}
    return [
        sum_at_each.at(f"r{number}", x=x, f=f"f{number}"),
        normalised_at_each.at(y, x=f"r{number}", **own),
    ]
