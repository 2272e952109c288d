"""How far two programs lie apart, in ulp and as a share of what rounding explains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tests.frameworks.entitled_errors import TWO_PROGRAMS_OF_TWO_BOUNDS


@dataclass(frozen=True)
class Distance:
    """The largest differences among some entries.

    Attributes
    ----------
    ulp : float
        The largest, in units in the last place of the larger of both values.
    explained : float
        How many of these units rounding explains at that entry.
    share : float
        The largest share of what rounding explains, at whichever entry; more than 1 disagrees.
    entries : int
        How many were compared.
    without_digit : int
        How many of them differ where rounding explains more than their whole value, as where terms
        cancel to nothing.  Units in the last place mean nothing there; these count in `share` only.
    """

    ulp: float = 0.0
    explained: float = 0.0
    share: float = 0.0
    entries: int = 0
    without_digit: int = 0

    @classmethod
    def between(cls, ours: np.ndarray, theirs: np.ndarray, entitled: np.ndarray) -> Distance:
        """Return the distance of two arrays; infinite where one is NaN or shapes differ."""
        if ours.shape != theirs.shape:
            return cls(np.inf, 0.0, np.inf, ours.size)
        explained = TWO_PROGRAMS_OF_TWO_BOUNDS * entitled
        size = np.maximum(abs(ours), abs(theirs))
        apart = np.nan_to_num(abs(ours - theirs), nan=np.inf, posinf=np.inf)
        in_vain = (explained > size) & (apart > 0)
        ulp = np.where(in_vain, 0.0, ratio(apart, np.spacing(size)))
        worst = np.unravel_index(np.argmax(ulp), ulp.shape)
        return cls(
            float(ulp[worst]),
            float(ratio(explained, np.spacing(size))[worst]),
            float(ratio(apart, explained).max()),
            ours.size,
            int(in_vain.sum()),
        )

    @classmethod
    def furthest(cls, distances: Iterable[Distance]) -> Distance:
        """Return what is largest among several, at least one, and how many entries they have."""
        known = list(distances)
        worst = max(known, key=lambda d: d.ulp)
        return cls(
            worst.ulp,
            worst.explained,
            max(d.share for d in known),
            sum(d.entries for d in known),
            sum(d.without_digit for d in known),
        )


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return part / whole, where nothing of nothing is 0 and something of nothing infinite."""
    # x / 0, 0 / 0, and a difference of 1e300 in units of 1e-300: the quotient is replaced
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        quotient = np.divide(part, whole)
    return np.where(part == 0, 0.0, np.nan_to_num(quotient, nan=np.inf, posinf=np.inf))
