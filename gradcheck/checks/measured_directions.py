"""Large gradients in floats: a few random directions cover all entries, where all is well.

An estimate for each of two thousand entries takes tens of thousands of forward passes, one for a
direction takes a dozen.  The directions have random signs and sizes, so that errors in different
entries do not cancel, and what they prove is said as a detection floor for a single entry.  Where
they do not prove enough, each entry has to be looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.checks.comparison import AGREEMENT_FLOOR, numbers_at, weights
from gradcheck.checks.finding import Evidence, Verdict
from gradcheck.notation.layer import Array
from gradcheck.oracles import Estimate, directional, gradient
from gradcheck.oracles.directions import random_direction

DIRECTIONS = 3
"""Errors of several entries that are invisible along one of them are not along the others."""

WORTHWHILE = 100
"""Entries below which looking at each of them takes no time that anybody would notice."""


def along_directions(
    phi: Callable[[Array], Any], x: Array, ours: Array, rounding: Array
) -> dict[str, Any] | None:
    """Return the columns of a gradient that agrees along random directions.

    Parameters
    ----------
    phi : callable
        The function of one input whose gradient this is.
    x : ndarray
        The input.
    ours : ndarray
        Its gradient, of the same shape.
    rounding : ndarray
        Bound on the rounding of each entry of it.

    Returns
    -------
    dict or None
        None where it does not agree, or where an error of one part in a million could hide.
    """
    if x.size < WORTHWHILE or not np.isfinite(ours).all():
        return None
    rng, floors = np.random.default_rng(0), []
    for _ in range(DIRECTIONS):
        v = random_direction(rng, x.shape)
        estimate = directional(phi, x, v)
        slack = float(estimate.error) + float(np.sum(np.abs(v) * rounding))
        if np.any(estimate.kink) or not abs(float(np.sum(ours * v) - estimate.value)) <= slack:
            return None
        # a single wrong entry may have the slack on its side
        floors.append(2 * slack / np.abs(v))
    floor = float(np.max(np.max(floors, axis=0) / weights(ours)))
    return _columns(phi, x, ours, estimate, floor) if floor <= AGREEMENT_FLOOR else None


def _columns(
    phi: Callable[[Array], Any], x: Array, ours: Array, along: Estimate, floor: float
) -> dict[str, Any]:
    """Return the columns, with the largest entry as the one that is shown."""
    index = np.unravel_index(int(np.argmax(np.abs(ours))), ours.shape)
    shown = gradient(phi, x, entries=[int(np.ravel_multi_index(index, ours.shape))])
    place = tuple(int(i) for i in index)
    return {
        "verdict": Verdict.AGREE,
        "evidence": Evidence.MEASURED,
        "oracle": f"{along.oracle} along {DIRECTIONS} directions",
        "note": along.reason,
        "floor": floor,
        "reference_error": float(shown.error[place]),
        **numbers_at(place, ours, shown.value),
    }
