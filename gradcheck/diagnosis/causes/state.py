"""Gradients that depend on what ran before: accumulated, left over, or of a stale cache."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.checks.evaluation import Array, Evaluation
from gradcheck.checks.rounding import SAFETY
from gradcheck.diagnosis.bounded import EPS, Bounded, agree
from gradcheck.diagnosis.elsewhere import elsewhere, with_inputs
from gradcheck.diagnosis.explanation import CERTAIN, Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.true_gradient import gradient_of_code
from gradcheck.notation import delta


def other_every_time(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is another one when the same code runs again."""
    first, second = (_floats(mismatch, mismatch.evaluation) for _ in range(2))
    if first.shape != second.shape or np.array_equal(first, second, equal_nan=True):
        return
    text = f"the gradient of {mismatch.symbol} is another one every time the same code runs: "
    if (
        second.shape == mismatch.shape
        and agree(_added(mismatch, first, second), mismatch.truth).all()
    ):
        text += "each run adds the true gradient to what the runs before it left"
    else:
        text += "does it depend on what ran before, or on random numbers?"
    yield Explanation("other every time", text, CERTAIN)


def _added(mismatch: Mismatch, first: Array, second: Array) -> Bounded:
    """Return what a second run added, with the rounding of both."""
    size = np.abs(first) + np.abs(second)
    return Bounded(mismatch.seen(second - first), SAFETY * EPS * mismatch.seen(size))


def inputs_ignored(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that stays the same while inputs move by which the true one changes."""
    here = _floats(mismatch, mismatch.evaluation)
    for moved in elsewhere(mismatch.evaluation, mismatch.symbol):
        there = with_inputs(moved, {}, mismatch.evaluation.point.cotangent)
        same = np.array_equal(_floats(mismatch, there), here)
        if same and not agree(mismatch.truth_of(there), mismatch.truth).all():
            text = (
                f"the gradient of {mismatch.symbol} stays the same, bit for bit, whatever the "
                f"inputs are: is it written as if it were constant, or does backward read what an "
                f"earlier forward pass left, a stale cache?"
            )
            yield Explanation("inputs ignored", text, CERTAIN)
        return


def left_over(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that has something added to it whatever the cotangent is."""
    nothing = np.zeros_like(mismatch.evaluation.point.cotangent)
    rest = gradient_of_code(with_inputs(mismatch.evaluation, {}, nothing), mismatch.symbol)
    if rest.shape == mismatch.shape and rest.value.any():
        predicted = mismatch.truth + rest.rearranged(mismatch.seen)
        text = (
            f"{mismatch.everything} are the true gradient plus what the code gives for a cotangent "
            f"of zero: is it added to what an earlier pass left?"
        )
        yield Explanation("left over", text, evidence(mismatch, predicted))


def _floats(mismatch: Mismatch, evaluation: Evaluation) -> Array:
    """Run the code anew, and return the gradient in floats."""
    name = delta(mismatch.symbol)
    return with_inputs(evaluation, {}).in_floats((name,))[name]
