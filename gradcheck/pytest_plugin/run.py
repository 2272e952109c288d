"""What checks need to know of the pytest run that they are part of, and what they tell it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from gradcheck.checks.finding import Finding, Verdict

FAIL, SKIP, PASS = "fail", "skip", "pass"
ENDINGS = (FAIL, SKIP, PASS)
"""What an inconclusive check can do to its test."""


@dataclass(eq=False)
class Run:
    """A pytest run.

    Attributes
    ----------
    seed : int
        Of all that is drawn in its checks.
    inconclusive : str
        One of `ENDINGS`.
    test : str
        The node id of the test that runs.
    """

    seed: int = 0
    inconclusive: str = FAIL
    test: str = ""
    _found: list[Finding] = field(default_factory=list)

    @property
    def again(self) -> str:
        """The line of a shell that brings the test back; empty outside of tests."""
        return f"pytest {shlex.quote(self.test)} --gradcheck-seed {self.seed}" if self.test else ""

    def record(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Keep findings for the report, and return them with the line that brings them back."""
        kept = tuple(map(self._reproducible, findings))
        self._found += kept
        return kept

    def take(self) -> list[Finding]:
        """Return what was recorded since this was last asked."""
        found, self._found = self._found, []
        return found

    def _reproducible(self, finding: Finding) -> Finding:
        if finding.verdict is Verdict.AGREE or finding.reproduce:
            return finding
        return replace(finding, reproduce=self.again)


RUNS: list[Run] = []
"""The runs of this process, the current one last: a test of a plugin runs pytest in pytest."""


def current() -> Run:
    """Return the current run, or the ways of an ordinary one where the plugin is not loaded."""
    return RUNS[-1] if RUNS else Run()
