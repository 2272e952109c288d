"""Indices as rows of zeros and a single one, with which a product gathers or adds up rows."""

import numpy as np


def indicator(indices, size):
    """Return 1 where the last, new axis of this size is at the index, and 0 elsewhere.

    Examples
    --------
    >>> indicator(np.array([2, 0]), 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    return np.equal.outer(indices, np.arange(size)).astype(np.float64)
