"""A report: findings as a table, with the verdict on all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import Any

import pandas as pd

from gradcheck.checks.evaluation import CODE_WITNESS
from gradcheck.checks.finding import LAW, Finding, Verdict, overall
from gradcheck.diagnosis.culprit import verdict_lines
from gradcheck.diagnosis.message import message
from gradcheck.diagnosis.sentences import sentence
from gradcheck.reporting.tables import format_index, notes, table

WORST_FIRST = (Verdict.DISAGREE, Verdict.CRASHED, Verdict.INCONCLUSIVE, Verdict.AGREE)
SEVERITY = {verdict: n for n, verdict in enumerate(WORST_FIRST)}
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
    require_digits : float, optional
        Decimal digits that floats have to keep wherever conditioning allows them.
    """

    findings: tuple[Finding, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    require_digits: float | None = None

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        meta: Mapping[str, str] | None = None,
        *,
        require_digits: float | None = None,
    ) -> Report:
        """Collect findings, worst first and otherwise in their order."""
        ordered = sorted(findings, key=_rank)
        return cls(tuple(ordered), dict(meta or {}), require_digits)

    @property
    def verdict(self) -> str:
        """``"agree"``, ``"disagree"``, ``"inconclusive"``, or ``"crashed"`` from the command line.

        One disagreement decides, nothing inconclusive counts as agreement, and where digits are
        required, a float evaluation that keeps fewer disagrees.
        """
        if self.too_few_digits:
            return str(Verdict.DISAGREE).lower()
        return str(overall(finding.verdict for finding in self.findings)).lower()

    @property
    def too_few_digits(self) -> tuple[Finding, ...]:
        """The findings that keep fewer digits in floats than are required and possible."""
        if self.require_digits is None:
            return ()
        return tuple(f for f in self.findings if keeps_too_few(f, self.require_digits))

    @property
    def accurate(self) -> bool:
        """Whether no float evaluation loses more than half of the digits that it could keep."""
        return all(finding.accuracy != "inaccurate" for finding in self.findings)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The findings as a DataFrame, one row each."""
        return pd.DataFrame([_row(finding) for finding in self.findings], columns=COLUMNS)

    @property
    def comparisons(self) -> tuple[Finding, ...]:
        """The findings in which two values were compared."""
        return tuple(finding for finding in self.findings if finding.reference != LAW)

    @property
    def laws(self) -> tuple[Finding, ...]:
        """The findings of laws."""
        return tuple(finding for finding in self.findings if finding.reference == LAW)

    @property
    def summary(self) -> str:
        """One line: how many comparisons and laws, and what they say."""
        counted = _counted("comparison", self.comparisons, "agree")
        inaccurate = sum(finding.accuracy == "inaccurate" for finding in self.findings)
        parts = [counted, f"{inaccurate} inaccurate in floats" if inaccurate else ""]
        said = ", ".join(filter(None, parts))
        return f"{said}; {_counted('law', self.laws, 'hold')}" if self.laws else said

    @property
    def remarks(self) -> list[str]:
        """What there is to say beside the table: how code was understood, culprits, notes."""
        lost = [f for f in self.findings if f.accuracy == "inaccurate"]
        seen = [f"recognised: {self.meta['recognised']}"] if "recognised" in self.meta else []
        said = [*verdict_lines(self.findings), *notes(self.findings), *map(sentence, lost)]
        return list(dict.fromkeys([*seen, *said]))

    @property
    def sentences(self) -> list[str]:
        """Every comparison as a sentence, the worst first."""
        return [sentence(finding) for finding in self.findings]

    def text(self, fmt: str = "simple") -> str:
        """Return table, remarks and summary, the table in any of tabulate's formats.

        Laws that hold have no row: what there is to say of them is among the remarks.
        """
        return "\n".join([table(self.rows, fmt), "", *self.remarks, self.summary])

    @property
    def rows(self) -> tuple[Finding, ...]:
        """What a table shows: all comparisons, and laws that do not hold."""
        return tuple(
            finding
            for finding in self.findings
            if finding.reference != LAW or finding.verdict is not Verdict.AGREE
        )

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Report: {self.summary}>"

    @property
    def message(self) -> str:
        """What is wrong, on one screen: the worst disagreement in full, the others counted."""
        wrong = [f for f in self.findings if f.verdict is Verdict.DISAGREE]
        forms = verdict_lines([f for f in wrong if f.candidate != CODE_WITNESS])
        summary = "; ".join([*forms, self.summary])
        return message((*wrong, *self.too_few_digits), summary=summary)

    def raise_for_disagreement(self) -> None:
        """Raise if the verdict is ``"disagree"``.

        Raises
        ------
        AssertionError
            With the message, which fits one screen.
        """
        __tracebackhide__ = True  # pytest shows the message and no frame of ours
        if self.verdict == "disagree":
            raise AssertionError(self.message)


ALLOWANCE = 1.0
"""Digits: what conditioning allows is measured by a few random moves, to a factor of ten."""


def keeps_too_few(finding: Finding, required: float) -> bool:
    """Tell whether a finding keeps fewer digits than are required and possible."""
    return finding.digits_kept < min(required, finding.digits_allowed - ALLOWANCE)


def _counted(what: str, findings: Sequence[Finding], verb: str) -> str:
    """Count verdicts; the verb is what findings of this kind do when they agree."""
    counts = Counter(finding.verdict for finding in findings)
    total = f"{len(findings)} {what}{'s' * (len(findings) != 1)}"
    if findings and counts[Verdict.AGREE] == len(findings):
        return f"{total}: all {verb}"
    words = {Verdict.AGREE: verb}
    parts = [f"{counts[v]} {words.get(v, str(v))}" for v in SEVERITY if counts[v]]
    return f"{total}: {', '.join(parts) or 'nothing was compared'}"


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
