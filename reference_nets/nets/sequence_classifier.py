r"""Sequence classifier: a recurrent layer reads a sequence, its last state is classified.

    h   = layer(x, h_0)
    y   = h_T
    z   = v y + s
    E   = cross-entropy of softmax z for t, **averaged** over inputs

Shapes
    x : (t, i) and the layer's own w, u, b, h0, and c0, d as `elman`, `lstm` and `gru` have them;
    v : (classes, k), s : (classes), t : (classes), one-hot, E : ().  A batch holds the sequences
    along a first axis n.

Convention
    The bias of the scores is s; the initial states are given with each sequence.

Stability
    Gradients are sums over time whose terms partly cancel: the roundings of the partial sums stay,
    few units in the last place of the terms and many of a small result.

Source
    A. Graves, Supervised sequence labelling with recurrent neural networks (2012).
"""

from gradcheck.notation import Operation, network
from reference_nets.layers.dense import dense
from reference_nets.layers.last_step import last_step
from reference_nets.losses.softmax_cross_entropy import softmax_cross_entropy

SIZES = {"t": 3, "i": 2, "k": 2, "k2": 3}
"""Small sizes to draw points with: three steps, three classes."""


def sequence_classifier(layer: Operation) -> Operation:
    """Put a dense layer and a cross-entropy on the last state of a recurrent layer.

    Parameters
    ----------
    layer : Operation
        Reads a sequence ``x`` and gives its states ``h``, both with steps along the first axis.

    Examples
    --------
    >>> from reference_nets.layers.elman import elman
    >>> sequence_classifier(elman).inputs
    ('x', 'w', 'u', 'b', 'h0', 'v', 's', 't')
    """
    return network(
        f"sequence classifier, {layer.name}",
        [
            layer.at("h"),
            last_step.at("y", x="h"),
            dense.at("z", w="v", a="y", b="s"),
            softmax_cross_entropy.at("E", z="z"),
        ],
        usual_sizes=SIZES,
    )
