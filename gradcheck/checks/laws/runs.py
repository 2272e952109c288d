"""Runs of somebody's code: what they gave as arrays, and what they raised as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.checks.budget import OutOfBudget
from gradcheck.notation import delta
from gradcheck.notation.layer import Array, Layer, Session, Values


class Raised(Exception):  # noqa: N818 - what somebody's code did, not what we did wrong
    """The code under test raised; the message says which pass of it, and what."""


@dataclass(frozen=True)
class Run:
    """One forward and one backward pass.

    Attributes
    ----------
    quantities : mapping of str to ndarray
        Copies of the output and of the gradients, by name; without gradients that are None.
    seconds : float
        How long it took.
    """

    quantities: Mapping[str, Array]
    seconds: float


Runner = Callable[[Values, Array], Run]


def started(layer: Layer) -> Session:
    """Return a new session.

    Raises
    ------
    Raised
        If the code raises.
    """
    with _named("a new start"):
        return layer.start()


def forward(session: Session, values: Values) -> Array:
    """Return what the forward pass returns, as an array that may share its memory.

    Raises
    ------
    Raised
        If the code raises, or returns no numbers.
    """
    with _named("forward"):
        return _numbers("forward", session.forward(values))


def backward(session: Session, cotangent: Any, symbols: Iterable[str]) -> dict[str, Array]:
    """Return gradients by name, as arrays that may share the memory of what was returned.

    Those that are None are left out.

    Raises
    ------
    Raised
        If the code raises, or returns no numbers.
    """
    with _named("backward"):
        found = session.backward(cotangent)
        given = {s: found[s] for s in symbols if found.get(s) is not None}
        return {delta(s): _numbers("backward", gradient) for s, gradient in given.items()}


@contextmanager
def _named(which: str) -> Iterator[None]:
    """Say which pass raised."""
    try:
        yield
    except (Raised, OutOfBudget):
        raise
    except Exception as error:  # whatever a stranger's code does
        text = f"{which} raises {type(error).__name__}: {error}"
        raise Raised(" ".join(text.split())) from error


def _numbers(which: str, found: Any) -> Array:
    array = np.asarray(found)
    if array.dtype.kind not in "fiubc":
        raise Raised(f"{which} returns {type(found).__name__} {found!r:.60}, no array of numbers")
    return array
