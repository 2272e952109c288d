"""Wrong in some entries only: what these have in common, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import comb, log2

import numpy as np

from gradcheck.checks.evaluation import Array
from gradcheck.diagnosis.bounded import Constant, exactly, quotient
from gradcheck.diagnosis.causes.constants import known_multiple
from gradcheck.diagnosis.explanation import Explanation
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.places import EVERYWHERE, places

ENOUGH = 10.0
"""Bits: a set of entries meets one of some dozens that have names by chance once in a thousand
cases, and a false one costs a reader a look at an input."""

ENOUGH_TO_BREAK = 4.0
"""The same where the code gives NaN or infinity, which it does for a reason."""

LEAST_ON_A_SIDE = 2
"""One entry is always the largest or the smallest of something."""


def wrong_only_where(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain which entries are wrong: exactly those where an input is zero, tied, masked."""
    if mismatch.wrong.any() and not mismatch.wrong.all():
        yield from _matching(mismatch, lambda phrase: not phrase.startswith(EVERYWHERE))
        yield from _beyond_a_threshold(mismatch)


def right_only_where(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain which entries are right: those of one slice, where the others are wrong somehow."""
    if mismatch.wrong.any() and not mismatch.wrong.all():
        yield from _matching(mismatch, lambda phrase: phrase.startswith(EVERYWHERE))


def _matching(mismatch: Mismatch, wanted: Callable[[str], bool]) -> Iterator[Explanation]:
    for place in places(mismatch):
        if wanted(place.phrase) and np.array_equal(place.mask, mismatch.wrong):
            text = f"wrong {in_words(place.phrase)} ({share(mismatch.wrong)})"
            text += _local(mismatch) + _hint(place.phrase)
            bits = odds(mismatch.wrong)
            yield Explanation(f"where {place.phrase}", text, bits, enough=ENOUGH)


def not_finite_where(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain where a gradient is NaN or infinite though there is a slope."""
    broken = ~np.isfinite(mismatch.candidate.value)
    if not broken.any():
        return
    if broken.all():
        text = f"{mismatch.everything} of the gradient are NaN or infinite"
        yield Explanation("not finite", text, ENOUGH_TO_BREAK, enough=ENOUGH_TO_BREAK)
        return
    for place in places(mismatch):
        if np.array_equal(place.mask, broken):
            text = f"not finite {in_words(place.phrase)} ({share(broken)})"
            claim = f"not finite {place.phrase}"
            yield Explanation(claim, text, odds(broken), enough=ENOUGH_TO_BREAK)


def _beyond_a_threshold(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain wrong entries as those where the input itself is beyond some value."""
    x = mismatch.seen(mismatch.evaluation.point.inputs[mismatch.symbol])
    wrong = mismatch.wrong
    if min(wrong.sum(), (~wrong).sum()) < LEAST_ON_A_SIDE:
        return
    for name, values in ((mismatch.symbol, x), (f"|{mismatch.symbol}|", np.abs(x))):
        for word, sign in (("above", 1.0), ("below", -1.0)):
            right_end, wrong_end = np.max(sign * values[~wrong]), np.min(sign * values[wrong])
            if right_end < wrong_end:
                ends = sorted((sign * right_end, sign * wrong_end))
                text = (
                    f"wrong exactly where {name} is {word} some value between {ends[0]:.6g} and "
                    f"{ends[1]:.6g} ({share(wrong)}){_local(mismatch)}"
                )
                bits = log2(wrong.size)
                claim = f"{name} {word} a value"
                yield Explanation(claim, text, bits, Constant(*ends), enough=ENOUGH)


def _local(mismatch: Mismatch) -> str:
    """Say what is wrong with the wrong entries, where that is the same for all."""
    wrong = mismatch.wrong
    code, truth = mismatch.candidate[wrong], mismatch.truth[wrong]
    if not code.value.any():
        return "; it is 0 there, and should not be"
    if (np.abs(truth.value) <= truth.error).all():
        return "; the true gradient is 0 there"
    ratio = quotient(code, truth)
    if ratio is not None:
        return f"; there it is {known_multiple(ratio.value)} × the true gradient"
    difference = quotient(code - truth, exactly(np.ones(code.shape)))
    if difference is not None and np.isfinite(difference.value):
        return f"; there it differs from the true gradient by {known_multiple(difference.value)}"
    return ""


def _hint(phrase: str) -> str:
    repeated = "more than once" in phrase
    return ": is it assigned there, where contributions should be added up?" if repeated else ""


def in_words(phrase: str) -> str:
    """Complete a phrase about places.

    Examples
    --------
    >>> in_words("where x is 0"), in_words("that t picks")
    ('exactly where x is 0', 'exactly in the entries that t picks')
    """
    if phrase.startswith(EVERYWHERE):
        return phrase
    return f"exactly in the entries {phrase}" if phrase.startswith("that ") else f"exactly {phrase}"


def share(mask: Array) -> str:
    """Count the entries of a set."""
    return f"{int(mask.sum())} of {mask.size} entries"


def odds(mask: Array) -> float:
    """Return how improbable it is to meet this set of entries by chance."""
    return log2(comb(mask.size, int(mask.sum())))
