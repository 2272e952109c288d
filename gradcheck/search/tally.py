"""What a search looked at in vain, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gradcheck.checks.evaluation import CODE_WITNESS
from gradcheck.checks.finding import NUMERICAL, Evidence, Finding, Verdict
from gradcheck.notation import delta
from gradcheck.notation.layer import Layer
from gradcheck.search.candidate import Candidate

SEARCH = "search"
"""The name of the check in findings."""


@dataclass
class Tally:
    """Candidates and the verdicts on them.

    Attributes
    ----------
    kinds : Counter
        How many of each kind were judged.
    outside : list of Candidate
        Those outside the domain.
    unfinished : int
        How many there was not enough time for.
    verdicts : Counter
        How often each gradient got each verdict.
    evidence : set of Evidence
        How these were reached.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    outside: list[Candidate] = field(default_factory=list)
    unfinished: int = 0
    verdicts: Counter[tuple[str, Verdict]] = field(default_factory=Counter)
    evidence: set[Evidence] = field(default_factory=set)

    def add(self, candidate: Candidate, findings: Iterable[Finding]) -> None:
        """Count the verdicts on one candidate."""
        self.kinds[candidate.kind] += 1
        for finding in findings:
            self.verdicts[finding.quantity, finding.verdict] += 1
            self.evidence.add(finding.evidence)

    def findings(self, layer: Layer, besides: Iterable[str]) -> Iterator[Finding]:
        """Yield what became of every gradient, besides some of which more is known."""
        known = set(besides)
        for symbol in layer.differentiable:
            if delta(symbol) not in known:
                yield self._finding(layer, symbol)

    def _finding(self, layer: Layer, symbol: str) -> Finding:
        name, x = delta(symbol), layer.values[symbol]
        agreed = self.verdicts[name, Verdict.AGREE]
        measured = Evidence.MEASURED in self.evidence or not self.evidence
        return Finding(
            operation=layer.name,
            point=f"{self.kinds.total()} searched",
            check=SEARCH,
            quantity=name,
            candidate=CODE_WITNESS,
            reference=NUMERICAL,
            evidence=Evidence.MEASURED if measured else Evidence.EXACT,
            shape=x.shape,
            entries=x.size,
            verdict=Verdict.AGREE if agreed else Verdict.INCONCLUSIVE,
            note=self._sentence(agreed),
        )

    def _sentence(self, agreed: int) -> str:
        looked = self.kinds.total()
        rest = {
            "could not be decided": looked - agreed,
            "lie outside the domain": len(self.outside),
            "took too long": self.unfinished,
        }
        more = "".join(f"; {count} {what}" for what, count in rest.items() if count)
        return f"agrees at {agreed} of {looked} inputs of {len(self.kinds)} kinds{more}"
