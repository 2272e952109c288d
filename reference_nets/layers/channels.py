"""Groups of channels: which sizes can be split into equal groups."""

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
