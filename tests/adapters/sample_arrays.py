"""Arrays on which layers of strangers run: nothing special about them."""

from __future__ import annotations

import numpy as np

_RNG = np.random.default_rng(7)


def array(*shape):
    return np.round(_RNG.normal(size=shape), 3)


X = array(4, 3)
COLUMN = array(3, 1)
HIDDEN = array(4, 2)
TOKENS = np.array([1, 1, 3])
WORDS = [1.0, 2.0, -0.5]
SHARES = np.exp(X) / np.exp(X).sum(axis=1, keepdims=True)
LABELS = np.array([0, 2, 1, 1])
ONE_HOT = np.eye(3)[LABELS]
