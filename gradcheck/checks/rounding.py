"""What rounding a float evaluation is entitled to, measured by moving its inputs a little.

An input is known to half a unit in its last place at best, so no evaluation can be held to more
than how its result moves when the inputs move that much.
"""

from __future__ import annotations

import numpy as np

from gradcheck.checks.evaluation import Array, Evaluation

SAFETY = 8.0
"""Rounding inside the code adds to that of its inputs: each of its steps is entitled to as much."""


def rounding(evaluation: Evaluation, symbol: str) -> Array:
    """Return a bound, entry by entry, on the rounding error of one quantity in floats.

    It is measured: the largest change under moves of the inputs by one unit in the last place
    (half of one would round away), times a safety for the rounding inside, plus the rounding of
    the result itself.
    """
    base = evaluation.in_floats((symbol,))[symbol]
    change = np.zeros(base.shape)
    for offsets in evaluation.last_place_moves():
        doubled = {s: 2 * offset for s, offset in offsets.items()}
        moved = evaluation.moved(doubled).in_floats((symbol,))[symbol]
        if moved.shape == base.shape:
            with np.errstate(invalid="ignore"):  # inf - inf: an entry that is not finite anyway
                change = np.fmax(change, np.abs(moved - base))
    with np.errstate(invalid="ignore"):  # the spacing of infinity is NaN
        bound: Array = SAFETY * change + np.nan_to_num(np.spacing(np.abs(base)))
    return bound
