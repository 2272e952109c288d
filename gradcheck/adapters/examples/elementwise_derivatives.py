"""Activations with a derivative of the same argument: ``tanh`` and ``tanh_prime``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


class ElementwiseDerivative:
    """The backward function that belongs to h'(x): it multiplies the cotangent by it.

    Parameters
    ----------
    derivative : callable
        Returns an array of the shape of its argument.

    Raises
    ------
    ValueError
        When called, if the derivative has not the shape of the cotangent: then it is a Jacobian.

    Examples
    --------
    >>> backward = ElementwiseDerivative(lambda x: 2 * x)
    >>> backward(np.array([1.0, -1.0]), np.array([3.0, 4.0]))
    array([ 6., -8.])
    """

    def __init__(self, derivative: Callable[..., Any]) -> None:
        self._derivative = derivative
        self.__name__ = getattr(derivative, "__name__", type(derivative).__name__)

    def __call__(self, cotangent: Any, *inputs: Any) -> Any:
        """Return the cotangent times the derivative, entry by entry."""
        slope = self._derivative(*inputs)
        if np.shape(slope) != np.shape(cotangent):
            raise ValueError(
                f"{self.__name__} returned an array of shape {np.shape(slope)} for an output of "
                f"shape {np.shape(cotangent)}: that is no derivative entry by entry"
            )
        return cotangent * slope
