"""A report: findings as a table, with the verdict on all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import Any

import pandas as pd

from gradcheck.checks.finding import Finding, Verdict, overall

SEVERITY = {Verdict.DISAGREE: 0, Verdict.INCONCLUSIVE: 1, Verdict.AGREE: 2}
COLUMNS = tuple(field.name for field in fields(Finding))


@dataclass(frozen=True, eq=False)
class Report:
    """Findings, and what they say together.

    Parameters
    ----------
    findings : iterable of Finding
        In any order; the report shows the worst first.
    meta : mapping
        What made the report: versions, platform, seed, command.
    """

    findings: tuple[Finding, ...]
    meta: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding], meta: Mapping[str, str] | None = None) -> Report:
        """Collect findings, worst first and otherwise in their order."""
        ordered = sorted(findings, key=_rank)
        return cls(tuple(ordered), dict(meta or {}))

    @property
    def verdict(self) -> Verdict:
        """One disagreement decides; nothing inconclusive counts as agreement."""
        return overall(finding.verdict for finding in self.findings)

    @property
    def accurate(self) -> bool:
        """Whether no float evaluation loses more than half of the digits that it could keep."""
        return all(finding.accuracy != "inaccurate" for finding in self.findings)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The findings as a DataFrame, one row each."""
        return pd.DataFrame([_row(finding) for finding in self.findings], columns=COLUMNS)

    @property
    def summary(self) -> str:
        """One line: how many comparisons, and what they say."""
        counts = Counter(finding.verdict for finding in self.findings)
        total = len(self.findings)
        parts = [f"{counts[verdict]} {verdict}" for verdict in SEVERITY if counts[verdict]]
        inaccurate = sum(finding.accuracy == "inaccurate" for finding in self.findings)
        if inaccurate:
            parts.append(f"{inaccurate} inaccurate in floats")
        comparisons = f"{total} comparison{'s' * (total != 1)}"
        if total and counts[Verdict.AGREE] == total:
            return ", ".join([f"{comparisons}: all agree", *parts[1:]])
        return f"{comparisons}: {', '.join(parts) or 'nothing was compared'}"


def _rank(finding: Finding) -> tuple[int, bool, float]:
    """Sort by verdict, then accuracy, then by what a reader would call the largest error."""
    size = finding.rel_error
    return (
        SEVERITY[finding.verdict],
        finding.accuracy != "inaccurate",
        -size if size == size else 0.0,
    )


def _row(finding: Finding) -> dict[str, Any]:
    return asdict(finding) | {
        "verdict": str(finding.verdict),
        "evidence": str(finding.evidence),
        "shape": str(finding.shape),
        "worst_index": format_index(finding.worst_index),
        "accuracy_index": format_index(finding.accuracy_index),
    }


def format_index(index: tuple[int, ...]) -> str:
    """Write an index as Python does; nothing for the index of a scalar."""
    return f"[{', '.join(map(str, index))}]" if index else ""
