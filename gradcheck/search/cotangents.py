"""Awkward cotangents: zeros in them, a single entry, one sign only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from gradcheck.notation.layer import Array


def _one_entry(c: Array) -> Array:
    alone = np.zeros_like(c)
    if c.size:
        alone.flat[c.size // 2] = c.flat[c.size // 2]
    return alone


def _some_zero(c: Array) -> Array:
    return np.where(np.arange(c.size).reshape(c.shape) % 2 == 0, np.zeros_like(c), c)


COTANGENTS: Mapping[str, Callable[[Array], Array]] = {
    "a cotangent of ones": np.ones_like,
    "a negative cotangent": lambda c: -np.abs(c),
    "zeros in the cotangent": _some_zero,
    "a cotangent of one entry": _one_entry,
    "a large cotangent": lambda c: 1e3 * c,
}
"""What each makes of the cotangent that is drawn."""
