"""Which form is wrong: two witnesses against one name the culprit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from gradcheck.checks.finding import LAW, NUMERICAL, Finding, Verdict

ALL_AGREE = "all three agree"
BOTH_WRONG = "both forms agree on a wrong equation"


def culprit(findings: Sequence[Finding]) -> str:
    """Say what the comparisons of one quantity at one point mean together.

    Parameters
    ----------
    findings : sequence of Finding
        Form against form, and each form against the derivative, as far as there are any.

    Returns
    -------
    str
        A sentence; empty where too little is known.

    Examples
    --------
    >>> from gradcheck.checks.finding import Finding
    >>> def finding(candidate, reference, verdict):
    ...     return Finding(operation="dense", point="p", check="", quantity="delta_w",
    ...                    candidate=candidate, reference=reference, verdict=verdict)
    >>> culprit([
    ...     finding("matrix form", "scalar form", Verdict.DISAGREE),
    ...     finding("matrix form", "numerical", Verdict.DISAGREE),
    ...     finding("scalar form", "numerical", Verdict.AGREE),
    ... ])
    'the matrix form stands alone'
    """
    wrong = [f for f in findings if f.verdict is Verdict.DISAGREE]
    if not wrong:
        agreed = len(findings) == 3 and all(f.verdict is Verdict.AGREE for f in findings)
        return ALL_AGREE if agreed else ""
    against = {f.candidate: f.verdict for f in findings if f.reference == NUMERICAL}
    accused = [form for form, verdict in against.items() if verdict is Verdict.DISAGREE]
    cleared = [form for form, verdict in against.items() if verdict is Verdict.AGREE]
    if len(accused) == 1 and cleared:
        return f"the {accused[0]} stands alone"
    forms_differ = any(f.reference != NUMERICAL for f in wrong)
    if len(accused) > 1:
        return "both forms are wrong, each in its own way" if forms_differ else BOTH_WRONG
    if accused:
        return f"the {accused[0]} is not the derivative of the forward equation"
    return _forward_culprit(wrong)


def _forward_culprit(wrong: Sequence[Finding]) -> str:
    """Forms of an equation that has no derivative to be held against."""
    return f"the {wrong[0].candidate} and the {wrong[0].reference} are different functions"


def by_quantity(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Group findings by operation, point and quantity, in their order."""

    def key(finding: Finding) -> tuple[str, str, str]:
        return finding.operation, finding.point, finding.quantity

    for _, group in groupby(sorted(findings, key=key), key=key):
        yield list(group)


def verdict_lines(findings: Iterable[Finding]) -> list[str]:
    """Return a line for each quantity about which there is something to say."""
    lines = []
    for group in by_quantity(f for f in findings if f.reference != LAW):
        meaning = culprit(group)
        if meaning and meaning != ALL_AGREE:
            first = group[0]
            lines.append(f"{first.operation}, {first.quantity} ({first.point}): {meaning}")
    return lines
