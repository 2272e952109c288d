"""What differs from line to line of an array: a forgotten mean, a factor for each row."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.diagnosis.bounded import Bounded, exactly, quotient
from gradcheck.diagnosis.causes.along import Axes, coefficients, in_words, lines, product
from gradcheck.diagnosis.causes.factor import factors
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.quantities import quantities


def constant_along(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a difference that is the same along an axis: a forgotten mean or sum."""
    difference = mismatch.candidate - mismatch.truth
    ones = exactly(np.ones(mismatch.window_shape))
    if quotient(difference, ones) is not None:
        return  # one number in all entries: a term by itself
    for axes in lines(mismatch):
        text = (
            f"the difference to the true gradient is constant along {in_words(axes)}, "
            f"in {mismatch.everything}: is a mean or a sum over {in_words(axes)} left out?"
        )
        yield from _proportional(mismatch, ones, axes, f"constant along {axes}", text)


def proportional_along(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a difference that is a quantity times something constant along an axis."""
    for quantity in factors(mismatch):
        for axes in lines(mismatch):
            text = (
                f"the difference to the true gradient is {quantity.introduced} times something "
                f"that is constant along {in_words(axes)}, in {mismatch.everything}: "
                f"is a term with a sum over {in_words(axes)} left out, or scaled wrongly?"
            )
            claim = f"{quantity.name} times constants along {axes}"
            if _varies(quantity.numbers, axes):
                yield from _proportional(mismatch, quantity.numbers, axes, claim, text)


def affine_along(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a difference that is an affine function of a quantity along an axis."""
    difference = mismatch.candidate - mismatch.truth
    for quantity in quantities(mismatch):
        for axes in lines(mismatch, least=4):
            first = _first(axes, len(mismatch.window_shape))
            steps = quantity.numbers - quantity.numbers[first]
            slope = coefficients(difference - difference[first], steps, axes)
            if slope is None or not _varies(quantity.numbers, axes):
                continue
            predicted = mismatch.truth + product(slope, steps) + difference[first]
            text = (
                f"the difference to the true gradient is an affine function of "
                f"{quantity.introduced} along {in_words(axes)}, in {mismatch.everything}: is it "
                f"left out that the mean or the variance over {in_words(axes)} depends on "
                f"{mismatch.symbol}, or is N taken for N − 1?"
            )
            bits = evidence(mismatch, predicted, free=2 * slope.value.size)
            yield Explanation(f"affine in {quantity.name} along {axes}", text, bits)


def ratio_along(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is a multiple of the true one, another one in every line."""
    for axes in lines(mismatch):
        ratio = coefficients(mismatch.candidate, mismatch.truth, axes)
        if ratio is None:
            continue
        bits = evidence(mismatch, product(ratio, mismatch.truth), free=ratio.value.size)
        shown = ", ".join(f"{k:.6g}" for k in ratio.value.ravel()[:4])
        more = ", …" if ratio.value.size > 4 else ""
        text = (
            f"along {in_words(axes)} all entries are the same multiple of the true gradient "
            f"({shown}{more}): is a factor left out, or one too many?"
        )
        yield Explanation(f"ratio along {axes}", text, bits)


def _proportional(
    mismatch: Mismatch, quantity: Bounded, axes: Axes, claim: str, text: str
) -> Iterator[Explanation]:
    slope = coefficients(mismatch.candidate - mismatch.truth, quantity, axes)
    if slope is not None:
        predicted = mismatch.truth + product(slope, quantity)
        yield Explanation(claim, text, evidence(mismatch, predicted, free=slope.value.size))


def _varies(numbers: Bounded, axes: Axes) -> bool:
    known = np.isfinite(numbers.value).all()
    return bool(known and (np.ptp(numbers.value, axis=axes) > 0).any())


def _first(axes: Axes, ndim: int) -> tuple[slice, ...]:
    """Return the key of the first entry along some axes, with the shape kept."""
    return tuple(slice(0, 1) if axis in axes else slice(None) for axis in range(ndim))
