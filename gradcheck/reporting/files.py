"""Reports as files: one function a format, written whole or not at all."""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gradcheck.reporting.report import Report
from gradcheck.reporting.tables import table

STEM = "gradient_accuracy"


def markdown(report: Report) -> str:
    """Return the report as a page of Markdown: summary, table, notes, provenance."""
    lines = [
        "# Gradient accuracy",
        "",
        report.summary + ".",
        "",
        table(report.rows, "github"),
        "",
    ]
    if report.remarks:
        lines += ["## Notes", "", *(f"- {remark}" for remark in report.remarks), ""]
    lines += ["## Made by", "", *(f"- {key}: {text}" for key, text in report.meta.items()), ""]
    return "\n".join(lines)


def csv(report: Report) -> str:
    """Return the findings as comma-separated values, every column, floats with all digits."""
    return report.frame.to_csv(index=False, lineterminator="\n")


def as_json(report: Report) -> str:
    """Return summary, provenance and findings as JSON; numbers that are unknown are null."""
    content = {
        "summary": report.summary,
        "verdict": report.verdict,
        "accurate": report.accurate,
        "made_by": dict(report.meta),
        "findings": [_record(row) for row in report.frame.to_dict(orient="records")],
    }
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _record(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row without the numbers that JSON does not have."""
    return {str(name): _json_number(cell) for name, cell in row.items()}


def _json_number(cell: Any) -> Any:
    if isinstance(cell, float) and not math.isfinite(cell):
        return None if math.isnan(cell) else str(cell)
    return cell


WRITERS: Mapping[str, Callable[[Report], str]] = {".md": markdown, ".csv": csv, ".json": as_json}


def write(report: Report, directory: Path) -> list[Path]:
    """Write ``gradient_accuracy.md``, ``.csv`` and ``.json`` into a directory.

    All texts are made and stored under temporary names first, and take their places only then:
    an error leaves the earlier files as they were.

    Parameters
    ----------
    report : Report
        What is written.
    directory : Path
        Where; made if missing.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    OSError
        If the directory cannot be made or written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    texts = {directory / f"{STEM}{suffix}": writer(report) for suffix, writer in WRITERS.items()}
    staged: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            staged[path] = stage(path, text)
        for path, temporary in staged.items():
            temporary.replace(path)
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
    return list(texts)


def stage(path: Path, text: str) -> Path:
    """Store a text beside its destination, so that taking its place is one atomic step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    temporary.chmod(0o644)  # mkstemp makes it private; a report is to be read
    return temporary
