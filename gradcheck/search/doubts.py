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
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.finding import Evidence, Finding
from gradcheck.checks.second_opinion import TOLERANCE_OF_ITERATIONS, doubt
from gradcheck.notation import CODE
from gradcheck.notation.layer import Layer

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


_DOUBTS: Sequence[Doubt] = (_approximates, _iterates)
"""The cheap ones first."""
