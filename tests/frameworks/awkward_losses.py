"""Where losses are strained: ties, margins, saturated logits, ignored and repeated classes."""

import numpy as np

from tests.frameworks.awkward_activations import SCORES

HOT = np.eye(3)
CLASSES = (0, 1, 2)
LOGITS = [0.0, -0.0, 1e-8, -1e-8, 1.0, -20.0, 20.0, -40.0, 40.0, -300.0, 300.0]
ZEROS, ONES = np.zeros(len(LOGITS)), np.ones(len(LOGITS))
PROBABILITIES = [1e-8, 1 - 1e-8, 0.5, 1e-3, 0.999]
RESIDUALS = [  # ties, thresholds, cancellation, large residuals of either sign
    {"y": [1.0, 0.0, 1e8, 2.0, -1.0, 0.5], "t": [1.0, 0.0, 1e8 + 1, 1.0, 0.0, -300.0]},
    {"y": [1e-8, -1e-8, 300.0], "t": [0.0, 0.0, 0.0]},
]
CLASSIFIED = [{"z": z, "t": t} for z in SCORES for t in CLASSES]
PAIR = {"x": [1.0, 1e-8, -300.0], "y": [0.5, 2.0, 300.0]}
SAME = {"x": [1.0, -2.0], "y": [1.0, -2.0]}
FRAMES = np.array([[0.0, 0.0, 0.0], [40.0, 0.0, -40.0], [1e-8, 0.0, -1e-8], [-2.0, 3.0, 1.0]])

LOSSES = {
    "squared error": [{"y": [1.0, 0.0, 1e8], "t": [1.0, 0.0, 1e8 + 1]}],
    "absolute error": RESIDUALS,
    "Huber loss, threshold 1": RESIDUALS,
    "log cosh": RESIDUALS,
    "quantile loss, level 0.9": RESIDUALS,
    "binary cross-entropy": [{"y": PROBABILITIES, "t": [1.0, 0.0, 1.0, 0.0, 1.0]}],
    "binary cross-entropy from logits": [
        {"z": LOGITS, "t": t} for t in (ZEROS, ONES, ONES / 4, ONES - 1e-8)
    ],
    "focal loss, focus 2, balance 0.25": [{"z": LOGITS, "t": t} for t in (ZEROS, ONES)],
    "softmax cross-entropy": [{"z": z, "t": t} for z in SCORES for t in HOT],
    "cross-entropy": CLASSIFIED,
    "cross-entropy, smoothed by 0.1": CLASSIFIED,
    "cross-entropy, ignoring -1": [*CLASSIFIED, {"z": SCORES[1], "t": -1}],
    "class-weighted cross-entropy": [
        {"z": SCORES, "t": t, "w": [1e-8, 1.0, 1e8]}
        for t in ([0, 1, 2, 0, 1, 2], [0, 0, 0, 0, 0, 0])
    ],
    "negative log-likelihood": [{"y": [-1e-8, -40.0, -300.0], "t": t} for t in CLASSES],
    "Kullback-Leibler divergence": [
        {"p": p, "q": q}
        for p, q in [(PROBABILITIES, PROBABILITIES[::-1]), (PROBABILITIES, PROBABILITIES)]
    ],
    "Poisson negative log-likelihood": [{"z": LOGITS, "t": t} for t in (ZEROS, ONES, 1e8 * ONES)],
    "Gaussian negative log-likelihood": [
        {"y": [1.0, 0.0, 300.0], "v": [1e-8, 1.0, 1e8], "t": [1.0, 1.0, -300.0]}
    ],
    "hinge loss": [{"y": [1.0, -1.0, 0.0, 1e-8, 300.0], "t": t * np.ones(5)} for t in (-1, 1)],
    "Weston-Watkins hinge loss": [*CLASSIFIED, {"z": [1.0, 0.0, 0.0], "t": 0}],
    "Crammer-Singer hinge loss": [*CLASSIFIED, {"z": [1.0, 0.0, 0.0], "t": 0}],
    "Dice loss, smoothing 1": [
        {"y": PROBABILITIES, "t": t}
        for t in ([0.0] * 5, [1.0] * 5, [1.0, 0.0, 1.0, 0.0, 1.0], [0.0, 1.0, 0.0, 0.0, 1.0])
    ],
    "cosine embedding loss, margin 0.25": [
        {**pair, "t": t}
        for pair in (PAIR, SAME, {"x": [1.0, 0.0], "y": [0.0, 1e-8]})
        for t in (-1.0, 1.0)
    ],
    "contrastive loss, margin 2": [
        {**pair, "t": t}
        for pair in (PAIR, SAME, {"x": [2.0, 0.0], "y": [0.0, 0.0]})
        for t in (0.0, 1.0)
    ],
    "triplet margin loss, margin 1": [
        {"a": [1.0, 2.0], "p": [1.0, 2.0], "q": [1.5, 2.0]},
        {"a": [0.0, 0.0], "p": [3.0, 4.0], "q": [4.0, 3.0]},
        {"a": [0.0, 0.0], "p": [3.0, 4.0], "q": [0.0, 6.0]},
        {"a": [0.0, 0.0], "p": [1.0, 0.0], "q": [0.0, 300.0]},
    ],
    "InfoNCE, temperature 0.5": [
        {"x": np.zeros((3, 2)), "y": np.ones((3, 2))},
        {"x": 20.0 * HOT, "y": HOT},
        {"x": HOT, "y": 20.0 * HOT[::-1]},
    ],
    "connectionist temporal classification": [
        {"z": FRAMES, "l": l} for l in ([1, 2], [1, 1], [2], [1, 2, 1])
    ],
}
