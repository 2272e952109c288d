"""A sum of products of the cotangent with the wrong thing: x for the normalised x."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np

from gradcheck.diagnosis.bounded import exactly, quotient
from gradcheck.diagnosis.causes.along import in_words
from gradcheck.diagnosis.causes.factor import SIMPLE, simple, times
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.quantities import Quantity, at_hand, embeddings


def sum_of_products(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that sums the cotangent times an input over a broadcast axis."""
    cotangent = mismatch.evaluation.point.cotangent
    for axes in _summed_axes(cotangent.shape, mismatch.shape):
        for quantity in _laid_over(mismatch, cotangent.shape):
            summed = times(exactly(cotangent), quantity.numbers).sum(axes)
            found = summed.rearranged(lambda a: mismatch.seen(a.reshape(mismatch.shape)))
            if k := simple(quotient(mismatch.candidate, found)):
                terms = f"{SIMPLE[k]}the cotangent × {quantity.introduced}"
                text = (
                    f"{mismatch.everything} are sums over {in_words(axes)} of {terms}: "
                    f"is {quantity.name} taken for something else?"
                )
                yield Explanation(f"sums of {terms}", text, evidence(mismatch, found * k))


def _summed_axes(longer: tuple[int, ...], shorter: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the axes over which a shape has to be summed to become another one."""
    for count in range(1, len(longer) + 1):
        for axes in combinations(range(len(longer)), count):
            kept = tuple(n for axis, n in enumerate(longer) if axis not in axes)
            if kept == tuple(n for n in shorter if n != 1 or 1 in kept):
                yield axes


def _laid_over(mismatch: Mismatch, shape: tuple[int, ...]) -> Iterator[Quantity]:
    for quantity in at_hand(mismatch.evaluation):
        for laid in embeddings(quantity.numbers, shape):
            yield replace(quantity, numbers=laid)
    yield Quantity("1", exactly(np.ones(shape)))
