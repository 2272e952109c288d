"""Why a computation in balls stopped: it cannot be had in balls, or it cannot be decided."""

from __future__ import annotations


class NotLiftable(TypeError):  # noqa: N818 - a verdict on the code, read as one
    """The code does something that real balls cannot follow; the message names it and the cure.

    A `TypeError`, because that is what Python and NumPy let pass unchanged when a conversion of a
    number is refused.

    Examples
    --------
    >>> from gradcheck.arithmetic import to_balls
    >>> float(to_balls(0.5))
    Traceback (most recent call last):
    ...
    gradcheck.arithmetic.errors.NotLiftable: float() of a ball would drop it to 53 bits; ...
    """


class Undecided(ArithmeticError):  # noqa: N818 - as above
    """The balls are too wide to decide; a higher precision may, unless it is a tie or a kink.

    Examples
    --------
    >>> from gradcheck.arithmetic import to_balls
    >>> third = to_balls(1.0) / 3
    >>> third * 3 < 1
    Traceback (most recent call last):
    ...
    gradcheck.arithmetic.errors.Undecided: [1.00000000000000 +/- ...] < 1.0: the two balls overlap
    """
