"""The command line: rows, files, exit statuses, and errors that say the cure in one line."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from gradcheck.cli import main

AGREE, DISAGREE, COULD_NOT_RUN, INCONCLUSIVE = 0, 1, 2, 3

TARGET = """
import numpy as np

from gradcheck import Operation, equation
from gradcheck.notation.scalar import log


@equation
def y(x):
    r"y_k = {formula}"
    return [{scalar} for x_k in x]


@y.matrix
def y(x):
    r"y = {formula}"
    return {matrix}


@equation
def delta_x(delta_y, x):
    r"\\delta x_k = \\delta y_k f'(x_k)"
    return [delta_y[k] * ({scalar_slope}) for k, x_k in enumerate(x)]


@delta_x.matrix
def delta_x(delta_y, x):
    r"\\delta x = \\delta y \\odot f'(x)"
    return delta_y * ({matrix_slope})


{name} = Operation("{name}", "(k)->(k)", y, (delta_x,))
"""


def target(name, scalar, matrix, scalar_slope, matrix_slope) -> str:
    """Return a module with one operation."""
    return TARGET.format(
        name=name,
        formula=scalar,
        scalar=scalar,
        matrix=matrix,
        scalar_slope=scalar_slope,
        matrix_slope=matrix_slope,
    )


RIGHT = target("square", "x_k * x_k", "x**2", "2 * x_k", "2 * x")
WRONG = target("square", "x_k * x_k", "x**2", "2 * x_k", "3 * x")
OUTSIDE = target("outside", "log(x_k - 9e9)", "np.log(x - 9e9)", "1 / (x_k - 9e9)", "1 / (x - 9e9)")
LOSING = target("losing", "x_k * x_k", "x**2", "2 * x_k", "2 * ((x + 1e9) - 1e9)")


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", *arguments])


def report_on(text: str, *options: str) -> Result:
    """Report on a module of this text, in the current directory."""
    Path("layer.py").write_text(text, encoding="utf-8")
    return report("layer.py", *options)


def rows(directory: str = "reports") -> pd.DataFrame:
    return pd.read_csv(Path(directory) / "gradient_accuracy.csv")


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
