"""Views that an object keeps beside an array, such as the transpose of its weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from gradcheck.adapters.stateful.places import Place
from gradcheck.notation.layer import Array


class View(NamedTuple):
    """Which entries of a parameter stand at a place.

    Attributes
    ----------
    symbol : str
        The parameter.
    indices : ndarray of int
        Into its entries in a row, of the shape of the view.
    """

    symbol: str
    indices: Array

    def of(self, value: Any) -> Any:
        """Return what the view shows of another value of the parameter."""
        return np.reshape(value, -1)[self.indices]


def views_in(
    subject: Any, parameters: Mapping[str, Place], places: Iterable[Place]
) -> dict[Place, View]:
    """Find the views of parameters at some places of an object.

    Examples
    --------
    >>> class Dense:
    ...     def __init__(self):
    ...         self.W = np.ones((2, 3))
    ...         self.W_T = self.W.T
    >>> W, W_T = Place.parse("W"), Place.parse("W_T")
    >>> [str(place) for place in views_in(Dense(), {"W": W}, [W, W_T])]
    ['W_T']
    """
    found = {}
    for symbol, own in parameters.items():
        array = own.found(subject)
        for place in places:
            leaf = place.found(subject)
            if leaf is not array and (indices := _indices(leaf, array)) is not None:
                found[place] = View(symbol, indices)
    return found


def _indices(view: Any, array: Any) -> Array | None:
    """Return which entries of an array a view shows; None if it is no view of it alone."""
    if not (_is_array(view) and _is_array(array) and np.may_share_memory(view, array)):
        return None
    if view.dtype != array.dtype or not array.flags.c_contiguous:
        return None
    offsets = np.full(view.shape, _address(view) - _address(array))
    for axis, (length, stride) in enumerate(zip(view.shape, view.strides, strict=True)):
        along = stride * np.arange(length)
        offsets += along.reshape((-1,) + (1,) * (view.ndim - axis - 1))
    inside = offsets.size and offsets.min() >= 0 and offsets.max() < array.nbytes
    return offsets // array.itemsize if inside else None


def _is_array(value: Any) -> bool:
    return type(value) is np.ndarray


def _address(array: Array) -> int:
    address: int = array.__array_interface__["data"][0]
    return address
