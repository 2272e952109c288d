"""What a failure prints: the worst disagreement in full, the others counted, on one screen."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence

from gradcheck.checks.finding import NUMERICAL, Finding, Verdict
from gradcheck.diagnosis.sentences import entry, sentence

WIDTH = 100
HEIGHT = 24
"""A screen, in columns and lines."""

LABEL = 12
"""Columns of the labels, so that what stands beside them is aligned."""

MOST_LINES = {"cause": 5, "smallest": 5, "note": 2, "reproduce": 4, "also": 2}
"""Lines that each part may take: together with title, values and summary they fill a screen."""

MOST_LOST = 2
"""Sentences on gradients that are right but keep too few digits."""

FORMS = ("forms", "batch", "derivative")
"""Checks that compare two values; the others are laws, which their notes speak of."""


def message(findings: Iterable[Finding], *, summary: str = "") -> str:
    """Say what is wrong, at most 24 lines of 100 columns.

    Parameters
    ----------
    findings : iterable of Finding
        Those that fail a run: they disagree, or keep fewer digits in floats than are required.
    summary : str
        A last line, for example a report's.

    Returns
    -------
    str
        The worst disagreement in full, the others counted.

    Examples
    --------
    >>> print(message([Finding(
    ...     operation="mean", point="given", check="derivative", quantity="delta_x",
    ...     candidate="backward", reference="numerical", oracle="balls", shape=(4,), entries=4,
    ...     wrong=4, worst_index=(1,), candidate_value=2.0, reference_value=0.5,
    ...     reference_error=1e-37, verdict=Verdict.DISAGREE, cause="all 4 entries are 4.000000 × "
    ...     "the true gradient: is a factor of 1/N (N = 4, axis 0 of x) missing?")]))
    mean, given: delta_x[1] is wrong in backward
      backward    2.0
      balls       0.5 ± 1e-37, by differences of the forward code
      wrong       4 of 4 entries
      cause       all 4 entries are 4.000000 × the true gradient: is a factor of 1/N (N = 4, axis 0
                  of x) missing?
    """
    findings = list(findings)
    wrong = sorted((f for f in findings if f.verdict is Verdict.DISAGREE), key=_rank)
    lost = [sentence(f) for f in findings if f.verdict is not Verdict.DISAGREE]
    lines = [*_in_full(wrong[0]), *_counted(wrong[1:])] if wrong else []
    for text in lost[:MOST_LOST]:
        lines += _wrapped(text, most=2)
    if summary:
        lines += _wrapped(summary, most=2)
    return "\n".join(lines[:HEIGHT])


def _rank(finding: Finding) -> tuple[bool, bool, float]:
    """Sort gradients before laws, explained ones before others, and by the size of the error."""
    size = finding.rel_error
    return finding.check not in FORMS, not finding.cause, -(math.inf if math.isnan(size) else size)


def _in_full(finding: Finding) -> list[str]:
    lines = [_title(finding)]
    if _compares_values(finding):
        lines += _labelled(_short(finding.candidate), repr(finding.candidate_value))
        lines += _labelled(*_reference(finding))
    if finding.wrong:
        lines += _labelled("wrong", _share(finding))
    lines += _labelled("cause", finding.cause)
    lines += _code("smallest", finding.smallest)
    lines += _labelled("note", finding.note)
    return lines + _code("reproduce", finding.reproduce)


def _compares_values(finding: Finding) -> bool:
    values = (finding.candidate_value, finding.reference_value)
    return finding.check in FORMS and not all(map(math.isnan, values))


def _title(finding: Finding) -> str:
    what = entry(finding.quantity, finding.worst_index)
    where = f"{finding.operation}, {finding.point}" if finding.point else finding.operation
    if finding.check in FORMS:
        end = f": {what} is wrong in {finding.candidate}"
    else:
        end = f": {what} breaks the law “{finding.check}”"
    return _cut(_cut(where, max(WIDTH - len(end), WIDTH // 3)) + end, WIDTH)


def _reference(finding: Finding) -> tuple[str, str]:
    value = repr(finding.reference_value)
    if math.isfinite(finding.reference_error) and finding.reference == NUMERICAL:
        value += f" ± {finding.reference_error:.0e}" if finding.reference_error else " ± 0"
    if finding.reference != NUMERICAL:
        return _short(finding.reference), value
    name, _, reason = finding.oracle.partition("; ")
    by = "by differences of the forward code" if name == "balls" else f"by {name or 'differences'}"
    because = f" ({reason})" if reason else ""
    return "balls" if name == "balls" else "numerical", f"{value}, {by}{because}"


def _short(witness: str) -> str:
    """Return what fits beside a value: ``matrix form`` as it is, names of strangers cut."""
    return _cut(witness, LABEL - 1)


def _share(finding: Finding) -> str:
    if finding.entries == 1:
        return "the only entry"
    return f"{finding.wrong} of {finding.entries} entries"


def _counted(others: Sequence[Finding]) -> list[str]:
    """Return a line on the disagreements that are not shown."""
    if not others:
        return []
    names = [_named(finding) for finding in others]
    shown = ", ".join(dict.fromkeys(names))
    return _wrapped(f"{len(others)} more disagree: {shown}", most=MOST_LINES["also"])


def _named(finding: Finding) -> str:
    if finding.check in FORMS:
        return f"{finding.operation}: {finding.quantity}"
    return f"{finding.operation}: {finding.check}"


def _labelled(label: str, text: str) -> list[str]:
    """Return a part of the message with its label, or nothing where there is nothing to say."""
    if not text.strip():
        return []
    indent = 2 + LABEL
    wrapped = _wrapped(text, most=MOST_LINES.get(label, 2), width=WIDTH - indent)
    return [f"  {label:<{LABEL}}{wrapped[0]}", *(" " * indent + line for line in wrapped[1:])]


def _code(label: str, code: str) -> list[str]:
    """Return lines of code for a reader to copy, the long ones broken at blanks."""
    width = WIDTH - LABEL - 2
    lines = [part for line in code.splitlines() for part in textwrap.wrap(line, width)]
    lines = [*lines[: MOST_LINES[label] - 1], "…"] if len(lines) > MOST_LINES[label] else lines
    heads = [label, *[""] * len(lines)]
    return [f"  {head:<{LABEL}}{line}" for head, line in zip(heads, lines, strict=False)]


def _wrapped(text: str, *, most: int, width: int = WIDTH) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()), width, max_lines=most, placeholder=" …", break_on_hyphens=False
    )


def _cut(text: str, width: int) -> str:
    """Shorten a name in its middle, where names differ least."""
    if len(text) <= width:
        return text
    left = (width - 1) // 2
    return f"{text[:left]}…{text[len(text) - (width - 1 - left) :]}"
