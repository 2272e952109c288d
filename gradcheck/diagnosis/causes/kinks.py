"""At kinks the gradients of all inputs together lie outside of what is valid."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.checks.comparison import AGREEMENT_FLOOR
from gradcheck.diagnosis.causes.where import in_words, odds, share
from gradcheck.diagnosis.explanation import Explanation
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.places import places

ENOUGH = 2.0
"""Bits: the kinks are where they are; only their description might be another one."""


def outside_at_kinks(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain entries that are each within their slopes, but not together: ties that all take."""
    truth = mismatch.truth
    kinks = truth.error > AGREEMENT_FLOOR * np.max(np.abs(truth.value), initial=0.0)
    if mismatch.wrong.any() or not kinks.any():
        return
    for place in places(mismatch):
        if np.array_equal(place.mask, kinks):
            text = (
                f"the forward code has kinks {in_words(place.phrase)} ({share(kinks)}), "
                f"and together these entries are outside of what the slopes around them allow"
            )
            if "several" in place.phrase:
                text += ": does each of several equal entries take the whole gradient?"
            yield Explanation(f"kinks {place.phrase}", text, odds(kinks), enough=ENOUGH)
