"""The true gradient of something else: at the wrong point, for the wrong cotangent.

The derivative is right in itself, but taken where it should not be.  Each such mistake predicts the
gradient from the forward code alone: its derivative with one of the inputs, or the cotangent,
replaced by what the code may have mistaken for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.checks.budget import OutOfBudget
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.rounding import SAFETY
from gradcheck.diagnosis.bounded import Bounded, agree, exactly
from gradcheck.diagnosis.causes.factor import times
from gradcheck.diagnosis.causes.permutation import rearrangements
from gradcheck.diagnosis.elsewhere import with_inputs
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.quantities import output_of, output_quantity
from gradcheck.diagnosis.true_gradient import true_gradient


@dataclass(frozen=True)
class Substitute:
    """Something that the code may have taken for something else.

    Attributes
    ----------
    claim : str
        "taken at …" or "for …": what this gradient would be then.
    question : str
        What a human may look for.
    evaluation : Evaluation
        The form with the one in the place of the other.
    rounding : Evaluation, optional
        The same for a cotangent of what is not known of the one that was substituted.
    """

    claim: str
    question: str
    evaluation: Evaluation
    rounding: Evaluation | None = None


def wrong_point(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is the true one at another point: h'(a) for h'(z), a wᵀ for a w."""
    yield from _explained(mismatch, _points(mismatch))


def wrong_cotangent(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is the true one for another cotangent: ones, one slice, squares."""
    yield from _explained(mismatch, _cotangents(mismatch))


def _explained(mismatch: Mismatch, substitutes: Iterator[Substitute]) -> Iterator[Explanation]:
    for substitute in substitutes:
        try:
            predicted = _predicted(mismatch, substitute)
        except OutOfBudget:
            raise
        except Exception:  # the code need not run everywhere
            continue
        if predicted is not None:
            text = f"{mismatch.everything} are those of the true gradient {substitute.claim}"
            text = f"{text}: {substitute.question}"
            yield Explanation(substitute.claim, text, evidence(mismatch, predicted))


def _predicted(mismatch: Mismatch, substitute: Substitute) -> Bounded | None:
    """Return the true gradient there, None if its largest entry already differs."""
    largest = np.unravel_index(
        int(np.argmax(np.abs(mismatch.candidate.value))), mismatch.window_shape
    )
    index = tuple(int(axis[i]) for axis, i in zip(mismatch.window, largest, strict=True))

    def single(evaluation: Evaluation) -> Bounded:
        return true_gradient(evaluation, mismatch.symbol, [index])

    if not agree(_with_rounding(single, substitute), mismatch.candidate[largest]).all():
        return None
    return _with_rounding(mismatch.truth_of, substitute)


def _with_rounding(gradient: Callable[[Evaluation], Bounded], substitute: Substitute) -> Bounded:
    """Let a prediction move as far as the cotangent may, in which it is linear."""
    there = gradient(substitute.evaluation)
    if substitute.rounding is None:
        return there
    return Bounded(there.value, there.error + SAFETY * np.abs(gradient(substitute.rounding).value))


def _points(mismatch: Mismatch) -> Iterator[Substitute]:
    """Yield points at which the derivative may be taken by mistake."""
    evaluation = mismatch.evaluation
    inputs = {s: x for s, x in evaluation.point.inputs.items() if x.dtype.kind == "f"}
    output, name = output_of(evaluation).value, evaluation.operation.output
    for s, x in inputs.items():
        if x.shape == output.shape:
            claim = f"at {s} = {name}, the output"
            question = f"is the output taken for {s}?"
            yield Substitute(claim, question, with_inputs(evaluation, {s: output}))
        for how, change in rearrangements(x.shape):
            claim, question = f"with {s} {how}", f"is {s} {how} by mistake, or not where it should?"
            yield Substitute(claim, question, with_inputs(evaluation, {s: change(x)}))
        for t, other in inputs.items():
            if s != t and other.shape == x.shape:
                question = f"is {t} taken for {s}?"
                yield Substitute(f"at {s} = {t}", question, with_inputs(evaluation, {s: other}))
        question = f"is the sign of {s} wrong, or are a maximum and a minimum mixed up?"
        yield Substitute(f"at -{s}", question, with_inputs(evaluation, {s: -x}))


def _cotangents(mismatch: Mismatch) -> Iterator[Substitute]:
    """Yield cotangents that may be applied by mistake."""
    evaluation = mismatch.evaluation
    d = evaluation.point.cotangent
    for claim, question, changed in _changes_of(d, evaluation.operation.output):
        if not np.array_equal(changed, d):
            yield Substitute(f"for {claim}", question, with_inputs(evaluation, {}, changed))
    for factor in output_quantity(evaluation).functions():
        changed = times(exactly(d), factor.numbers)
        if np.isfinite(changed.value).all():
            claim = f"for the cotangent × {factor.introduced}"
            question = f"is the factor {factor.name} applied twice?"
            there = with_inputs(evaluation, {}, changed.value)
            yield Substitute(claim, question, there, with_inputs(evaluation, {}, changed.error))


def _changes_of(d: Any, output: str) -> Iterator[tuple[str, str, Any]]:
    yield "a cotangent of ones", "is the cotangent left out?", np.ones_like(d)
    yield "the cotangent squared", "is the cotangent applied twice?", d * d
    for axis in range(d.ndim):
        for place, index in (("first", 0), ("last", -1)):
            kept = np.zeros_like(d)
            key = (slice(None),) * axis + (index,)
            kept[key] = d[key]
            claim = f"the cotangent's {place} slice along axis {axis} alone"
            yield claim, f"is the sum over axis {axis} of {output} left out?", kept
        mean = np.broadcast_to(d.mean(axis, keepdims=True), d.shape)
        yield f"the mean of the cotangent over axis {axis}", "is it averaged by mistake?", mean
        total = np.broadcast_to(d.sum(axis, keepdims=True), d.shape)
        yield f"the sum of the cotangent over axis {axis}", "is it summed by mistake?", total
    for how, change in rearrangements(d.shape):
        yield f"the cotangent {how}", f"is it {how} by mistake, or not where it should?", change(d)
