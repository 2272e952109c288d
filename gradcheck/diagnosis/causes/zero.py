"""A gradient of zeros: nobody computed it, or it was lost on the way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.diagnosis.bounded import exactly
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch


def zero_gradient(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient whose entries are all zero, exactly, where the true ones are not."""
    if not mismatch.code.value.any():
        bits = evidence(mismatch, exactly(np.zeros(mismatch.window_shape)))
        verb = "are" if mismatch.candidate.value.size > 1 else "is"
        name = f"the gradient of {mismatch.symbol}"
        text = f"{mismatch.everything} {verb} 0: is {name} never computed, or never written?"
        yield Explanation("zero", text, bits)
