"""The same multiple of the true gradient in every entry: a constant that was left out."""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.diagnosis.bounded import quotient
from gradcheck.diagnosis.causes.constants import (
    factors_among_inputs,
    known_multiple,
    missing_factor,
)
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch


def constant_ratio(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is N, 1/N, 2, -1 ... times the true one, here and elsewhere."""
    ratio = quotient(mismatch.candidate, mismatch.truth)
    if ratio is None:
        return
    multiple = mismatch.truth * ratio.value
    verb = "are" if mismatch.candidate.value.size > 1 else "is"
    text = f"{mismatch.everything} {verb} {known_multiple(ratio.value)} × the true gradient"
    for name in factors_among_inputs(ratio, mismatch):
        asked = f"{text}: is a factor of {name} missing?"
        yield Explanation(f"ratio 1 / {name}", asked, evidence(mismatch, multiple))
    question = missing_factor(ratio, mismatch)
    known = evidence(mismatch, multiple)
    bits = known if question else evidence(mismatch, multiple, free=1)
    text = f"{text}: {question}" if question else text
    yield Explanation("ratio", text, bits, ratio, fitted=known - bits)


def changing_ratio(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is a multiple of the true one, another one at every point."""
    ratio = quotient(mismatch.candidate, mismatch.truth)
    if ratio is not None and mismatch.candidate.value.size > 1:
        bits = evidence(mismatch, mismatch.truth * ratio.value, free=1)
        text = (
            f"{mismatch.everything} are the same multiple of the true gradient, here "
            f"{known_multiple(ratio.value)}, and another one at other points: is a factor missing "
            f"that depends on the inputs?"
        )
        yield Explanation("changing ratio", text, bits)
