"""A gradient of the wrong shape: a sum over a broadcast axis is missing, or one is too many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

import numpy as np

from gradcheck.diagnosis.bounded import Bounded, agree
from gradcheck.diagnosis.causes.along import in_words
from gradcheck.diagnosis.explanation import CERTAIN, MOST_BITS, Explanation
from gradcheck.diagnosis.mismatch import Mismatch


def wrong_shape(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is the true one once it is summed, transposed or reshaped."""
    for claim, question, changed in _cures(mismatch.code, mismatch.shape):
        if changed.shape != mismatch.shape:
            continue
        if agree(changed.rearranged(mismatch.seen), mismatch.truth).all():
            yield Explanation(claim, f"{claim}: {question}", MOST_BITS)
    if mismatch.complete:
        yield from _summed_too_much(mismatch)


def no_gradient(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a single NaN in the place of an array: what the adapters make of None."""
    if mismatch.code.shape == () != mismatch.shape and np.isnan(mismatch.code.value):
        text = (
            f"the code gives no gradient of {mismatch.symbol}: is it forgotten, or is "
            f"{mismatch.symbol} not to be differentiated?"
        )
        yield Explanation("no gradient", text, CERTAIN)


def _cures(code: Bounded, shape: tuple[int, ...]) -> Iterator[tuple[str, str, Bounded]]:
    """Yield what the gradient may be turned into, with what that would mean."""
    if code.value.size == int(np.prod(shape)):
        for order in permutations(range(len(code.shape))):
            if order != tuple(range(len(code.shape))):
                turned = code.rearranged(lambda a, order=order: a.transpose(order))  # type: ignore[misc]
                yield "transposed, it is the true gradient", "is a transpose missing?", turned
        flat = code.rearranged(lambda a: a.reshape(shape))
        yield "reshaped, it is the true gradient", "is a reshape missing?", flat
    for count in range(1, len(code.shape) + 1):
        for axes in combinations(range(len(code.shape)), count):
            claim = f"summed over {in_words(axes)}, it is the true gradient"
            summed = code.sum(axes)
            if summed.value.size == int(np.prod(shape)):
                summed = summed.rearranged(lambda a: a.reshape(shape))
                yield claim, "is the sum over a broadcast axis missing?", summed


def _summed_too_much(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is a sum of the true one over axes that it should have."""
    for count in range(1, len(mismatch.shape) + 1):
        for axes in combinations(range(len(mismatch.shape)), count):
            total = mismatch.truth.sum(axes)
            if total.value.size == mismatch.code.value.size:
                total = total.rearranged(lambda a: a.reshape(mismatch.code.shape))
                if agree(mismatch.code, total).all():
                    claim = f"it is the sum of the true gradient over {in_words(axes)}"
                    text = f"{claim}: is {mismatch.symbol} no broadcast input here?"
                    yield Explanation(claim, text, MOST_BITS)
