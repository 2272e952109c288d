"""A factor that differs from entry to entry and has a name: an input, 1 − y², the cotangent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.diagnosis.bounded import Bounded, Constant, quotient
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.quantities import Quantity, quantities

SIMPLE = {1.0: "", -1.0: "-1 × ", 2.0: "2 × ", 0.5: "1/2 × ", -2.0: "-2 × ", -0.5: "-1/2 × "}
"""Constants that stand beside the factors of textbook derivatives, as they are written there."""


def factor(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient with a factor too few or too many."""
    code, truth = mismatch.candidate, mismatch.truth
    for quantity in factors(mismatch):
        q = quantity.numbers
        if k := simple(quotient(truth, times(code, q))):
            bits = evidence(mismatch, truth / q * (1 / k))
            product = f"{SIMPLE[k]}{quantity.name}"
            text = (
                f"the true gradient is this one × {SIMPLE[k]}{quantity.introduced}"
                f"{_where(mismatch)}: is that factor left out?"
            )
            yield Explanation(f"missing {product}", text, bits)
        if k := simple(quotient(code, times(truth, q))):
            bits = evidence(mismatch, times(truth, q) * k)
            product = f"{SIMPLE[k]}{quantity.name}"
            text = (
                f"this gradient is the true one × {SIMPLE[k]}{quantity.introduced}"
                f"{_where(mismatch)}: is that factor one too many?"
            )
            yield Explanation(f"extra {product}", text, bits)


def equals(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is something else altogether: the cotangent, an input."""
    for quantity in factors(mismatch):
        k = simple(quotient(mismatch.candidate, quantity.numbers))
        if k and _telling(quantity.numbers):
            bits = evidence(mismatch, quantity.numbers * k)
            equal = f"{SIMPLE[k]}{quantity.name}"
            verb = "are" if mismatch.candidate.value.size > 1 else "is"
            question = _meaning(quantity)
            text = f"{mismatch.everything} {verb} {SIMPLE[k]}{quantity.introduced}: {question}"
            yield Explanation(f"equals {equal}", text, bits)


def _meaning(quantity: Quantity) -> str:
    if quantity.name == "the cotangent":
        return "is the derivative of the layer itself left out?"
    if "the cotangent" in quantity.name:
        return "is the derivative taken of the wrong thing?"
    return "is the cotangent left out?"


def factors(mismatch: Mismatch) -> Iterator[Quantity]:
    """Yield the functions of all quantities at hand, plain ones first."""
    found = [q.functions() for q in quantities(mismatch)]
    for functions in zip(*found, strict=True):
        yield from functions


def _telling(numbers: Bounded) -> bool:
    """Whether there is anything to recognise: many things are ones, and mean nothing."""
    return not np.isin(numbers.value, (-1.0, 0.0, 1.0)).all()


def times(x: Bounded, q: Bounded) -> Bounded:
    """Multiply, with both errors."""
    product = x * q.value
    with np.errstate(invalid="ignore"):  # an unknown number times zero is unknown
        return Bounded(product.value, product.error + q.error * (np.abs(x.value) + x.error))


def simple(constant: Constant | None) -> float:
    """Return 1, -1, 2 ... if a constant may be that number; 0 if it is none of them."""
    if constant is None:
        return 0.0
    return next((k for k in SIMPLE if constant.may_be(k)), 0.0)


def _where(mismatch: Mismatch) -> str:
    return f", in {mismatch.everything}" if mismatch.candidate.value.size > 1 else ""
