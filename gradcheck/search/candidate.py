"""A candidate: somewhere to look for a gradient that goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np

from gradcheck.notation.layer import Array, Layer
from gradcheck.search.layouts import PLAIN, arranged


def as_drawn(cotangent: Array) -> Array:
    """Return the cotangent as it was drawn."""
    return cotangent


@dataclass(frozen=True, eq=False, kw_only=True)
class Candidate:
    """Values of a layer, and how they are handed to it.

    Attributes
    ----------
    kind : str
        What sort of awkwardness, one of a few.
    what : str
        What it is like, for a human.
    values : mapping of str to ndarray
        For every symbol of the layer.
    layout : str
        The memory layout in which the arrays reach the code, one of `LAYOUTS`.
    cotangent : callable
        Turns the cotangent that is drawn into the one that is pulled back.
    seed : int
        Draws the cotangent and the directions.
    """

    kind: str
    what: str
    values: Mapping[str, Array]
    layout: str = PLAIN
    cotangent: Callable[[Array], Array] = as_drawn
    seed: int = 0

    @property
    def key(self) -> tuple[Any, ...]:
        """What it has in common with a candidate that is the same."""
        arrays = ((s, x.shape, _digest(x)) for s, x in self.values.items())
        return (*arrays, self.layout, self.cotangent, self.seed)

    def layer(self, layer: Layer) -> Layer:
        """Return a layer at these values and in this layout.

        Raises
        ------
        Exception
            Whatever the code raises there.
        """
        return arranged(layer, self.layout).at(self.values)


def _digest(x: Array) -> bytes:
    return blake2b(np.ascontiguousarray(x).tobytes(), digest_size=16).digest()
