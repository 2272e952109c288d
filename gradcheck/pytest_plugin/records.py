"""Findings as a text that crosses from one process to another, with every digit."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gradcheck.checks.finding import Finding
from gradcheck.checks.records import finding_of, plain, record_of


def to_text(findings: Iterable[Finding]) -> str:
    """Return findings as JSON, in which NaN and infinity are numbers too.

    Examples
    --------
    >>> from gradcheck.checks.finding import Verdict
    >>> finding = Finding(operation="relu", point="given", check="derivative", quantity="delta_x",
    ...                   candidate="backward", reference="numerical", worst_index=(0, 2),
    ...                   verdict=Verdict.DISAGREE)
    >>> [back] = from_text(to_text([finding]))
    >>> back.verdict, back.worst_index
    (<Verdict.DISAGREE: 'DISAGREE'>, (0, 2))
    """
    return json.dumps(list(map(record_of, findings)), default=plain)


def from_text(text: str) -> list[Finding]:
    """Return the findings of which `to_text` made a text."""
    return [finding_of(record) for record in json.loads(text)]
