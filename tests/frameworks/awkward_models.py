"""Where models are strained: margins met exactly, empty data, repeated words, impossible states."""

import numpy as np

X = np.array([[1.0, 0.0], [0.0, -2.0], [3.0, 0.5]])
SIGNS = np.array([[1.0, -1.0], [1.0, 1.0]])
UNIFORM = np.full(2, 0.5)
STUCK = np.eye(2)  # every state follows and shows only itself


def regression(targets):
    """Return weighted sums of 0, of ordinary size and of 600, each with each target."""
    return [
        {"w": [0.0, w], "b": 0.0, "x": [1.0, 1.0], "t": t}
        for w in (0.0, 1e-8, 600.0, -600.0, 40.0)
        for t in targets
    ]


def encoder(weight, bias):
    """Return the inputs of both autoencoders, all weights of one size but for signs."""
    return {
        **{f"w{n}": weight * SIGNS for n in range(1, 6)},
        **{f"b{n}": np.full(2, bias) for n in range(1, 6)},
        "x": np.array([0.999, 1e-8]),
        "epsilon": np.array([0.0, -3.0]),
    }


SKIP_GRAM = {"v": 20 * X, "u": X[::-1]}
CHAIN = {"pi": UNIFORM, "A": np.full((2, 2), 0.5), "B": np.full((2, 3), 1 / 3)}
POLICY = {"w": 150 * SIGNS, "b": np.zeros(2)}
CRITIC = {"u": np.array([1e8, -1e8]), "c": 0.0, "c_V": 1e-8, "c_H": 1e8}

MODELS = {
    "autoencoder": [encoder(0.0, 0.0), encoder(30.0, 5.0), encoder(1e-8, 0.0)],
    "variational autoencoder": [encoder(0.0, 0.0), encoder(5.0, -2.0), encoder(1e-8, 40.0)],
    "linear regression": regression([0.0, 1e8]),
    "ridge regression": [
        {"w": w, "b": b, "X": X, "t": X @ w + b, "lam": 1e-8}
        for w, b in [(np.array([2.0, -0.5]), 0.25), (np.zeros(2), 0.0)]
    ],
    "logistic regression": regression([0.0, 1.0]),
    "softmax regression": [
        {"w": w * SIGNS, "x": [1.0, 0.5], "b": [0.0, 0.0], "t": t}
        for w in (0.0, 400.0)
        for t in np.eye(2)
    ],
    "Poisson regression": regression([0, 1, 1000]),
    "linear support vector machine": [
        {"w": [1.0, 0.0], "b": b, "X": X, "t": [1.0, -1.0, 1.0], "C": C}
        for b in (0.0, -1.0, -2.0)
        for C in (1e-8, 1e8)
    ],
    "matrix factorisation": [
        {"P": P, "Q": X, "R": P @ X.T, "M": M, "lam": 0.5}
        for P in (SIGNS, 0 * SIGNS)
        for M in (np.zeros((2, 3)), np.ones((2, 3)), np.eye(2, 3))
    ],
    "factorisation machine": [
        {"w0": 0.5, "w": [1.0, -1.0, 0.0], "V": X, "x": x, "t": 1.0}
        for x in ([0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 1.0, 1.0])
    ],
    "skip-gram": [
        {**SKIP_GRAM, "c": c, "o": o, "s": s}
        for c, o, s in [(0, 0, [0, 0]), (1, 2, [2, 2]), (2, 2, [0, 1]), (0, 1, [1])]
    ],
    "radial basis function network": [
        {"m": X, "sigma": sigma, "x": X[0], "w": np.ones((1, 3)), "b": [0.0], "t": [1.0]}
        for sigma in ([1.0, 1.0, 1.0], [1e-2, 1.0, 1e4])
    ],
    "Gaussian mixture": [
        {"pi": [1 - 1e-8, 1e-8], "mu": X[:2], "sigma": np.full((2, 2), 0.1), "x": x}
        for x in (X[0], X[1], np.array([2.5, 2.5]))
    ],
    "hidden Markov model": [
        {**CHAIN, "x": [0]},
        {**CHAIN, "x": [2, 2, 0, 2]},
        {"pi": UNIFORM, "A": STUCK, "B": STUCK, "x": [1, 1, 1]},
    ],
    "conditional random field": [
        {"u": np.zeros((3, 2)), "a": np.zeros((2, 2)), "y": [0, 1, 0]},
        {"u": 100 * X, "a": SIGNS, "y": [0, 0, 0]},
        {"u": X[:1], "a": SIGNS, "y": [1]},
        {"u": 50 * X, "a": -50 * SIGNS, "y": [1, 0, 1]},
    ],
    "Gaussian process": [
        {"X": points, "y": [1.0, -1.0, 0.5], "sigma_f": 1.0, "l": l, "sigma_n": 0.1}
        for points in (X, np.zeros((3, 2)))
        for l in (0.01, 1.0, 100.0)
    ],
    "policy gradient": [
        {**POLICY, "s": s, "a": a, "r": r, "gamma": gamma}
        for s, a, r in [(X, [1, 1, 0], [0.0, 0.0, 1.0]), (0 * X, [0, 0, 0], [1.0, -1.0, 0.0])]
        for gamma in (1e-8, 0.5, 1 - 1e-8)
    ],
    "actor-critic": [
        {**POLICY, **CRITIC, "s": s, "a": a, "A": A, "G": 1.0}
        for s in (X[0], 0 * X[0], np.array([1.0, 1.0]))
        for a, A in [(0, 0.0), (1, 2.0)]
    ],
}
