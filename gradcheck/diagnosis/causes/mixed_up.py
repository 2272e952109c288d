"""Right formulas that are handed the wrong thing: the input for the output, δa for δz."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.checks.rounding import SAFETY
from gradcheck.diagnosis.bounded import Bounded, agree, exactly
from gradcheck.diagnosis.causes.factor import times
from gradcheck.diagnosis.elsewhere import with_inputs
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.quantities import output_of, output_quantity
from gradcheck.diagnosis.true_gradient import gradient_of_code


def another_inputs_gradient(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that belongs to another input of the same shape."""
    evaluation, symbol = mismatch.evaluation, mismatch.symbol
    for other in evaluation.operation.differentiable:
        if other == symbol or evaluation.point.inputs[other].shape != mismatch.shape:
            continue
        theirs = mismatch.truth_of(evaluation, other)
        verb = "are" if mismatch.candidate.value.size > 1 else "is"
        if agree(mismatch.candidate, theirs).all():
            text = (
                f"{mismatch.everything} {verb} those of the true gradient of {other}: "
                f"are the gradients of {symbol} and {other} exchanged?"
            )
            yield Explanation(f"gradient of {other}", text, evidence(mismatch, theirs))
        elif agree(mismatch.candidate, mismatch.truth + theirs).all():
            text = (
                f"{mismatch.everything} {verb} the sum of the true gradients of {symbol} and "
                f"{other}: do both share one array?"
            )
            bits = evidence(mismatch, mismatch.truth + theirs)
            yield Explanation(f"with the gradient of {other}", text, bits)


def formula_of_the_output(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a backward pass that would be right if it were handed the output for the input."""
    evaluation, symbol = mismatch.evaluation, mismatch.symbol
    output = output_of(evaluation)
    if output.shape != mismatch.shape:
        return
    there = gradient_of_code(with_inputs(evaluation, {symbol: output.value}), symbol)
    if there.shape != mismatch.shape:
        return
    there = there.rearranged(mismatch.seen)
    if agree(there, mismatch.truth).all():
        name = evaluation.operation.output
        text = (
            f"with the output {name} in the place of {symbol} this code gives the true gradient, "
            f"in {mismatch.everything}: is the derivative written in terms of {name}, "
            f"but handed {symbol}?"
        )
        bits = evidence(mismatch, mismatch.candidate + (there - mismatch.truth))
        yield Explanation("formula of the output", text, bits)


def factor_inside(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a layer that leaves out the derivative of the activation that it ends with.

    Its code would be right if it were handed the cotangent times that derivative, δz for δa.
    """
    evaluation = mismatch.evaluation
    d = exactly(evaluation.point.cotangent)
    for factor in output_quantity(evaluation).functions():
        handed = times(d, factor.numbers)
        if not np.isfinite(handed.value).all():
            continue
        there = gradient_of_code(with_inputs(evaluation, {}, handed.value), mismatch.symbol)
        rounding = gradient_of_code(with_inputs(evaluation, {}, handed.error), mismatch.symbol)
        there = Bounded(there.value, there.error + SAFETY * np.abs(rounding.value))
        there = there.rearranged(mismatch.seen)
        if agree(there, mismatch.truth).all():
            text = (
                f"with the cotangent × {factor.introduced} in the place of the cotangent this code "
                f"gives the true gradient, in {mismatch.everything}: "
                f"is the factor {factor.name} left out?"
            )
            bits = evidence(mismatch, mismatch.candidate + (there - mismatch.truth))
            yield Explanation(f"{factor.name} left out inside", text, bits)
