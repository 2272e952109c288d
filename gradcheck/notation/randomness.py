"""Holding the global random generators, so that two runs of the same code draw the same numbers."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np


@contextmanager
def generators_held(seed: int = 0) -> Iterator[None]:
    """Begin at a fixed state of Python's, NumPy's and PyTorch's generators, and put them back.

    Dropout that draws its mask from them is then the same function at every run.

    Parameters
    ----------
    seed : int
        Where they begin.  No verdict may depend on it, only on its being the same.

    Examples
    --------
    >>> with generators_held():
    ...     first = np.random.rand()
    >>> with generators_held():
    ...     second = np.random.rand()
    >>> first == second
    True
    """
    torch: Any = sys.modules.get("torch")
    numpy = np.random.mtrand._rand  # the generator behind np.random.rand and the like
    before = random.getstate(), numpy.get_state(), torch and torch.random.get_rng_state()
    try:
        start = _states(seed)
        random.setstate(start[0])
        numpy.set_state(start[1])
        if torch:
            torch.random.default_generator.manual_seed(seed)
        yield
    finally:
        random.setstate(before[0])
        numpy.set_state(before[1])
        if torch:
            torch.random.set_rng_state(before[2])


@cache
def _states(seed: int) -> tuple[Any, Any]:
    """Return the states for a seed; seeding anew would take longer than most layers."""
    return random.Random(seed).getstate(), np.random.RandomState(seed).get_state()
