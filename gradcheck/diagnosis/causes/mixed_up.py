"""Right formulas in the wrong places: gradients exchanged, a formula fed with the output."""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.diagnosis.bounded import agree
from gradcheck.diagnosis.elsewhere import with_inputs
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.quantities import output_of
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
