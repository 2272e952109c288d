"""Which inputs an output of adaptive pooling averages, along one axis.

Output u of U averages the inputs from floor(u H / U) to one less than ceil((u + 1) H / U).
"""

import numpy as np


def window(u, U, H):
    """Return the inputs of output u, for the scalar forms.

    Examples
    --------
    >>> [list(window(u, 2, 3)) for u in range(2)]
    [[0, 1], [1, 2]]
    """
    return range(u * H // U, -(-(u + 1) * H // U))


def membership(U, H):
    """Return the matrix that is 1 where output u averages input h, for the matrix forms.

    The intervals [u / U, (u + 1) / U) and [h / H, (h + 1) / H) meet.

    Examples
    --------
    >>> membership(2, 3)
    array([[1., 1., 0.],
           [0., 1., 1.]])
    """
    u, h = np.arange(U)[:, None], np.arange(H)
    return np.where((u * H < (h + 1) * U) & (h * U < (u + 1) * H), 1.0, 0.0)
