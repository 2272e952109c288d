"""How a window moves over its input: the options that convolution and pooling have in common."""

from dataclasses import dataclass

SMALLEST = {
    "stride": 1,
    "padding": 0,
    "dilation": 1,
    "groups": 1,
    "window": 1,
    "factor": 1,
    "width": 0,
    "outputs": 1,
}


@dataclass(frozen=True)
class Steps:
    """Stride, padding and dilation, the same along every axis.

    Output u of a window meets input h = stride * u + dilation * p - padding at its place p.

    Raises
    ------
    ValueError
        If a window would not move, or would meet its inputs in no order.

    Examples
    --------
    >>> Steps(stride=2, padding=1).outputs(h=7, p=3)
    4
    >>> Steps(stride=2, padding=1).inputs(u=4, p=3)
    7
    """

    stride: int = 1
    padding: int = 0
    dilation: int = 1

    def __post_init__(self) -> None:
        check_options(**vars(self))

    def span(self, p: int) -> int:
        """Return how many inputs lie between the first and the last place of a window of p."""
        return self.dilation * (p - 1) + 1

    def outputs(self, h: int, p: int) -> int:
        """Return the number of windows of p places that fit into h padded inputs."""
        return (h + 2 * self.padding - self.span(p)) // self.stride + 1

    def inputs(self, u: int, p: int) -> int:
        """Return the smallest number of inputs into which u windows of p places fit."""
        return (u - 1) * self.stride + self.span(p) - 2 * self.padding

    def roomy(self, p: str, h: str, places: int) -> dict[str, int]:
        """Return sizes that fit each other, where few of the small random ones would.

        Parameters
        ----------
        p, h : str
            The dimensions of the window's places and of the inputs along an axis.
        places : int
            How many places the window is to have.

        Examples
        --------
        >>> Steps(dilation=2).roomy("p", "h", 3), Steps().roomy("p", "h", 3)
        ({'p': 3, 'h': 6}, {})
        """
        return {p: places, h: self.span(places) + 1} if self.dilation > 1 else {}


def check_options(**options: int) -> None:
    """Refuse an option that is no whole number, or too small.

    Raises
    ------
    ValueError
        Naming the option and its value.
    """
    for option, value in options.items():
        if not isinstance(value, int) or value < SMALLEST[option]:
            raise ValueError(
                f"{option} = {value!r}: give a whole number, at least {SMALLEST[option]}"
            )


def pooling_steps(window: int, stride: int | None, padding: int) -> Steps:
    """Return how a pooling window moves: by its own size if no stride is given.

    Raises
    ------
    ValueError
        If an option is no whole number or too small, or a window could lie on padding alone.
    """
    check_options(window=window)
    if padding > window // 2:
        raise ValueError(
            f"padding = {padding} with window = {window}: pad by at most half the window, so that "
            f"every window meets an input"
        )
    return Steps(window if stride is None else stride, padding)


def variant(name: str, **options: int) -> str:
    """Return the name of an operation, followed by the options that change something.

    Examples
    --------
    >>> variant("convolution 2d", stride=2, padding=0, dilation=1)
    'convolution 2d, stride 2'
    """
    telling = [f"{option} {n}" for option, n in options.items() if n != SMALLEST[option]]
    return ", ".join([name, *telling])
