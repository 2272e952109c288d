"""The right numbers in the wrong places: transposed, reversed, shifted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations, permutations
from typing import TypeAlias

import numpy as np

from gradcheck.diagnosis.bounded import Array, Bounded, agree
from gradcheck.diagnosis.causes.along import in_words
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch

SHIFTED = "shifted"

Rearrangement: TypeAlias = Callable[[Array], Array]


def permutation(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that has the entries of the true one in other places."""
    for name, how in rearrangements(mismatch.shape):
        if not mismatch.complete and name.startswith(SHIFTED):
            continue  # what is looked at is symmetrical, but has gaps
        bits = evidence(mismatch, mismatch.truth.rearranged(how))
        if bits > 0:
            text = f"{mismatch.everything} are those of the true gradient {name}"
            yield Explanation(name, text, bits)
    if mismatch.complete:
        yield from _any_places(mismatch)


def rearrangements(shape: tuple[int, ...]) -> Iterator[tuple[str, Rearrangement]]:
    """Yield the ways of mistaking axes or indices that leave the shape as it is.

    Examples
    --------
    >>> [name for name, _ in rearrangements((2, 3))]
    ['reversed along axis 0', 'reversed along axis 1', 'reversed along axes 0 and 1',
     'shifted by 1 along axis 0', 'shifted by 1 along axis 1', 'shifted by -1 along axis 1',
     'shifted by 1 along axes 0 and 1', 'shifted by -1 along axes 0 and 1']
    """
    axes = range(len(shape))
    for order in permutations(axes):
        if order != tuple(axes) and tuple(shape[a] for a in order) == shape:
            name = "transposed" if len(shape) == 2 else f"with its axes in the order {order}"
            yield name, partial(np.transpose, axes=order)
    long = [axis for axis in axes if shape[axis] > 1]
    for count in range(1, len(long) + 1):
        for chosen in combinations(long, count):
            yield f"reversed along {in_words(chosen)}", partial(np.flip, axis=chosen)
    for chosen in (*((axis,) for axis in long), *combinations(long, 2)):
        for shift in (1, -1) if max(shape[axis] for axis in chosen) > 2 else (1,):
            roll = partial(np.roll, shift=(shift,) * len(chosen), axis=chosen)
            yield f"{SHIFTED} by {shift} along {in_words(chosen)}", roll


def _any_places(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient whose entries, sorted, are those of the true one."""
    order = np.argsort(mismatch.truth.value, axis=None)
    placed = np.empty_like(order)
    placed[np.argsort(mismatch.candidate.value, axis=None)] = order
    predicted = mismatch.truth.rearranged(
        lambda a: a.ravel()[placed].reshape(mismatch.window_shape)
    )
    if not _distinct(mismatch.truth):
        return
    bits = evidence(mismatch, predicted)
    text = (
        f"{mismatch.everything} have the values of the true gradient, but "
        f"{int(mismatch.wrong.sum())} of them stand in each other's places: is an index mixed up?"
    )
    yield Explanation("permuted", text, bits)


def _distinct(truth: Bounded) -> bool:
    """Whether no two entries may be equal: then their places mean something."""
    order = np.argsort(truth.value, axis=None)
    flat = truth.rearranged(lambda a: a.ravel()[order])
    return not agree(flat[1:], flat[:-1]).any()
