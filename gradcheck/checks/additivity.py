"""Whether a function that is smooth along every line has a derivative: its slopes add up.

A median of tied entries has a slope along every direction, but that along a sum of directions is
not the sum of their slopes.  There a gradient is held against the gradients nearby.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.arithmetic import NotLiftable, Undecided, precision
from gradcheck.checks.evaluation import BITS, Evaluation
from gradcheck.checks.finding import Verdict
from gradcheck.checks.probing import random_weights
from gradcheck.checks.subdifferential import membership
from gradcheck.oracles.exact import Shape

DIRECTIONS = 4
"""So many medians of three random numbers are the same entry once in 81 times."""


def not_differentiable(
    evaluation: Evaluation, balls: Mapping[str, Any], symbol: str, rng: np.random.Generator
) -> str:
    """Return why a gradient that differs from single slopes may be right; empty if it is wrong.

    Parameters
    ----------
    evaluation : Evaluation
        One form at a point.
    balls : mapping of str to array
        Its gradients in balls.
    symbol : str
        The input whose gradient is about to be called wrong.
    rng : numpy.random.Generator
        Draws the directions.
    """
    try:
        if slopes_add(evaluation, symbol, rng):
            return ""
        if membership(evaluation, balls, [symbol], rng).verdict is Verdict.DISAGREE:
            return ""
    except (NotLiftable, Undecided) as reason:
        return str(reason)
    return "not differentiable here: slopes along two directions do not add up"


def slopes_add(evaluation: Evaluation, symbol: str, rng: np.random.Generator) -> bool:
    """Tell whether the slopes along some directions add up to that along their sum."""
    every = np.ones(evaluation.point.inputs[symbol].shape, dtype=bool)
    directions = np.array([random_weights(rng, every) for _ in range(DIRECTIONS)])
    function = evaluation.function
    *parts, whole = [
        function.glance({symbol: v}) or function.slope({symbol: v})
        for v in (*directions, directions.sum(axis=0))
    ]
    if any(slope.shape is not Shape.SMOOTH for slope in (*parts, whole)):
        return True  # the check knew how to deal with these
    with precision(BITS):
        gap = sum((part.value for part in parts), start=-whole.value)
        allowed = sum((part.error for part in parts), start=whole.error)
        return not gap.arb.abs_lower() > allowed.arb
