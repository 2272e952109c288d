"""Locating the wrong entries of a large gradient with few directions.

In exact arithmetic the gap between <δ, v> and the slope is a checksum of the errors: with the
weights v_j and with the weights j v_j, a single wrong entry gives two gaps whose quotient is its
index.  Where it is no index, several entries are wrong, and the entries are halved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.arithmetic import precision
from gradcheck.checks.evaluation import BITS, Array, Evaluation
from gradcheck.checks.probing import Probe, probe, random_weights

WHOLE = 1e-6
"""A quotient of two gaps that is this near to a whole number is one: both have 9 digits more."""


def suspects(
    evaluation: Evaluation,
    balls: Mapping[str, Any],
    symbol: str,
    rng: np.random.Generator,
    *,
    most: int,
) -> list[tuple[int, ...]]:
    """Find wrong entries of one gradient, at most `most` of them.

    A single one is found with four directions, k of n with about 2 k log2(n).

    Parameters
    ----------
    evaluation : Evaluation
        One form at a point.
    balls : mapping of str to BallArray
        Its gradients.
    symbol : str
        The input whose gradient disagrees.
    rng : numpy.random.Generator
        Draws the directions.
    most : int
        When to stop.
    """
    shape = evaluation.point.inputs[symbol].shape

    def probed(weights: Array, entries: Array) -> Probe:
        direction = np.zeros(shape)
        direction.flat[entries] = weights
        return probe(evaluation, balls, {symbol: direction})

    waiting = [np.arange(int(np.prod(shape)))]
    found: list[int] = []
    while waiting and len(found) < most:
        entries = waiting.pop()
        weights = random_weights(rng, np.ones(len(entries), dtype=bool))
        first = probed(weights, entries)
        if first.agrees:
            continue
        place = _only_one(first, probed(weights * np.arange(1, len(entries) + 1), entries))
        others = np.delete(np.arange(len(entries)), place or 0)
        if len(entries) == 1 or (
            place is not None and probed(weights[others], entries[others]).agrees
        ):
            found.append(int(entries[place or 0]))
        else:
            waiting += [entries[len(entries) // 2 :], entries[: len(entries) // 2]]
    return [tuple(int(i) for i in np.unravel_index(entry, shape)) for entry in found]


def _only_one(first: Probe, second: Probe) -> int | None:
    """Return the place of the wrong entry, as far as the checksums say that there is one."""
    with precision(BITS):
        quotient = second.gap / first.gap
        if not quotient.arb.is_finite():
            return None
        place = float(quotient.arb)
    return round(place) - 1 if abs(place - round(place)) < WHOLE and place > 0.5 else None
