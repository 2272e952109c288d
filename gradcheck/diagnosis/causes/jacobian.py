"""The wrong part of the Jacobian: its diagonal for the whole of it, or J for its transpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from gradcheck.checks.evaluation import Array, Evaluation
from gradcheck.diagnosis.bounded import Bounded, agree
from gradcheck.diagnosis.elsewhere import with_inputs
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.true_gradient import Index, true_gradient, true_slope


def diagonal_only(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that takes the diagonal of a Jacobian for the whole, as in a softmax."""
    output = mismatch.evaluation.operation.output
    predicted = _entry_by_entry(mismatch, lambda index: _own(mismatch, index))
    if predicted is not None:
        text = (
            f"{mismatch.everything} take only {output} at their own index into account: "
            f"is it left out that {mismatch.symbol} influences the other entries of {output} too?"
        )
        yield Explanation("diagonal only", text, evidence(mismatch, predicted))


def transposed_jacobian(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is J δy where it should be Jᵀ δy."""
    predicted = _entry_by_entry(mismatch, lambda index: _pushed_forward(mismatch, index))
    if predicted is not None:
        text = (
            f"{mismatch.everything} are those of J times the cotangent, where Jᵀ times the "
            f"cotangent is the gradient, J being the Jacobian: is something transposed that "
            f"should not be, or the other way round?"
        )
        yield Explanation("transposed Jacobian", text, evidence(mismatch, predicted))


def _entry_by_entry(mismatch: Mismatch, entry: Callable[[Index], Bounded]) -> Bounded | None:
    """Compute a prediction, unless its largest entry does not fit already."""
    if mismatch.evaluation.point.cotangent.shape != mismatch.shape or not mismatch.shape:
        return None
    indices: list[Index] = [tuple(map(int, index)) for index in product(*mismatch.window)]
    largest = int(np.argmax(np.abs(mismatch.candidate.value)))
    first = mismatch.candidate.rearranged(np.ravel)[largest : largest + 1]
    if not agree(entry(indices[largest]), first).all():
        return None
    entries = [entry(index) for index in indices]
    return Bounded(
        np.concatenate([one.value for one in entries]).reshape(mismatch.window_shape),
        np.concatenate([one.error for one in entries]).reshape(mismatch.window_shape),
    )


def _own(mismatch: Mismatch, index: Index) -> Bounded:
    """Return the true gradient in an entry, for the cotangent in that entry alone."""
    d = mismatch.evaluation.point.cotangent
    return true_gradient(_with_one(mismatch, index, d[index]), mismatch.symbol, [index])


def _pushed_forward(mismatch: Mismatch, index: Index) -> Bounded:
    """Return how an entry of the output moves when the input moves along the cotangent."""
    d: Array = mismatch.evaluation.point.cotangent
    return true_slope(_with_one(mismatch, index, 1.0), {mismatch.symbol: d.astype(np.float64)})


def _with_one(mismatch: Mismatch, index: Index, value: float) -> Evaluation:
    """Return the same point with a cotangent that is zero but for one entry."""
    alone = np.zeros_like(mismatch.evaluation.point.cotangent)
    alone[index] = value
    return with_inputs(mismatch.evaluation, {}, alone)
