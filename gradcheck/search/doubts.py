"""Reasons not to call a gradient wrong where nobody but a search has looked.

The further values are from the user's own, the more there is that right code need not do: it cuts
functions off where they are flat, stops iterations, and is not differentiable.  What a search
accuses must be beyond all that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from gradcheck.adapters.operation_of import operation_of
from gradcheck.arithmetic import NotLiftable, Undecided, precision
from gradcheck.checks.evaluation import BITS, Evaluation
from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.checks.probing import random_weights
from gradcheck.checks.second_opinion import TOLERANCE_OF_ITERATIONS, doubt
from gradcheck.checks.subdifferential import membership
from gradcheck.notation import CODE, delta
from gradcheck.notation.layer import Layer
from gradcheck.oracles.exact import Shape

DIRECTIONS = 4
"""So many medians of three random numbers are the same entry once in 81 times."""

Doubt: TypeAlias = Callable[[Finding, Evaluation, Evaluation], str]


def reason_to_doubt(finding: Finding, here: Evaluation, layer: Layer) -> str:
    """Return why a disagreement may be none; empty if there is no reason.

    Parameters
    ----------
    finding : Finding
        A disagreement.
    here : Evaluation
        Where it was found.
    layer : Layer
        At its example, where the user looked.
    """
    if np.isinf(finding.reference_value):
        return "the gradient is beyond the range of floats"
    if not np.isfinite(finding.abs_error):
        return ""  # NaN, infinity or a wrong shape: nothing to be said for it
    operation, point = operation_of(layer)
    example = Evaluation(operation, CODE, point)
    reasons = (why(finding, here, example) for why in _DOUBTS)
    return next(filter(None, reasons), "")


def _approximates(finding: Finding, here: Evaluation, example: Evaluation) -> str:
    """Whether half of the digits agree: in the others, code may approximate what it means.

    These are digits of the entry itself, or of the gradient where the user looked: code may be cut
    off where it is flat.  Where balls cannot follow, hidden iterations may leave still fewer.
    """
    least = np.sqrt(np.finfo(example.point.cotangent.dtype).eps)
    if finding.evidence is not Evidence.EXACT:
        least = max(least, TOLERANCE_OF_ITERATIONS)
    usual = example.in_floats([finding.quantity])[finding.quantity]
    size = np.abs(usual[np.isfinite(usual)]).max(initial=abs(finding.reference_value))
    return "" if finding.abs_error > least * size else "a difference that approximations may leave"


def _iterates(finding: Finding, here: Evaluation, example: Evaluation) -> str:
    """Whether the second opinion would excuse the difference if it were small.

    Asked at the example too, because an iteration that begins at its solution ends at once.
    """
    if finding.evidence is not Evidence.EXACT:
        return ""
    symbol, true = finding.quantity.removeprefix("delta_"), finding.reference_value
    first = (0,) * example.point.inputs[symbol].ndim
    return doubt(here, symbol, finding.worst_index, true, true) or (
        doubt(example, symbol, first, true, true) if example.point.inputs[symbol].size else ""
    )


def _slopes_do_not_add(finding: Finding, here: Evaluation, example: Evaluation) -> str:
    """Whether the function is not differentiable, though it is smooth along every line.

    A median of tied entries is such a function.  Then the gradient is held against the hull.
    """
    if finding.evidence is not Evidence.EXACT or finding.kink:
        return ""
    symbol, rng = finding.quantity.removeprefix("delta_"), np.random.default_rng(0)
    try:
        if _add(here, symbol, rng):
            return ""
        balls = here.in_balls([delta(symbol)])
        if membership(here, balls, [symbol], rng).verdict is Verdict.DISAGREE:
            return ""
    except (NotLiftable, Undecided) as reason:
        return str(reason)
    return "not differentiable here: slopes along two directions do not add up"


def _add(evaluation: Evaluation, symbol: str, rng: np.random.Generator) -> bool:
    """Tell whether the slopes along some directions add up to that along their sum."""
    every = np.ones(evaluation.point.inputs[symbol].shape, dtype=bool)
    directions = np.array([random_weights(rng, every) for _ in range(DIRECTIONS)])
    *parts, whole = [
        evaluation.function.slope({symbol: v}) for v in (*directions, directions.sum(axis=0))
    ]
    if any(slope.shape is not Shape.SMOOTH for slope in (*parts, whole)):
        return True  # the check knew how to deal with these
    with precision(BITS):
        gap = sum((part.value for part in parts), start=-whole.value)
        allowed = sum((part.error for part in parts), start=whole.error)
        return not gap.arb.abs_lower() > allowed.arb


_DOUBTS: Sequence[Doubt] = (_approximates, _iterates, _slopes_do_not_add)
"""The cheap ones first."""
