"""The limits of a domain: the last values, on the way to ones outside, that the code takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from gradcheck.checks.budget import Budget
from gradcheck.notation.layer import Array, Layer
from gradcheck.search.candidate import Candidate
from gradcheck.search.judging import OutsideDomain, inside

HALVINGS = 20
"""As near to the limit as a millionth of the way: nearer, derivatives leave the range of floats."""


def at_the_limit(
    layer: Layer, base: Mapping[str, Array], outside: Candidate, budget: Budget
) -> Candidate | None:
    """Return the last candidate in the domain on the straight way to one outside.

    None where there is no straight way, because shapes or integers differ, or no step of it is
    inside.

    Parameters
    ----------
    layer : Layer
        At its example.
    base : mapping of str to ndarray
        Values in the domain.
    outside : Candidate
        Out of it.
    budget : Budget
        How long one run may take.
    """
    if not _is_straight(base, outside.values):
        return None
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        try:
            inside(layer, _on_the_way(base, outside, middle), budget)
        except OutsideDomain:
            high = middle
        else:
            low = middle
    return _on_the_way(base, outside, low) if low else None


def _is_straight(base: Mapping[str, Array], far: Mapping[str, Array]) -> bool:
    return all(
        base[s].shape == x.shape and (x.dtype.kind == "f" or np.array_equal(base[s], x))
        for s, x in far.items()
    )


def _on_the_way(base: Mapping[str, Array], outside: Candidate, share: float) -> Candidate:
    values = {
        s: x if np.array_equal(base[s], x) else (base[s] + share * (x - base[s])).astype(x.dtype)
        for s, x in outside.values.items()
    }
    what = f"next to the edge of the domain, towards {outside.what}"
    return replace(outside, kind="limits of the domain", what=what, values=values)
