"""A layer with a mistake that an ordinary sample does not show, and the same layer without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Hidden:
    """One mistake.

    Parameters
    ----------
    name : str
        What a stranger would call the layer, and where it goes wrong.
    forward : callable
        Returns an output, or an output and a cache.
    right, wrong : callable
        Two backward functions of the same signature.
    inputs : tuple
        An ordinary sample.
    """

    name: str
    forward: Callable[..., Any]
    right: Callable[..., Any]
    wrong: Callable[..., Any]
    inputs: tuple[Any, ...]

    def __str__(self) -> str:
        return self.name


def normal(seed: int, *shape: int) -> np.ndarray:
    """Return an ordinary sample: normal numbers with all their digits."""
    return np.random.default_rng(seed).normal(size=shape)
