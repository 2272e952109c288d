"""Which of an object's arrays is the gradient of which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.adapters.given import CodeError
from gradcheck.adapters.stateful.names import INITIAL, SAME, affinity
from gradcheck.adapters.stateful.places import Place
from gradcheck.adapters.stateful.rehearsal import Rehearsal


@dataclass(frozen=True)
class Gradient:
    """Where a gradient is after a backward pass.

    Attributes
    ----------
    place : Place
        In the object, or in what backward returned.
    returned : bool
        Which of the two.
    """

    place: Place
    returned: bool = False

    def __str__(self) -> str:
        return f"returned{self.place}" if self.returned else str(self.place)


@dataclass(frozen=True, eq=False)
class Part:
    """An array or number of an object, under all the places at which it is found."""

    value: Any
    places: tuple[Place, ...]

    @property
    def place(self) -> Place:
        """The most direct one."""
        return min(self.places, key=lambda place: (place.called_for, len(place.steps)))


def parameters_of(rehearsal: Rehearsal) -> list[Part]:
    """Return the arrays and numbers that an object had before it ran, and only reads forward."""
    return [part for part in _parts(rehearsal) if set(part.places) & rehearsal.stable]


def pairs(rehearsal: Rehearsal) -> dict[Place, Gradient]:
    """Pair parameters with their gradients by their names.

    Raises
    ------
    CodeError
        If several arrays are called the gradient of the same parameter.
    """
    parts = _parts(rehearsal)
    own = [part for part in parts if set(part.places) & rehearsal.stable]
    ranked = sorted(_candidates(own, parts, rehearsal.written), key=lambda found: found[0])
    taken: dict[int, tuple[Any, Part]] = {}
    used: set[int] = set()
    for rank, parameter, gradient in ranked:
        if id(parameter) in used or id(gradient) in {*taken, *used}:
            continue
        if id(parameter) not in taken:
            taken[id(parameter)] = rank, gradient
            used.add(id(gradient))
        elif taken[id(parameter)][0] == rank:
            _assert_equal(parameter, taken[id(parameter)][1], gradient)
    return {part.place: Gradient(taken[id(part)][1].place) for part in own if id(part) in taken}


def _parts(rehearsal: Rehearsal) -> list[Part]:
    """Group the leaves by identity; numbers are alone, as many equal ones are the same object."""
    by_identity: dict[Any, list[tuple[Place, Any]]] = {}
    for place, leaf in rehearsal.leaves.items():
        key = id(leaf) if isinstance(leaf, (np.ndarray, list)) else place
        by_identity.setdefault(key, []).append((place, leaf))
    return [Part(found[0][1], tuple(place for place, _ in found)) for found in by_identity.values()]


def _candidates(
    own: Iterable[Part], parts: Iterable[Part], written: frozenset[Place]
) -> Iterator[tuple[tuple[int, bool, bool], Part, Part]]:
    for parameter in own:
        for gradient in parts:
            rank = None if gradient is parameter else _rank(parameter, gradient)
            wrote = bool(set(gradient.places) & written) or gradient.place.called_for
            fits = np.shape(parameter.value) == np.shape(gradient.value)
            if rank == INITIAL and not fits:
                continue
            if rank is not None and (wrote or _is_forgotten(parameter, gradient)):
                yield (rank, not fits, not wrote), parameter, gradient


def _is_forgotten(parameter: Part, gradient: Part) -> bool:
    """Tell whether an array is called a gradient although backward did not write it.

    It is None, or a buffer of the parameter's shape.
    """
    if gradient.value is None:
        return True
    fits = np.shape(parameter.value) == np.shape(gradient.value) != ()
    return fits and not _of_one_pair(parameter, gradient)


def _rank(parameter: Part, gradient: Part) -> int | None:
    """Tell how well the names go together at best."""
    ranks = [
        affinity(own.names, other.names) for own in parameter.places for other in gradient.places
    ]
    if _of_one_pair(parameter, gradient):
        return SAME
    return min((rank for rank in ranks if rank is not None), default=None)


def _of_one_pair(parameter: Part, gradient: Part) -> bool:
    """Tell whether they are W and dW in ``[(W, dW), (b, db)]``."""
    firsts = {place.names[:-1] for place in parameter.places if place.names[-1] == "0"}
    seconds = {place.names[:-1] for place in gradient.places if place.names[-1] == "1"}
    return any(len(names) > 1 for names in firsts & seconds)


def _assert_equal(parameter: Part, one: Part, two: Part) -> None:
    if not np.array_equal(np.asarray(one.value), np.asarray(two.value), equal_nan=True):
        raise CodeError(
            f"{one.place} and {two.place} are both called the gradient of {parameter.place}: say "
            f"parameters={{{str(parameter.place)!r}: {str(one.place)!r}}} or "
            f"{{{str(parameter.place)!r}: {str(two.place)!r}}}"
        )
