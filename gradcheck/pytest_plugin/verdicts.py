"""From findings to the ending of a test: it passes, fails or is skipped, with our text alone."""

from __future__ import annotations

import pytest

from gradcheck.checks.finding import Verdict
from gradcheck.diagnosis.sentences import sentence
from gradcheck.pytest_plugin.run import FAIL, SKIP
from gradcheck.reporting import Report

__tracebackhide__ = True  # pytest shows none of the frames of this module

SHOWN = 5
"""Findings that are told one by one: a failure is to fit the screen."""

CURE = (
    "a gradient that was not decided is not known to be right: give inputs at which it can be, "
    "pass allow_inconclusive=True, name it in expected_failures, or set gradcheck_inconclusive to "
    "skip or pass in pytest's configuration"
)


def judge(report: Report, *, inconclusive: str, again: str) -> None:
    """End a test as its findings demand.

    Parameters
    ----------
    report : Report
        What was found.
    inconclusive : str
        What a test does if nothing disagrees and something is inconclusive; one of `ENDINGS`.
    again : str
        The line of a shell that runs the test again.

    Raises
    ------
    AssertionError
        If something disagrees, or is inconclusive and that fails a test.
    """
    try:
        report.raise_for_disagreement()
    except AssertionError as wrong:
        raise AssertionError(_with_line(str(wrong), again)) from None
    if report.verdict != "inconclusive":
        return
    if inconclusive == SKIP:
        pytest.skip(_undecided(report))
    if inconclusive == FAIL:
        raise AssertionError(_with_line(f"{_undecided(report)}\n{CURE}", again))


def _undecided(report: Report) -> str:
    undecided = [f for f in report.findings if f.verdict is Verdict.INCONCLUSIVE]
    lines = [sentence(finding) for finding in undecided[:SHOWN]]
    more = [f"... and {len(undecided) - SHOWN} more"] if len(undecided) > SHOWN else []
    return "\n".join([*lines, *more]) or "nothing was compared"


def _with_line(text: str, again: str) -> str:
    shown = again in " ".join(text.split())  # perhaps in several lines
    return text if shown else f"{text}\nreproduce: {again}"
