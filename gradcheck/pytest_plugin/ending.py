"""The end of a run: one line of counts, and the report where it was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gradcheck.checks.finding import Finding
from gradcheck.reporting import Report, provenance, write


def ending(
    findings: Sequence[Finding], directory: Path | None, *, seed: int, command: str, incomplete: str
) -> list[str]:
    """Write the report, and return the lines that pytest shows at the end.

    Parameters
    ----------
    findings : sequence of Finding
        In the order of the tests.
    directory : Path or None
        Where the report goes; None for nowhere.
    seed : int
        Of all that was drawn.
    command : str
        What the user typed.
    incomplete : str
        Why findings are missing; empty if none is.

    Raises
    ------
    OSError
        If the report cannot be written; what was there before is left as it was.
    """
    if directory is not None and not findings:
        return [f"no gradient was checked in this run: {directory} is left as it was"]
    missing = {"incomplete": incomplete} if incomplete else {}
    report = Report.of(findings, provenance(seed=seed, command=command) | missing)
    written = write(report, directory) if directory is not None else []
    return [
        f"{report.summary} (seed {seed})",
        *(f"{word}: {reason}" for word, reason in missing.items()),
        *(f"wrote {path}" for path in written),
    ]
