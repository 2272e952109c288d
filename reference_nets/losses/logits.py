r"""Functions of logits for the matrix and batch forms of losses: no overflow, no cancellation.

The scalar forms write the textbook's sums and quotients instead and use none of these.
"""

import numpy as np


def log_sigmoid(z):
    r"""Return \log(1 / (1 + e^{-z})), which is z itself where e^{-z} overflows."""
    return -np.logaddexp(0.0, -z)


def sigmoid(z):
    r"""Return 1 / (1 + e^{-z}) by way of its logarithm."""
    return np.exp(log_sigmoid(z))


def log_softmax(z):
    r"""Return \log(e^{z_k} / \sum_j e^{z_j}) along the last axis, the largest score subtracted."""
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax(z):
    r"""Return e^{z_k} / \sum_j e^{z_j} along the last axis; the largest exponential is 1."""
    exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
