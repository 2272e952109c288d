"""Where simple layers are strained: repeated indices, padding alone, cancellation."""

import numpy as np

ROWS = np.array([[1.0, -1e8], [0.0, 1e-8], [3.0, 0.5]])
INDICES = ([2, 2, 2, 2], [0, 0], [0, 1, 0, 2, 0], [1])

SIMPLE_LAYERS = {
    "bilinear": [
        {"w": np.zeros((2, 3, 2)), "x": np.zeros(3), "y": np.zeros(2), "b": np.zeros(2)},
        {"w": [[[1.0, -1.0], [1e8, 1.0]]], "x": [1.0, 1e-8], "y": [1.0, 1.0], "b": [0.1]},
    ],
    **{
        name: [{"w": ROWS, "x": x} for x in INDICES]
        for name in ("embedding", "embedding, padding index 0")
    },
    "dropout": [
        {"x": [1.0, -0.0, 1e8], "m": m, "p": p}
        for m in ([0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [1.0, 0.0, 1.0])
        for p in (1e-8, 0.5, 1 - 1e-8)
    ],
    "flatten": [{"x": np.arange(24.0).reshape(2, 3, 4)}, {"x": [[[5.0]]]}],
    "residual sum": [{"x": [1e8, 1.0, 0.0], "f": [-1e8, 1e-16, -0.0]}],
    "concatenation": [{"a": [1.0], "b": [2.0, 3.0]}, {"a": [1.0, 2.0], "b": [0.0]}],
}
