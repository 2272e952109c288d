"""Outcomes as text: a line for each layer, what is wrong with it, and how many there are."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.diagnosis.message import WIDTH, message
from gradcheck.diagnosis.sentences import sentence
from gradcheck.reporting import Report
from gradcheck.reporting.files import as_json
from gradcheck.validation.outcomes import CRASHED, Outcome
from gradcheck.validation.rows import RUN

WORDS = {
    "disagree": str(Verdict.DISAGREE),
    CRASHED: CRASHED,
    "inconclusive": str(Verdict.INCONCLUSIVE),
    "agree": str(Verdict.AGREE),
}
"""The verdicts as they are printed, the worst first."""


def title(outcome: Outcome) -> str:
    """Return the name of a layer and the shapes that it was tried on."""
    return f"{outcome.name}, {outcome.example}" if outcome.example else outcome.name


def text(outcome: Outcome) -> str:
    """Return the line of a layer and, unless it agrees, what there is to say about it."""
    line = f"{WORDS[outcome.verdict]:<12}  {title(outcome)}"
    return "\n".join(filter(None, [line, textwrap.indent(body(outcome), "  ")]))


def body(outcome: Outcome) -> str:
    """Return what there is to say about a layer: nothing if it agrees."""
    if outcome.verdict == CRASHED:
        return "\n".join(filter(None, [outcome.crash, _printed(outcome)]))
    report = outcome.report
    if outcome.verdict == "disagree":
        wrong = [f for f in report.findings if f.verdict is Verdict.DISAGREE]
        end = f"then it crashed: {outcome.crash}" if outcome.crash else ""
        return message([*wrong, *report.too_few_digits], summary=end)
    open_ones = [f for f in report.findings if f.verdict is Verdict.INCONCLUSIVE]
    return "\n".join(dict.fromkeys(map(_said, open_ones)))


def _said(finding: Finding) -> str:
    text = finding.note if finding.check == RUN else sentence(finding)
    return textwrap.fill(text, WIDTH, break_on_hyphens=False, break_long_words=False)


def _printed(outcome: Outcome) -> str:
    return (
        f"it printed:\n{textwrap.indent(outcome.output.rstrip(), '  ')}" if outcome.output else ""
    )


def summary(outcomes: Sequence[Outcome], report: Report) -> str:
    """Return one line on all layers and all comparisons.

    Parameters
    ----------
    outcomes : sequence of Outcome
        Of the layers.
    report : Report
        All their findings.
    """
    counts = Counter(outcome.verdict for outcome in outcomes)
    parts = [f"{counts[verdict]} {word}" for verdict, word in WORDS.items() if counts[verdict]]
    total = len(outcomes)
    layers = f"{total} layer{'s' * (total != 1)}: {', '.join(parts) or 'nothing was checked'}"
    compared = replace(report, findings=tuple(f for f in report.findings if f.check != RUN))
    return f"{layers}; {compared.summary}" if compared.findings else layers


def to_json(outcomes: Sequence[Outcome], report: Report, not_reached: Sequence[str]) -> str:
    """Return the report as JSON, with a list of the layers."""
    content = json.loads(as_json(report))
    content["summary"] = summary(outcomes, report)
    content["layers"] = [
        {
            "target": outcome.target,
            "layer": outcome.name,
            "example": outcome.example,
            "verdict": outcome.verdict,
            "message": body(outcome),
            "output": outcome.output,
            "seconds": round(outcome.seconds, 3),
        }
        for outcome in outcomes
    ]
    content["not_reached"] = list(not_reached)
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
