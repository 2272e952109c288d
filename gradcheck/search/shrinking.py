"""Shrinking a disagreement to the smallest shapes and the simplest numbers that still show it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from gradcheck.checks.budget import Budget, OutOfBudget
from gradcheck.checks.finding import Finding
from gradcheck.notation.layer import Array, Layer, Values
from gradcheck.search.candidate import Candidate, as_drawn
from gradcheck.search.judging import OutsideDomain, judged
from gradcheck.search.layouts import PLAIN
from gradcheck.search.legible import smallest_text
from gradcheck.search.moves import Move, fewer_entries, simpler_integers, simpler_reals
from gradcheck.search.reproducing import reproducing_line
from gradcheck.search.variants import structures

SECONDS = 2.0
"""How long shrinking takes at most: what it has by then is smaller than at the beginning."""


def shrunk(
    layer: Layer,
    finding: Finding,
    *,
    seed: int = 0,
    budget: Budget | None = None,
) -> Finding:
    """Return a disagreement together with its smallest case and a line that reproduces it.

    Rows and columns are left out, and numbers are made simple, for as long as the same gradient
    disagrees in the same way.

    Parameters
    ----------
    layer : Layer
        Whose gradient disagrees.
    finding : Finding
        A disagreement of the check of the gradient at the layer's example.
    seed : int
        That of the check.
    budget : Budget, optional
        How long this may take; 2 s if left out.

    Examples
    --------
    >>> import numpy as np
    >>> from gradcheck.adapters.recognition import layer
    >>> from gradcheck.examination import examine
    >>> def square(x):
    ...     return x**2
    >>> def gradient(dout, x):
    ...     return dout * x
    >>> given = layer(square, gradient, [np.array([[0.31, 1.72], [-2.24, 0.93]])])
    >>> finding = shrunk(given, examine(given, laws=False)[0])
    >>> print(finding.smallest)
    x = np.array([[1.0]])
    delta_x[0, 0] = 1.637 in backward, but 3.274 by differences
    >>> print(finding.reproduce)
    gradcheck.check(square, gradient, [np.array([[1.0]])])
    """
    example = Candidate(kind="example", what=finding.point, values=layer.values, seed=seed)
    return shrunk_from(example, layer, finding, budget or Budget(SECONDS))


def shrunk_from(start: Candidate, layer: Layer, finding: Finding, budget: Budget) -> Finding:
    """Return a disagreement at a candidate together with its smallest case.

    Parameters
    ----------
    start : Candidate
        Where a gradient disagrees.
    layer : Layer
        At its example.
    finding : Finding
        What is wrong there.
    budget : Budget
        How long this may take.
    """
    smallest, there = _Shrinking(layer, start, finding, budget).smallest()
    return replace(
        finding,
        smallest=smallest_text(smallest, there),
        reproduce=reproducing_line(layer, smallest),
    )


class _Shrinking:
    """A candidate that gets smaller, while a gradient goes on to disagree there."""

    def __init__(self, layer: Layer, start: Candidate, finding: Finding, budget: Budget) -> None:
        self._layer, self._budget = layer, budget
        self._best, self._finding = start, finding
        self._kept = structures(layer)
        self._tried: set[Any] = {start.key}

    def smallest(self) -> tuple[Candidate, Finding]:
        """Return the smallest candidate that was reached in time, and what is wrong there."""
        first = self._best, self._finding
        try:
            self._try(replace(self._best, layout=PLAIN))
            self._try(replace(self._best, cotangent=as_drawn))
            while sum(self._moves(moves_of) for moves_of in self._rounds()):
                pass
        except OutOfBudget:
            pass
        return (self._best, self._finding) if self._is_sure() else first

    def _moves(self, moves_of: Callable[[Values], Iterator[Move]]) -> int:
        """Make every move that leaves the gradient wrong; tell how many there were."""
        return sum(self._moved(move) for move in moves_of(self._best.values))

    def _rounds(self) -> Sequence[Callable[[Values], Iterator[Move]]]:
        return simpler_integers, partial(fewer_entries, self._layer), simpler_reals

    def _moved(self, move: Move) -> bool:
        values = move(self._best.values)
        if values is None or not all(self._fits(symbol, x) for symbol, x in values.items()):
            return False
        return self._try(replace(self._best, values=values))

    def _fits(self, symbol: str, x: Array) -> bool:
        return all(structure.holds(x) for structure in self._kept[symbol])

    def _try(self, smaller: Candidate) -> bool:
        """Take a candidate in place of the best one, if the gradient is wrong there as well."""
        self._budget.check()
        if smaller.key in self._tried:
            return False
        self._tried.add(smaller.key)
        finding = self._wrong_at(smaller, self._budget, doubting=False)
        if finding:
            self._best, self._finding = smaller, finding
        return finding is not None

    def _is_sure(self) -> bool:
        """Whether the smallest candidate leaves no doubt: each one on the way was not asked."""
        try:
            return bool(self._wrong_at(self._best, Budget(SECONDS), doubting=True))
        except OutOfBudget:
            return False

    def _wrong_at(self, candidate: Candidate, budget: Budget, *, doubting: bool) -> Finding | None:
        """Return what is wrong at a candidate, if that is what was wrong before."""
        try:
            findings = judged(self._layer, candidate, budget, doubting=doubting)
        except OutsideDomain:
            return None
        return next((f for f in findings if _alike(f, self._finding)), None)


def _alike(one: Finding, other: Finding) -> bool:
    """Whether the same gradient disagrees in the same way: by its values, by NaN, by its shape."""
    return _way(one) == _way(other)


def _way(finding: Finding) -> tuple[Any, ...]:
    values = finding.candidate_value, finding.reference_value
    return finding.verdict, finding.quantity, finding.kink, *map(math.isfinite, values)
