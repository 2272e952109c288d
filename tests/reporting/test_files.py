"""Reports as files: their content, and that they are written whole or not at all."""

from __future__ import annotations

import csv
import json
from importlib import metadata
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcheck.checks.finding import Verdict
from gradcheck.reporting import Report, files, provenance, write
from tests.reporting.findings import finding
from tests.reporting.test_report import PROMISED

META = {"command": "gradcheck report", "seed": "0"}
THIRD = 1 / 3
REPORT = Report.of(
    [
        finding(candidate_value=THIRD, reference_value=np.nan, worst_index=(0, 1)),
        finding(verdict=Verdict.DISAGREE, rel_error=np.inf, note="one | two"),
    ],
    META,
)


def contents(directory: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in directory.iterdir()}


@pytest.fixture
def written(tmp_path) -> Path:
    write(REPORT, tmp_path)
    return tmp_path


def test_three_files_are_written_and_returned(tmp_path):
    paths = write(REPORT, tmp_path / "new" / "directory")
    assert [path.suffix for path in paths] == [".md", ".csv", ".json"]
    assert all(path.is_file() for path in paths)


def test_the_csv_has_the_promised_columns_and_a_row_each(written):
    frame = pd.read_csv(written / "gradient_accuracy.csv")
    assert set(PROMISED) <= set(frame.columns)
    assert frame["verdict"].tolist() == ["DISAGREE", "agree"]


def test_the_csv_keeps_every_digit(written):
    with (written / "gradient_accuracy.csv").open(encoding="utf-8", newline="") as file:
        values = [row["candidate_value"] for row in csv.DictReader(file)]
    assert float(values[1]) == THIRD


def test_the_csv_has_unix_lines_everywhere(written):
    assert b"\r" not in (written / "gradient_accuracy.csv").read_bytes()


def test_the_json_is_strict_and_unknown_numbers_are_null(written):
    text = (written / "gradient_accuracy.json").read_text(encoding="utf-8")
    content = json.loads(text, parse_constant=pytest.fail)
    assert content["findings"][1]["reference_value"] is None
    assert content["findings"][0]["rel_error"] == "inf"


def test_the_json_has_verdict_summary_and_provenance(written):
    content = json.loads((written / "gradient_accuracy.json").read_text(encoding="utf-8"))
    assert (content["verdict"], content["made_by"]) == ("disagree", META)
    assert content["summary"] == REPORT.summary


def test_the_markdown_has_summary_table_notes_and_provenance(written):
    text = (written / "gradient_accuracy.md").read_text(encoding="utf-8")
    assert REPORT.summary in text
    assert "| operation" in text
    assert "one | two" in text
    assert "- seed: 0" in text


def test_files_can_be_read_by_everybody(written):
    assert {path.stat().st_mode & 0o777 for path in written.iterdir()} == {0o644}


def test_nothing_but_the_files_is_left(written):
    assert len(list(written.iterdir())) == 3


FAILING = Report.of([finding()], META)


def test_a_text_that_cannot_be_made_leaves_the_earlier_files(written, monkeypatch):
    before = contents(written)
    monkeypatch.setitem(files.WRITERS, ".json", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(FAILING, written)
    assert contents(written) == before


def test_a_write_that_fails_half_way_leaves_the_earlier_files(written, monkeypatch):
    """The second file finds the disk full: the first must not have taken its place yet."""
    before, stage = contents(written), files.stage

    def full_for_the_second(path, text):
        if path.suffix == ".csv":
            raise OSError("No space left on device")
        return stage(path, text)

    monkeypatch.setattr(files, "stage", full_for_the_second)
    with pytest.raises(OSError, match="No space left"):
        write(FAILING, written)
    assert contents(written) == before


def test_a_disk_that_fills_while_writing_leaves_nothing(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError("No space left on device")

    monkeypatch.setattr(files.os, "fdopen", full)
    with pytest.raises(OSError, match="No space left"):
        write(FAILING, tmp_path)
    assert contents(tmp_path) == {}


def test_provenance_tells_versions_platform_seed_and_command():
    told = provenance(seed=3, command="gradcheck report x.py")
    assert (told["seed"], told["command"]) == ("3", "gradcheck report x.py")
    assert told["numpy"] == np.__version__
    assert {"python", "platform", "gradcheck", "python-flint"} <= set(told)


def test_provenance_names_what_is_not_installed(monkeypatch):
    def missing(package):
        raise metadata.PackageNotFoundError(package)

    monkeypatch.setattr(metadata, "version", missing)
    assert provenance(seed=0, command="")["sympy"] == "not installed"
