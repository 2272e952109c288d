"""Copies of an object in which some arrays are exchanged for others, wherever it refers to them."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck.adapters.given import CodeError
from gradcheck.adapters.stateful.places import Place, leaves_in, parts_in
from gradcheck.arithmetic import to_balls
from gradcheck.arithmetic.array import BallArray
from gradcheck.arithmetic.elementwise import is_carried


def copied(subject: Any, exchanged: Mapping[int, Any] | None = None) -> Any:
    """Return a deep copy of an object.

    What cannot be copied (modules, locks, open files) is shared between the copies.

    Parameters
    ----------
    subject : object
        Any; functions are their own copies.
    exchanged : mapping of int to object, optional
        By its `id`, what stands in the copy in the place of an array or a list.  All references
        to it go along: in attributes, dictionaries, lists and tuples.

    Raises
    ------
    CodeError
        If the object itself refuses to be copied.

    Examples
    --------
    >>> class Layer:
    ...     def __init__(self):
    ...         self.W = np.zeros(2)
    ...         self.params = (self.W,)
    >>> layer = Layer()
    >>> other = copied(layer, {id(layer.W): np.ones(2)})
    >>> other.params[0], layer.W
    (array([1., 1.]), array([0., 0.]))
    """
    stand_ins = dict(exchanged or {})
    try:
        return copy.deepcopy(subject, dict(stand_ins))
    except Exception:
        pass
    try:
        shared = (place.of(subject) for place in _shared(subject))
        return copy.deepcopy(subject, stand_ins | {id(part): part for part in shared})
    except Exception as error:
        raise CodeError(
            f"{type(subject).__name__} cannot be copied ({type(error).__name__}: {error}): give "
            f"it a __deepcopy__, so that the checks leave your object alone"
        ) from error


def with_values(
    subject: Any, values: Mapping[Place, Any], others: Mapping[int, Any] | None = None
) -> Any:
    """Return a copy of an object that has other values at some places.

    Arrays are exchanged wherever the object refers to them.

    Parameters
    ----------
    subject : object
        Any.
    values : mapping of Place to object
        What is there instead.
    others : mapping of int to object, optional
        Further exchanges, as for `copied`.

    Raises
    ------
    CodeError
        If the object refuses to be copied.
    """
    arrays = {place: old for place in values if np.ndim(old := place.of(subject))}
    exchanged = {**(others or {}), **{id(old): values[p] for p, old in arrays.items()}}
    copy_of_it = copied(subject, exchanged)
    for place in values:
        if place not in arrays:
            place.put(copy_of_it, values[place])
    return copy_of_it


def shared_places(subject: Any) -> list[Place]:
    """Return where an object has what cannot be copied, apart from modules."""
    return [p for p in _shared(subject) if not isinstance(p.of(subject), ModuleType)]


def as_balls_for(
    subject: Any, dtypes: set[Any], besides: Collection[Place]
) -> dict[int, BallArray]:
    """Return what stands for the float arrays of an object while it runs on balls.

    Buffers that a constructor made (``self.dW = np.zeros_like(W)``) are written in place later.

    Parameters
    ----------
    subject : object
        Any.
    dtypes : set of dtype
        Those of the layer's values: narrower arrays stay, as a cast to them would drop bits.
    besides : collection of Place
        What is exchanged for other values anyway.
    """
    return {
        id(array): to_balls(array)
        for place, array in leaves_in(subject)
        if place not in besides
        and type(array) is np.ndarray
        and array.dtype.kind == "f"
        and (is_carried(array.dtype) or array.dtype in dtypes)
    }


def _shared(subject: Any) -> list[Place]:
    return [place for place, part in parts_in(subject) if not _can_be_copied(part)]


def _can_be_copied(part: Any) -> bool:
    try:
        copy.deepcopy(part)
    except Exception:
        return False
    return True
