"""A gradient that does not hear of the cotangent: the chain rule stops in this layer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.diagnosis.bounded import Bounded, agree
from gradcheck.diagnosis.elsewhere import with_inputs
from gradcheck.diagnosis.explanation import CERTAIN, Explanation
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.notation import delta


def cotangent_ignored(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that stays the same, bit for bit, whatever the cotangent is."""
    name, code = delta(mismatch.symbol), mismatch.evaluation
    here = code.in_floats((name,))[name]
    if not here.any() or not np.isfinite(here).all():
        return
    for other in _other_cotangents(mismatch):
        if not np.array_equal(with_inputs(code, {}, other).in_floats((name,))[name], here):
            return
    ones = np.ones_like(code.point.cotangent)
    plain = mismatch.truth_of(with_inputs(code, {}, ones))
    text = (
        f"the gradient of {mismatch.symbol} stays the same, bit for bit, whatever the cotangent "
        f"is{_for_ones(mismatch, plain)}: is the cotangent left out?"
    )
    yield Explanation("cotangent ignored", text, CERTAIN)


def _other_cotangents(mismatch: Mismatch) -> Iterator[object]:
    d = mismatch.evaluation.point.cotangent
    yield -d
    yield 0.5 * d[::-1] if d.ndim else 0.5 * d


def _for_ones(mismatch: Mismatch, plain: Bounded) -> str:
    right = bool(agree(mismatch.candidate, plain).all())
    return ", and it is the true one for a cotangent of ones" if right else ""
