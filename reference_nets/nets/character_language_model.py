r"""Character language model: an LSTM reads a text and predicts the next character at each place.

    e   = rows x_1, ..., x_T of m
    h   = LSTM(e)
    z_t = v h_t + s
    E   = cross-entropy of softmax z_t for t_t, **averaged** over places and inputs

Shapes
    m : (characters, i), x : (t), indices; w, u, b, h0, c0 as `lstm` has them; v : (characters, k),
    s : (characters), t : (t, characters), one-hot, E : ().  A batch holds texts of one length, and
    their initial states, along a first axis n.

Convention
    The targets are the text moved by one place, one-hot.

Source
    A. Graves, Generating sequences with recurrent neural networks, arXiv:1308.0850 (2013).
"""

from gradcheck.notation import for_each, network
from reference_nets.layers.dense import dense
from reference_nets.layers.embedding import embedding
from reference_nets.layers.lstm import lstm
from reference_nets.losses.softmax_cross_entropy import softmax_cross_entropy

SIZES = {"v": 3, "t": 4, "d": 2, "k": 2, "k2": 3}
"""Small sizes to draw points with: four places, more than characters, so that one is repeated."""

character_language_model = network(
    "character language model",
    [
        embedding().at("e", w="m"),
        lstm().at("h", x="e"),
        for_each(dense, "t").at("z", w="v", a="h", b="s"),
        for_each(softmax_cross_entropy, "t").at("E"),
    ],
    usual_sizes=SIZES,
)
