"""An explanation of a mismatch: what it claims, and how much the entries speak for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradcheck.diagnosis.bounded import Bounded, Constant, agree
from gradcheck.diagnosis.mismatch import Mismatch

ENOUGH = 40.0
"""Bits: by chance it would fit once in 10^12 cases, and a few hundred explanations are tried."""

MOST_BITS = 52.0
"""No entry says more than a float has bits."""

CERTAIN = float("inf")
"""Bits of what was tried out, and not concluded from numbers: it needs no other points."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """A cause, in words, with its evidence.

    Attributes
    ----------
    claim : str
        What is claimed, without the numbers: it has to hold at other points as well.
    text : str
        The same for a human, with the evidence.
    bits : float
        How improbable the fit would be by chance: once in 2**bits.
    constant : Constant, optional
        A constant that the claim is about; it has to be the same at other points.
    enough : float
        The bits that this kind of claim needs.
    fitted : float
        The bits that fitting the constant cost: it is fitted once, and elsewhere it has to fit.
    """

    claim: str
    text: str
    bits: float
    constant: Constant | None = None
    enough: float = ENOUGH
    fitted: float = 0.0

    def same_as(self, other: Explanation) -> bool:
        """Whether both claim the same, about the same constant."""
        if self.claim != other.claim:
            return False
        if self.constant is None or other.constant is None:
            return True
        return self.constant.meets(other.constant)


def evidence(mismatch: Mismatch, predicted: Bounded, *, free: int = 0) -> float:
    """Return how improbable it is that a prediction fits by chance, in bits.

    An entry speaks by how much nearer the prediction is to the code's gradient than the true one.

    Parameters
    ----------
    mismatch : Mismatch
        What is to be explained.
    predicted : Bounded
        What the code's gradient would be.
    free : int
        Numbers that were fitted: as many of the entries do not count.

    Returns
    -------
    float
        Minus infinity where the prediction does not fit, or where it explains nothing.
    """
    code, truth = mismatch.candidate, mismatch.truth
    if not mismatch.wrong.any() or not agree(code, predicted).all():
        return -np.inf
    with np.errstate(all="ignore"):  # an error of zero and one of infinity say what they say
        bits = np.log2(np.abs(code.value - truth.value) / (code.error + predicted.error))
    bits = np.clip(np.where(mismatch.wrong, np.nan_to_num(bits, nan=0.0), 0.0), 0.0, MOST_BITS)
    return float(np.sort(bits.ravel())[: bits.size - free].sum())
