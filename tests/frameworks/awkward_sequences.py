"""Where normalisation, recurrence and attention are strained.

Constant inputs and offsets of 1e6, saturated gates, ties, masked rows and scores of 500.
"""

import numpy as np

CONSTANT = [2.0, 2.0, 2.0]
OFFSET = [1e6, 1e6 + 1, 1e6 - 2]
MIXED = [1.0, -0.0, 1e-8]
ORDINARY = {"gamma": [1.5, -0.5, 0.0], "beta": [0.1, 0.0, -2.0], "epsilon": 1e-5}
VECTORS = [CONSTANT, OFFSET, MIXED]
OF_CHANNELS = {"gamma": [1.5, -0.5], "beta": [0.1, 0.0], "epsilon": 1e-5}
OF_GROUPS = {"gamma": [[1.5], [-0.5]], "beta": [[0.1], [0.0]], "epsilon": 1e-5}
CHANNELS = [[CONSTANT, OFFSET], [MIXED, CONSTANT]]

NORMALISATIONS = {
    "batch normalisation": [
        {"x": np.transpose(VECTORS), **ORDINARY},
        {"x": [CONSTANT, CONSTANT], **ORDINARY},
    ],
    "layer normalisation": [{"x": x, **ORDINARY} for x in VECTORS],
    "group normalisation": [{"x": np.array(x)[:, None], **OF_GROUPS} for x in CHANNELS],
    "instance normalisation": [{"x": x, **OF_CHANNELS} for x in CHANNELS],
    "RMS normalisation": [
        {"x": x, "gamma": [1.5, -0.5, 0.0], "epsilon": 1e-5} for x in [*VECTORS, [0.0, 0.0, 0.0]]
    ],
    "weight normalisation": [{"v": [OFFSET, MIXED], "g": [0.0, -3.0]}],
}

SEQUENCE = [[1.0, -1.0], [0.0, 0.0], [1.0, -1.0], [2.0, 0.5]]
STATE = [0.5, -0.25]
SIGNS = np.array([[1.0, -1.0], [1.0, 1.0]])


def recurrence(size, gates, **others):
    """Return the inputs of a layer of two units, all weights of one size but for signs."""
    stacked = size * np.stack([SIGNS] * gates)
    own = {"x": SEQUENCE, "w": stacked, "u": stacked, "b": np.zeros((gates, 2)), "h0": STATE}
    return {**own, **others}


def single(size):
    """Return the same for a layer without gates."""
    return {symbol: value[0] if symbol in "wub" else value
            for symbol, value in recurrence(size, 1).items()}  # fmt: skip


SIZES = (0.0, 1e-8, 1.0, 1.5)  # beyond, PyTorch takes slopes from gates that round to 1
SCORES = {"v": [[1.0, 2.0], [0.0, -1.0], [1.0, 0.5]], "s": [0.0, 0.0, 1.0], "t": [0.0, 1.0, 0.0]}
TEXT = {
    "x": [2, 2, 0, 1],
    "m": [[1.0, -1.0], [0.0, 0.0], [1.0, 2.0]],
    "t": np.eye(3)[[2, 0, 1, 1]],
}

RECURRENCE = {
    "Elman": [single(size) for size in SIZES],
    "LSTM": [recurrence(size, 4, c0=STATE) for size in SIZES],
    "LSTM, with peepholes": [
        recurrence(size, 4, c0=STATE, p=size * np.ones((3, 2))) for size in SIZES[:3]
    ],
    "GRU": [recurrence(size, 3, d=[1.0, 0.0]) for size in SIZES],
    "last step": [{"x": [[1.0, 2.0]]}, {"x": SEQUENCE}],
    "sequence classifier, Elman": [{**single(size), **SCORES} for size in SIZES],
    "sequence classifier, LSTM": [{**recurrence(size, 4, c0=STATE), **SCORES} for size in SIZES],
    "sequence classifier, GRU": [{**recurrence(size, 3, d=[1.0, 0.0]), **SCORES} for size in SIZES],
    "character language model": [
        {**recurrence(size, 4, c0=STATE), **SCORES, **TEXT} for size in SIZES
    ],
}

KEYS = np.array([[1.0, 0.0], [1.0, 0.0], [-1.0, 2.0]])
VALUES = np.array([[1.0], [2.0], [-3.0]])
QUERIES = [np.zeros((2, 2)), np.array([[1.0, 1.0], [-2.0, 0.5]]), np.full((2, 2), 350.0)]
MASKS = [[[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]], [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0]]]
LOOKUPS = [{"q": q, "k": KEYS, "v": VALUES} for q in QUERIES]
HEADS = np.stack([SIGNS, 2 * SIGNS])
WEIGHTS = {"w_q": HEADS, "w_k": HEADS[::-1], "w_v": HEADS, "w_o": HEADS}
REPEATED = np.array([[1.0, 0.5], [1.0, 0.5], [-2.0, 1.0]])
NORMS = {"gamma": [1.0, 0.5], "beta": [0.0, 0.1]}
DENSE = {"w1": SIGNS, "b1": [0.1, 0.2], "w2": -SIGNS, "b2": [0.0, 0.3]}


def numbered(inputs, number):
    """Return the inputs of one sublayer under its symbols."""
    return {f"{symbol}{number}": value for symbol, value in inputs.items()}


ENCODER = {
    "x": REPEATED, "epsilon": 1e-5, **numbered(WEIGHTS, 1), **DENSE,
    **numbered(NORMS, 1), **numbered(NORMS, 2),
}  # fmt: skip
DECODER = {**ENCODER, "c": KEYS, **numbered(WEIGHTS, 2), **numbered(NORMS, 3)}

ATTENTION = {
    "scaled dot-product attention": LOOKUPS,
    "scaled dot-product attention, masked": [{**x, "m": m} for x in LOOKUPS for m in MASKS],
    "scaled dot-product attention, causal": LOOKUPS,
    "multi-head attention": [{**WEIGHTS, "x": REPEATED}],
    "multi-head attention, causal": [{**WEIGHTS, "x": REPEATED}],
    "multi-head attention, to a context": [{**WEIGHTS, "x": REPEATED, "c": KEYS}],
    "rotary position encoding": [
        {"x": np.arange(20.0).reshape(5, 2, 2), "base": base} for base in (1.0, 1e4)
    ],
    "sinusoidal position encoding": [{"x": np.zeros((5, 3)), "base": base} for base in (1.0, 1e4)],
    "Transformer encoder block": [ENCODER],
    "Transformer decoder block": [DECODER],
    "Transformer classifier": [{**ENCODER, **SCORES, "base": 1e4}],
    "residual block": [{**DENSE, "x": x, "t": [1.0, 1.0]} for x in ([0.0, 0.0], [1e6, -1e6])],
}
