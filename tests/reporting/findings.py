"""Findings to be reported, made by hand."""

from typing import Any

from gradcheck.checks.finding import Finding, Verdict

ORDINARY: dict[str, Any] = {
    "operation": "dense",
    "point": "random",
    "check": "derivative",
    "quantity": "delta_w",
    "candidate": "matrix form",
    "reference": "numerical",
    "entries": 6,
    "shape": (2, 3),
    "verdict": Verdict.AGREE,
}


def finding(**columns: Any) -> Finding:
    """Return a finding that agrees, but for these columns."""
    return Finding(**(ORDINARY | columns))
