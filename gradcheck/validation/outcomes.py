"""What came of one layer: its findings, and one verdict on all of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.records import finding_of
from gradcheck.reporting import Report
from gradcheck.validation.rows import crashed
from gradcheck.validation.workers import Ending

CRASHED = str(Verdict.CRASHED)


@dataclass(frozen=True)
class Outcome:
    """One layer.

    Attributes
    ----------
    target, name : str
        Where it is, and what it is called, with the arguments of its constructor.
    example : str
        The shapes of its inputs; empty if it did not get that far.
    findings : tuple of Finding
        At least one.
    output : str
        What it printed, cut.
    seconds : float
        How long it took, with its imports.
    require_digits : float, optional
        Digits that floats have to keep.
    """

    target: str
    name: str
    findings: tuple[Finding, ...]
    example: str = ""
    output: str = ""
    seconds: float = 0.0
    require_digits: float | None = field(default=None)

    @property
    def report(self) -> Report:
        """The findings as a report, the worst first."""
        return Report.of(self.findings, require_digits=self.require_digits)

    @property
    def verdict(self) -> str:
        """``"agree"``, ``"disagree"``, ``"inconclusive"`` or ``"crashed"``.

        A disagreement that was found before a crash is the better answer.
        """
        return self.report.verdict

    @property
    def crash(self) -> str:
        """Why it crashed; empty if it did not."""
        return next((f.note for f in self.findings if f.verdict is Verdict.CRASHED), "")


def outcome(
    target: str,
    name: str,
    ending: Ending,
    *,
    require_digits: float | None = None,
    reproduce: str = "",
) -> Outcome:
    """Return what came of a layer whose worker has ended.

    Parameters
    ----------
    target, name : str
        Which layer.
    ending : Ending
        Of the worker that examined it.
    require_digits : float, optional
        Digits that floats have to keep.
    reproduce : str
        The command that brings a disagreement back.
    """
    said = {key: text for answer in ending.answers for key, text in answer.items()}
    title, example = str(said.get("name", name)), str(said.get("example", ""))
    findings = [
        _placed(finding_of(answer["finding"]), example, reproduce)
        for answer in ending.answers
        if "finding" in answer
    ]
    if ending.crashed:
        findings.append(crashed(title, ending.crashed))
    return Outcome(
        target,
        title,
        tuple(findings),
        example,
        ending.output,
        ending.seconds,
        require_digits,
    )


def _placed(finding: Finding, example: str, reproduce: str) -> Finding:
    """Return a finding that says on which inputs it was made, and how to make it again."""
    if example and finding.point == "given":
        finding = replace(finding, point=example)
    if reproduce and finding.verdict is Verdict.DISAGREE and not finding.reproduce:
        finding = replace(finding, reproduce=reproduce)
    return finding
