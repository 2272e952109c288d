"""Findings as text: the columns a reader wants, numbers that make no claim beyond their digits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from tabulate import tabulate

from gradcheck.checks.finding import LAW, Finding

Cell = Callable[[Finding], str]


def number(x: float, digits: int = 3) -> str:
    """Write a number so that rounding makes no claim: ``0`` stands for exactly zero only.

    Examples
    --------
    >>> number(0.0), number(1.2e-17), number(float("nan"))
    ('0', '1.2e-17', '')
    """
    if math.isnan(x):
        return ""
    return "0" if x == 0 else f"{x:.{digits}g}"


def value(x: float) -> str:
    """Write a value with enough digits to recognise it; NaN is a value and is written."""
    return "nan" if math.isnan(x) else number(x, 8)


COLUMNS: Mapping[str, Cell] = {
    "operation": lambda f: f.operation,
    "point": lambda f: f.point,
    "quantity": lambda f: f.quantity,
    "candidate": lambda f: f.candidate,
    "against": lambda f: f"law: {f.check}" if f.reference == LAW else f.reference,
    "evidence": lambda f: str(f.evidence),
    "entries": lambda f: str(f.entries),
    "worst": lambda f: format_index(f.worst_index),
    "value": lambda f: value(f.candidate_value) if f.entries else "",
    "reference value": lambda f: value(f.reference_value) if f.entries else "",
    "rel. error": lambda f: number(f.rel_error, 2),
    "digits": lambda f: digits(f.digits),
    "floor": lambda f: number(f.floor, 1),
    "ulp (entitled)": lambda f: _ulp(f),
    "verdict": lambda f: f.verdict + (" (kink)" if f.kink else ""),
}


def table(findings: Iterable[Finding], fmt: str = "simple") -> str:
    """Return findings as a table in any of tabulate's formats.

    Parameters
    ----------
    findings : iterable of Finding
        One row each, in their order.
    fmt : str
        A name from `tabulate.tabulate_formats`.

    Raises
    ------
    ValueError
        If tabulate knows no such format.
    """
    rows = [[cell(finding) for cell in COLUMNS.values()] for finding in findings]
    return tabulate(rows, headers=list(COLUMNS), tablefmt=fmt, disable_numparse=True)


def notes(findings: Sequence[Finding]) -> list[str]:
    """Return the sentences that go with findings, each once."""
    lines = [f"{f.operation}, {f.quantity}, {f.candidate}: {f.note}" for f in findings if f.note]
    return list(dict.fromkeys(lines))


def digits(x: float) -> str:
    """Write a number of decimal digits: whole ones, and ``all`` where the balls are one number."""
    if math.isnan(x):
        return ""
    return f"{math.floor(x)}" if math.isfinite(x) else "all" if x > 0 else "none"


def _ulp(finding: Finding) -> str:
    if math.isnan(finding.ulp):
        return ""
    mark = "" if finding.accuracy == "accurate" else " inaccurate"
    return f"{number(finding.ulp, 2)} ({number(finding.ulp_entitled, 2)}){mark}"


def format_index(index: tuple[int, ...]) -> str:
    """Write an index as Python does; nothing for that of a scalar.

    Examples
    --------
    >>> format_index((0, 2))
    '[0, 2]'
    """
    return f"[{', '.join(map(str, index))}]" if index else ""
