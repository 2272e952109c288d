"""Searching a layer for inputs at which a gradient goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gradcheck.checks.budget import UNLIMITED, Budget, OutOfBudget
from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.notation.layer import Layer
from gradcheck.search.candidate import Candidate
from gradcheck.search.candidates import combinations, generic, singles
from gradcheck.search.domain_limits import at_the_limit
from gradcheck.search.judging import OutsideDomain, judged
from gradcheck.search.shrinking import SECONDS as SHRINKING
from gradcheck.search.shrinking import shrunk_from
from gradcheck.search.tally import SEARCH, Tally

SECONDS = 10.0
"""How long a search takes at most, with the shrinking of what it finds."""

SHARE = 0.5
"""Of what is left, the time for one candidate: code may hang at values that nobody tried before."""

LEAST_SHRINKING = 0.5
"""Seconds in which what was found last is made a little smaller."""

MOST_LIMITS = 20
"""Edges of the domain that are looked at."""

COMBINATIONS = 100
"""Candidates that are awkward in several ways, once all the simple ones agree."""


def found(layer: Layer, *, seed: int = 0, budget: Budget = UNLIMITED) -> Iterator[Finding]:
    """Look for inputs at which a gradient goes wrong, starting from the layer's example.

    The search takes one kind of awkwardness after the other, then several at once, and stops at
    the first candidate at which a gradient disagrees that does not disagree at the example.
    Values at which the forward code raises, or is not finite, are outside its domain.

    Parameters
    ----------
    layer : Layer
        Any.
    seed : int
        Draws the candidates; the same seed gives the same ones.
    budget : Budget
        How long it may take, at most 10 s.

    Yields
    ------
    Finding
        One for each gradient: a disagreement at the candidate that was found, with its smallest
        case and a line that reproduces it, or how much was looked at in vain.

    Examples
    --------
    >>> import numpy as np
    >>> from gradcheck.adapters.recognition import layer
    >>> def forward(x):
    ...     return np.abs(x)
    >>> def backward(dout, x):
    ...     return dout * x / np.abs(x)
    >>> finding, = found(layer(forward, backward, [np.array([0.5, -1.2])]))
    >>> finding.verdict.value, finding.smallest.splitlines()[0]
    ('DISAGREE', 'x = np.array([0.0])')
    """
    search = _Search(layer, seed, budget.at_most(SECONDS))
    reported = set()
    for mistake in search.mistakes():
        yield mistake
        reported.add(mistake.quantity)
    yield from search.tally.findings(layer, besides=reported | search.wrong_before)


class _Search:
    """One search: where it looked, and what was wrong before it began."""

    def __init__(self, layer: Layer, seed: int, budget: Budget) -> None:
        self._layer, self._seed, self._budget = layer, seed, budget
        self._seen: set[Any] = set()
        self.tally = Tally()
        self.wrong_before: set[str] = set()

    def mistakes(self) -> Iterator[Finding]:
        """Yield the gradients that disagree at the first candidate at which one does."""
        self._look_at_example()
        for candidate in self._candidates():
            wrong = [f for f in self._look(candidate) if f.verdict is Verdict.DISAGREE]
            new = [finding for finding in wrong if finding.quantity not in self.wrong_before]
            for finding in new:
                rest = Budget(max(LEAST_SHRINKING, min(SHRINKING, self._budget.left)))
                yield replace(shrunk_from(candidate, self._layer, finding, rest), check=SEARCH)
            if new or not self._budget.left:
                return

    def _look_at_example(self) -> None:
        values = self._layer.values
        example = Candidate(kind="example", what="given", values=values, seed=self._seed)
        findings = self._look(example, share=1.0)
        self.wrong_before = {f.quantity for f in findings if f.verdict is Verdict.DISAGREE}

    def _candidates(self) -> Iterator[Candidate]:
        """Yield all candidates; what comes later depends on what became of earlier ones."""
        layer, seed, outside = self._layer, self._seed, self.tally.outside
        first = generic(layer, seed)
        yield first
        base = layer.values if first in outside else first.values
        yield from singles(layer, base, seed)
        if self.tally.evidence == {Evidence.EXACT}:  # other oracles would step out of the domain
            limits = (at_the_limit(layer, base, far, self._budget) for far in outside[:MOST_LIMITS])
            yield from (limit for limit in limits if limit is not None)
        yield from combinations(layer, base, seed, COMBINATIONS)

    def _look(self, candidate: Candidate, share: float = SHARE) -> tuple[Finding, ...]:
        """Return what is found, in a share of the time, where nobody looked before."""
        if candidate.key in self._seen:
            return ()
        self._seen.add(candidate.key)
        try:
            findings = judged(self._layer, candidate, Budget(share * self._budget.left))
        except OutsideDomain:
            self.tally.outside.append(candidate)
        except OutOfBudget:
            self.tally.unfinished += 1
        else:
            self.tally.add(candidate, findings)
            return findings
        return ()
