"""Findings as records of plain values, with which they cross from one process to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gradcheck.checks.finding import Evidence, Finding, Verdict


def record_of(finding: Finding) -> dict[str, Any]:
    """Return a finding as a dictionary; `json.dumps` takes it with ``default=plain``."""
    return asdict(finding)


def finding_of(record: Mapping[str, Any]) -> Finding:
    """Return the finding that a record stands for, also after it went through JSON.

    Examples
    --------
    >>> import json
    >>> finding = Finding(operation="relu", point="given", check="derivative", quantity="delta_x",
    ...                   candidate="backward", reference="numerical", worst_index=(0, 2),
    ...                   verdict=Verdict.DISAGREE)
    >>> back = finding_of(json.loads(json.dumps(record_of(finding), default=plain)))
    >>> back.verdict, back.worst_index
    (<Verdict.DISAGREE: 'DISAGREE'>, (0, 2))
    """
    tuples = {name: tuple(value) for name, value in record.items() if isinstance(value, list)}
    kinds = {"verdict": Verdict(record["verdict"]), "evidence": Evidence(record["evidence"])}
    return Finding(**{**record, **tuples, **kinds})


def plain(value: Any) -> Any:
    """Return a number of NumPy's as Python's."""
    return value.item()
