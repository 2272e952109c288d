"""The command line: rows, files and exit statuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from gradcheck.cli import main
from tests.command import (
    AGREE,
    DISAGREE,
    INCONCLUSIVE,
    LOSING,
    OUTSIDE,
    RIGHT,
    WRONG,
    report,
    report_on,
    rows,
)


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "status"),
    [(RIGHT, AGREE), (WRONG, DISAGREE), (OUTSIDE, INCONCLUSIVE), (RIGHT + WRONG, DISAGREE)],
    ids=["right", "wrong", "outside the domain", "the later definition wins"],
)
def test_the_exit_status_tells_the_verdict(here, text, status):
    assert report_on(text).exit_code == status


def test_one_disagreement_decides_beside_what_is_inconclusive(here):
    renamed = OUTSIDE.split("import log", 1)[1]
    assert report_on(WRONG + renamed).exit_code == DISAGREE


def test_lost_digits_fail_a_run_only_where_they_are_required(here):
    assert report_on(LOSING).exit_code == AGREE
    assert report_on(LOSING, "--require-digits", "12").exit_code == DISAGREE


def test_the_table_and_the_summary_are_printed(here):
    output = report_on(RIGHT).output
    assert "square" in output
    assert "4 comparisons: all agree (seed 0)" in output


def test_the_form_that_stands_alone_is_printed(here):
    assert "square, delta_x (random): the matrix form stands alone" in report_on(WRONG).output


def test_nothing_is_said_to_agree_where_something_is_inconclusive(here):
    assert "all agree" not in report_on(OUTSIDE).output


def test_the_worst_row_comes_first(here):
    report_on(WRONG)
    verdicts = rows()["verdict"].tolist()
    assert verdicts == sorted(verdicts, key=["DISAGREE", "inconclusive", "agree"].index)


def test_three_files_are_written_and_named(here):
    output = report_on(RIGHT).output
    names = sorted(path.name for path in Path("reports").iterdir())
    assert names == ["gradient_accuracy.csv", "gradient_accuracy.json", "gradient_accuracy.md"]
    assert all(f"wrote reports/{name}" in output.replace("\\", "/") for name in names)


def test_the_files_of_a_disagreement_are_written_too(here):
    report_on(WRONG)
    assert "DISAGREE" in Path("reports/gradient_accuracy.md").read_text(encoding="utf-8")


def test_the_files_go_where_they_are_wanted(here):
    report_on(RIGHT, "--out", "some/where")
    assert len(rows("some/where")) == 4


def test_the_files_tell_the_command_that_made_them(here):
    report_on(RIGHT, "--seed", "7")
    made = Path("reports/gradient_accuracy.md").read_text(encoding="utf-8")
    assert "- command: gradcheck report layer.py --seed 7" in made


def test_the_same_seed_gives_the_same_rows(here):
    report_on(RIGHT, "--out", "first", "--seed", "5")
    report_on(RIGHT, "--out", "second", "--seed", "5")
    pd.testing.assert_frame_equal(rows("first"), rows("second"), check_exact=True)


def test_another_seed_gives_other_points(here):
    report_on(RIGHT, "--out", "first", "--seed", "5")
    report_on(RIGHT, "--out", "second", "--seed", "6")
    assert not rows("first")["candidate_value"].equals(rows("second")["candidate_value"])


TWO_LAYERS = "from reference_nets import dense, softmax\n"


def test_only_chooses_operations_and_changes_no_row(here):
    report_on(TWO_LAYERS, "--out", "all")
    report_on(TWO_LAYERS, "--out", "some", "--only", "soft*")
    every = rows("all").query("operation == 'softmax'").reset_index(drop=True)
    pd.testing.assert_frame_equal(every, rows("some"), check_exact=True)


def test_one_operation_is_named_after_the_target(here):
    Path("layer.py").write_text(TWO_LAYERS, encoding="utf-8")
    assert report("layer.py:softmax").exit_code == AGREE
    assert set(rows()["operation"]) == {"softmax"}


def test_a_module_is_named_as_in_an_import(here):
    assert report("reference_nets.losses:squared_error").exit_code == AGREE
    assert set(rows()["operation"]) == {"squared error"}


def test_a_module_of_the_current_directory_is_found(here):
    (here / "own_layer_of_this_test.py").write_text(RIGHT, encoding="utf-8")
    assert report("own_layer_of_this_test").exit_code == AGREE


def test_any_format_of_tabulate_is_printed(here):
    assert report_on(RIGHT, "--format", "github").output.startswith("| operation")


def run(*arguments: str, directory: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=directory, capture_output=True, text=True, check=False
    )


def test_python_dash_m_gradcheck_is_the_command(here):
    (here / "layer.py").write_text(WRONG, encoding="utf-8")
    done = run("-m", "gradcheck", "report", "layer.py", directory=here)
    assert done.returncode == DISAGREE
    assert "the matrix form stands alone" in done.stdout


def test_a_pipe_gets_no_progress_bar(here):
    (here / "layer.py").write_text(RIGHT, encoding="utf-8")
    done = run("-m", "gradcheck", "report", "layer.py", directory=here)
    assert (done.returncode, done.stderr) == (AGREE, "")
    assert "\r" not in done.stdout


HELP = """
import sys
from gradcheck.cli import main
main(["--help"], standalone_mode=False)
print(sorted({"numpy", "pandas", "flint", "hypothesis", "pytest", "sympy"} & set(sys.modules)))
"""


def test_help_waits_for_no_heavy_import(here):
    done = run("-c", HELP, directory=here)
    assert done.stdout.startswith("Usage: ")
    assert done.stdout.splitlines()[-1] == "[]"


def test_version_is_told():
    assert CliRunner().invoke(main, ["--version"]).output.startswith("main, version ")


def test_points_on_real_data_are_left_out_with_the_cure_where_they_cannot_be_loaded(
    monkeypatch, tmp_path
):
    def missing(seed):
        raise ModuleNotFoundError("No module named 'sklearn'", name="sklearn")
        yield

    monkeypatch.setattr("reference_nets.real_points", missing)
    result = CliRunner().invoke(main, ["report", "--only", "tanh", "--out", str(tmp_path)])
    assert result.exit_code == 0
    assert "which need sklearn; install it with: pip install 'gradcheck[digits]'" in result.output
