r"""Richardson extrapolation to step zero, with its two errors kept apart.

A difference D(h) = D(0) + c₁ hᵖ + c₂ h²ᵖ + … is known at several steps; Neville's scheme evaluates
at h = 0 the polynomial in hᵖ through them:

    T[k, 0] = D(h_k)
    T[k, j] = T[k, j-1] + (T[k, j-1] - T[k-1, j-1]) / ((h_{k-j} / h_k)ᵖ - 1)

*Truncation* (the terms left out) is judged from the disagreement of neighbours in the tableau, as
Ridders does; *rounding* (errors of the D themselves) is a bound carried through the same recursion.

Sources: L. F. Richardson and J. A. Gaunt, "The deferred approach to the limit", Phil. Trans. R.
Soc. A 226 (1927); C. J. F. Ridders, "Accurate computation of F'(x) and F'(x)F''(x)", Advances in
Engineering Software 4 (1982).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from gradcheck.oracles.evaluation import Real

# Ridders' disagreement is that of the neighbours, so larger than the error of the entry itself
# where the scheme converges. Doubled, it also covers tableaux that have only just begun to.
CAUTION = 2.0
# A slope of less than this part of the steepest one that was met is as good as zero.
NEGLIGIBLE = 2.0**-16
# Two levels may agree by accident; an entry counts from the third level on.
FEWEST_LEVELS = 3
# Beyond six eliminated terms rounding gains what truncation loses.
MOST_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Extrapolation:
    """One entry of the tableau: a value, and what rounding and truncation may have done to it.

    It rests on steps from `reach`, the largest, down to `step`.
    """

    value: Real
    rounding: Real
    truncation: Real
    step: Real
    reach: Real

    @property
    def bound(self) -> Real:
        """Bound on the absolute error."""
        return CAUTION * self.truncation + self.rounding

    @property
    def settled(self) -> bool:
        """Whether a smaller step could only add rounding."""
        return bool(CAUTION * self.truncation <= self.rounding)

    def credible(self, steepest: Real) -> bool:
        """Whether the leading digit is known, or the value known to be nothing to other slopes."""
        known = abs(self.value) / 8 + self.rounding + NEGLIGIBLE * steepest
        return bool(CAUTION * self.truncation <= known)


class Tableau:
    """Neville's tableau, built row by row.

    Parameters
    ----------
    power : int
        2 where odd powers of h cancel (central differences), 1 for one-sided differences.

    Examples
    --------
    >>> tableau = Tableau(power=2)
    >>> for h in (0.4, 0.2, 0.1):
    ...     row = tableau.add(h, (np.sin(h) - np.sin(-h)) / (2 * h))
    >>> print(f"{row[0].value:.8f} {row[1].value:.8f} {row[2].value:.8f}")
    0.99833417 0.99999667 0.99999999

    """

    def __init__(self, power: int) -> None:
        self.power = power
        self.steps: list[Real] = []
        self.row: list[Extrapolation] = []

    def add(self, step: Real, value: Real, rounding: Real = 0.0) -> list[Extrapolation]:
        """Add the difference taken with `step`, and return the new row."""
        above = self.row
        self.steps.append(step)
        self.row = [Extrapolation(value, rounding, np.inf, step, step)]
        for j, diagonal in enumerate(above[: MOST_COLUMNS - 1], start=1):
            ratio = self.steps[-1 - j] / step
            weight = 1 / ((ratio * ratio if self.power == 2 else ratio) - 1)
            self.row.append(_eliminate(self.row[-1], diagonal, weight))
        return self.row


def _eliminate(left: Extrapolation, diagonal: Extrapolation, weight: Real) -> Extrapolation:
    """Remove the leading term of the error from two neighbours in the tableau."""
    value = left.value + weight * (left.value - diagonal.value)
    rounding = left.rounding + weight * (left.rounding + diagonal.rounding)
    truncation = max(abs(value - left.value), abs(value - diagonal.value))
    return Extrapolation(value, rounding, truncation, left.step, diagonal.reach)


def best_of_row(row: Iterable[Extrapolation]) -> Extrapolation | None:
    """Return the entry with the smallest bound among those that rest on enough levels."""
    entries = [entry for entry in list(row)[FEWEST_LEVELS - 1 :] if np.isfinite(entry.bound)]
    return min(entries, key=lambda entry: entry.bound, default=None)
