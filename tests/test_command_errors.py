"""What could not run: said in one line with the cure, with a status of its own."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.command import COULD_NOT_RUN, RIGHT, report, report_on


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


ERRORS = {
    "no such file": ("missing.py", None, "there is no file missing.py: check the path"),
    "no such module": ("no_such_module", None, "there is no module no_such_module: check its"),
    "no name at all": ("what is this", None, "'what is this' is neither a module's name nor"),
    "an import that fails": ("layer.py", "import no_such_thing", "No module named 'no_such_thing'"),
    "a syntax error": (
        "layer.py",
        "def f(:\n  pass",
        "SyntaxError: invalid syntax (layer.py, line",
    ),
    "an error of two lines": ("layer.py", "raise ValueError('a\\nb')", "ValueError: a b; correct"),
    "an exit": ("layer.py", "raise SystemExit(0)", "layer.py cannot be imported: SystemExit: 0"),
    "no operations": ("layer.py", "x = 1", "layer.py has no operations: build one with"),
    "an unknown name": ("layer.py:cube", RIGHT, "has no operation 'cube'; it has square"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_what_cannot_run_is_said_in_one_line(here, name):
    place, text, message = ERRORS[name]
    if text is not None:
        Path("layer.py").write_text(text, encoding="utf-8")
    result = report(place)
    assert result.exit_code == COULD_NOT_RUN
    assert message in result.stderr
    assert result.stderr.startswith("gradcheck: ")
    assert result.stderr.count("\n") == 1


WRONG_OPTIONS = {
    "a format": (("--format", "nice"), "--format nice: tabulate has no such format; take one of"),
    "a negative seed": (("--seed", "-1"), "--seed -1: a seed is 0 or larger"),
    "a pattern": (("--only", "conv*"), "--only conv*: matches none of square"),
}


@pytest.mark.parametrize("name", WRONG_OPTIONS)
def test_a_wrong_option_is_said_in_one_line_with_the_cure(here, name):
    options, message = WRONG_OPTIONS[name]
    result = report_on(RIGHT, *options)
    assert (result.exit_code, result.stderr.count("\n")) == (COULD_NOT_RUN, 1)
    assert message in result.stderr


def test_a_seed_that_is_no_number_is_refused_by_name(here):
    result = report_on(RIGHT, "--seed", "one")
    assert result.exit_code == COULD_NOT_RUN
    assert "'--seed': 'one' is not a valid integer" in result.stderr


def test_nothing_is_written_when_it_could_not_run(here):
    report_on(RIGHT, "--only", "conv*")
    assert not Path("reports").exists()


def test_a_directory_that_cannot_be_made_is_said_with_the_cure(here):
    Path("file").write_text("", encoding="utf-8")
    result = report_on(RIGHT, "--out", "file/reports")
    assert (result.exit_code, result.stderr.count("\n")) == (COULD_NOT_RUN, 1)
    assert "--out file/reports: cannot be written (Not a directory); name another" in result.stderr


def test_a_disk_that_is_full_is_no_verdict(here, monkeypatch):
    """An error after the checks must not end with the status of a disagreement."""

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("gradcheck.commands.write", full)
    result = report_on(RIGHT)
    assert result.exit_code == COULD_NOT_RUN
    assert "cannot be written (No space left on device)" in result.stderr
