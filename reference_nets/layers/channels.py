"""Groups of channels: neighbours that are convolved on their own."""

from gradcheck.notation import PointError


def channels_per_group(c: int, k: int, groups: int) -> int:
    """Return how many of c input channels each of k outputs sees.

    Raises
    ------
    PointError
        If the inputs or the outputs cannot be split into equal groups.

    Examples
    --------
    >>> channels_per_group(6, 4, groups=2)
    3
    """
    for symbol, channels in (("c", c), ("k", k)):
        if channels % groups:
            raise PointError(
                f"{symbol} = {channels} channels cannot be split into {groups} equal groups: "
                f"give a multiple of {groups}"
            )
    return c // groups


def usual_channels(groups: int) -> dict[str, int]:
    """Return numbers of inputs and outputs that can be split, which few random ones can.

    Examples
    --------
    >>> usual_channels(2), usual_channels(1)
    ({'c': 4, 'k': 6}, {})
    """
    return {"c": 2 * groups, "k": 3 * groups} if groups > 1 else {}


def split(x, groups, axis=0):
    """Return x with the channels on an axis split into groups of neighbours, on two axes.

    Examples
    --------
    >>> import numpy as np
    >>> split(np.arange(4.0), 2)
    array([[0., 1.],
           [2., 3.]])
    """
    return x.reshape(*x.shape[:axis], groups, -1, *x.shape[axis + 1 :])


def merged(x, axis=0):
    """Return x with groups of channels on one axis again: the inverse of `split`.

    Examples
    --------
    >>> import numpy as np
    >>> merged(np.array([[0.0, 1.0], [2.0, 3.0]]))
    array([0., 1., 2., 3.])
    """
    return x.reshape(*x.shape[:axis], -1, *x.shape[axis + 2 :])
