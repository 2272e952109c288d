"""Logarithms of sums of exponentials, whose largest term is taken out so that none overflows."""

import numpy as np


def log_sum_exp(x):
    """Return log Σ e^x along the last axis.

    Examples
    --------
    >>> float(log_sum_exp(np.array([1000.0, 1000.0]))) - 1000.0 == np.log(2.0)
    True
    """
    largest = x.max(axis=-1, keepdims=True)
    return np.log(np.exp(x - largest).sum(axis=-1)) + largest[..., 0]


def log_softmax(z):
    """Return the logarithms of the probabilities along the last axis.

    Examples
    --------
    >>> log_softmax(np.array([1000.0, 0.0]))
    array([    0., -1000.])
    """
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
