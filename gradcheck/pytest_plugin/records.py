"""Findings as a text that crosses from one process to another, with every digit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from gradcheck.checks.finding import Evidence, Finding, Verdict


def to_text(findings: Iterable[Finding]) -> str:
    """Return findings as JSON, in which NaN and infinity are numbers too.

    Examples
    --------
    >>> finding = Finding(operation="relu", point="given", check="derivative", quantity="delta_x",
    ...                   candidate="backward", reference="numerical", worst_index=(0, 2),
    ...                   verdict=Verdict.DISAGREE)
    >>> [back] = from_text(to_text([finding]))
    >>> back.verdict, back.worst_index
    (<Verdict.DISAGREE: 'DISAGREE'>, (0, 2))
    """
    return json.dumps([asdict(finding) for finding in findings], default=_number)


def from_text(text: str) -> list[Finding]:
    """Return the findings of which `to_text` made a text."""
    return [_finding(columns) for columns in json.loads(text)]


def _finding(columns: dict[str, Any]) -> Finding:
    tuples = {name: tuple(cell) for name, cell in columns.items() if isinstance(cell, list)}
    kinds = {"verdict": Verdict(columns["verdict"]), "evidence": Evidence(columns["evidence"])}
    return Finding(**(columns | tuples | kinds))


def _number(value: Any) -> Any:
    """Return a number of NumPy's as Python's."""
    return value.item()
