"""Functions that move elements without computing with them, and functions made of exact steps.

NumPy's own code runs on the object arrays under the balls. What it puts in besides (the zeros of
`pad`, of `triu`) is lifted afterwards.
"""

from __future__ import annotations

from functools import partial
from math import prod
from typing import Any

import numpy as np

from gradcheck.arithmetic.array import BallArray, as_balls, boxed, plain
from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.dispatch import FUNCTIONS, implements
from gradcheck.arithmetic.elementwise import object_array

MOVING = (  # noqa: SIM905 - one name a line would fill the screen
    "append array_split atleast_1d atleast_2d atleast_3d block broadcast_arrays broadcast_to "
    "column_stack concatenate copy delete diag diagflat diagonal dsplit dstack expand_dims "
    "extract flip fliplr flipud hsplit hstack insert moveaxis pad ravel repeat reshape resize "
    "roll rollaxis rot90 split squeeze stack swapaxes take take_along_axis tile transpose "
    "trim_zeros tril triu vsplit vstack"
).split()
"""NumPy functions that only place elements."""

COMPOSED = "convolve cross diff ediff1d kron meshgrid polyval trace trapezoid trapz vander".split()  # noqa: SIM905
"""NumPy functions whose code adds and multiplies elements and nothing inexact besides."""


def object_tree(value: Any) -> Any:
    """Replace floats and balls in a structure by object arrays of balls, for NumPy's own code.

    Integers and booleans stay: they are indices, counts and masks.
    """
    if isinstance(value, (list, tuple)):
        return type(value)(map(object_tree, value))
    if isinstance(value, (Ball, BallArray)):
        return object_array(value)
    if isinstance(value, np.ndarray) and value.dtype.kind in "fO":
        return object_array(value)
    return value


def ball_tree(value: Any) -> Any:
    """Make arrays of balls of the object arrays in a structure; the inverse of `object_tree`."""
    if isinstance(value, (list, tuple)):
        return type(value)(map(ball_tree, value))
    return boxed(value) if isinstance(value, np.ndarray) and value.dtype == object else value


def by_numpy(function: Any, *args: Any, **kwargs: Any) -> Any:
    """Run NumPy's own `function` on the object arrays under the balls."""
    keywords = {name: object_tree(value) for name, value in kwargs.items()}
    return ball_tree(function(*map(object_tree, args), **keywords))


for _name in (*MOVING, *COMPOSED):
    if hasattr(np, _name):  # trapz became trapezoid in NumPy 2
        FUNCTIONS[getattr(np, _name)] = partial(by_numpy, getattr(np, _name))
_sliding = np.lib.stride_tricks.sliding_window_view
FUNCTIONS[_sliding] = partial(by_numpy, _sliding)


@implements(np.shape)
def shape(a: Any) -> tuple[int, ...]:
    """Give the lengths of the axes."""
    return plain(as_balls(a)).shape  # type: ignore[no-any-return]


@implements(np.ndim)
def ndim(a: Any) -> int:
    """Count the axes."""
    return len(shape(a))


@implements(np.size)
def size(a: Any, axis: Any = None) -> int:
    """Count the elements, or those along `axis`."""
    return prod(shape(a)) if axis is None else shape(a)[axis]
