"""A term too few or too many: what is left when the true gradient is taken away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.diagnosis.bounded import Bounded, exactly, quotient
from gradcheck.diagnosis.causes.constants import known_multiple
from gradcheck.diagnosis.causes.factor import times
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.quantities import Quantity, embeddings, quantities

LEAST_FOR_TWO = 4
"""Wrong entries from which two numbers are fitted, so that others are left to confirm them."""


def term(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a difference that is a constant times a quantity, such as weight decay."""
    difference = mismatch.candidate - mismatch.truth
    for quantity in _terms(mismatch):
        constant = quotient(difference, quantity.numbers)
        if constant is None or constant.may_be(0.0):
            continue
        predicted = mismatch.truth + constant * quantity.numbers
        product = f"{known_multiple(constant.value)} × {quantity.introduced}"
        text = (
            f"{mismatch.everything} differ from the true gradient by {product}: "
            f"is this term left out, or one too many, or its sign wrong?"
        )
        bits = evidence(mismatch, predicted, free=1)
        yield Explanation(f"term {quantity.name}", text, bits, constant)


def affine_term(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a difference α + β x in the wrong entries: a wrong sign in a polynomial.

    Where the output is a single number, its cotangent is a factor of every term.
    """
    wrong, d = mismatch.wrong, mismatch.evaluation.point.cotangent
    x = exactly(mismatch.seen(mismatch.evaluation.point.inputs[mismatch.symbol]))[wrong]
    if x.value.size < LEAST_FOR_TWO:
        return
    unit = float(d) if d.ndim == 0 and d else 1.0
    difference = (mismatch.candidate - mismatch.truth)[wrong] * (1 / unit)
    slope = quotient(difference - difference[:1], x - x[:1])
    if slope is None or slope.may_be(0.0):
        return
    offset = difference[:1] - slope * x[:1]
    fitted = (slope * x + offset) * unit
    text = (
        f"the {x.value.size} wrong entries differ from the true gradient by {unit:.6g} × "
        f"({_offset(offset)}{slope.value:.6g} × {mismatch.symbol}): "
        f"is such a term left out, or its sign wrong?"
    )
    predicted = mismatch.candidate.replaced(wrong, mismatch.truth[wrong] + fitted)
    yield Explanation("affine term", text, evidence(mismatch, predicted, free=2))


def _offset(offset: Bounded) -> str:
    """Write the first summand, unless it may be zero."""
    value, error = float(offset.value[0]), float(offset.error[0])
    return "" if abs(value) <= error else f"{value:.6g} + "


def _terms(mismatch: Mismatch) -> Iterator[Quantity]:
    """Yield what a term may be made of: plain quantities, then functions, then times δy."""
    ones = Quantity("1", exactly(np.ones(mismatch.window_shape)))
    plain = [q for q in quantities(mismatch) if np.ptp(q.numbers.value) > 0]
    functions = [f for q in plain for f in q.functions() if f.name != q.name]
    yield from (ones, *plain)
    for d in embeddings(exactly(mismatch.evaluation.point.cotangent), mismatch.shape):
        unit = d.rearranged(mismatch.seen)
        for q in (ones, *plain, *functions):
            name = f"the cotangent × {q.name}" if q is not ones else "the cotangent"
            yield Quantity(name, times(q.numbers, unit), q.meaning)
    yield from functions
