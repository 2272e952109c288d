"""Handwritten digits: 1,797 images of 8×8 pixels in ten classes, bundled with scikit-learn.

Source
    E. Alpaydin and C. Kaynak, Optical recognition of handwritten digits, UCI machine learning
    repository, 1998.
"""

import numpy as np

CLASSES = 10
FEW = 20
"""Two of each class, for nets whose scalar form takes its time for every image."""

DARKEST = 16
"""A pixel counts the dark ones among 4×4 pixels of the scan."""


def digits(first: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return images and their classes.

    Parameters
    ----------
    first : int, optional
        How many, from the beginning; all if left out.  The first ten show 0 to 9, and so do the
        next ten.

    Returns
    -------
    images : array (n, 8, 8)
        Scaled to [0, 1]; 1 is darkest.
    targets : array (n, 10)
        One-hot.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed.

    Examples
    --------
    >>> images, targets = digits(20)
    >>> images.shape, targets.sum(axis=0)
    ((20, 8, 8), array([2., 2., 2., 2., 2., 2., 2., 2., 2., 2.]))
    """
    from sklearn.datasets import load_digits

    bundled = load_digits()
    return bundled.images[:first] / DARKEST, np.eye(CLASSES)[bundled.target[:first]]
