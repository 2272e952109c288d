"""`gradcheck init`: a skeleton that works as it is, and never overwrites anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gradcheck.cli import main

OK, COULD_NOT_RUN = 0, 2


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def pytest_in(directory: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)


def test_a_layer_and_its_test_are_written_and_named(here):
    result = run("init", "gate.py")
    assert result.exit_code == OK
    assert result.output.startswith("wrote gate.py\nwrote test_gate.py\nnext: pytest test_gate.py;")
    assert sorted(path.name for path in here.iterdir()) == ["gate.py", "test_gate.py"]


def test_the_test_passes_as_it_is(here):
    run("init", "gate.py")
    done = pytest_in(here)
    assert (done.returncode, "4 passed" in done.stdout) == (0, True)


def test_the_test_passes_in_a_package(here):
    (here / "mine").mkdir()
    (here / "mine" / "__init__.py").touch()
    run("init", "mine/gate.py")
    assert "from .gate import gate" in (here / "mine" / "test_gate.py").read_text("utf-8")
    assert pytest_in(here).returncode == 0


@pytest.mark.parametrize("command", ["validate", "report"])
def test_the_layer_agrees_as_it_is(here, command):
    run("init", "gate.py")
    result = run(command, "gate.py")
    assert result.exit_code == OK
    assert "comparisons: all agree" in result.output


def test_the_test_fails_for_a_mistake(here):
    run("init", "gate.py")
    text = Path("gate.py").read_text(encoding="utf-8")
    Path("gate.py").write_text(text.replace("return w.T @", "return -w.T @"), encoding="utf-8")
    done = pytest_in(here)
    assert "the matrix form stands alone" in done.stdout
    assert done.returncode == 1


def test_the_layer_is_in_the_style_of_the_notation(here):
    run("init", "gate.py")
    compile(Path("gate.py").read_text(encoding="utf-8"), "gate.py", "exec")
    widths = [len(line) for path in here.iterdir() for line in path.read_text("utf-8").splitlines()]
    assert max(widths) <= 88


@pytest.mark.parametrize("there", ["gate.py", "test_gate.py"])
def test_nothing_is_overwritten_and_nothing_else_written(here, there):
    Path(there).write_text("mine\n", encoding="utf-8")
    result = run("init", "gate.py")
    assert result.exit_code == COULD_NOT_RUN
    assert f"{there} exists, and is left as it is" in result.stderr
    assert [path.read_text("utf-8") for path in here.iterdir()] == ["mine\n"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gate", "gate is no path of a module: let it end in .py"),
        ("my-gate.py", "'my-gate' is no name in Python; take letters, digits and underscores"),
        ("2gates.py", "'2gates' is no name in Python"),
        ("class.py", "'class' is no name in Python"),
        ("random.py", "random is the name of something else; take another one"),
        ("np.py", "np is the name of something else"),
        ("test_gate.py", "test_gate is the name of something else"),
    ],
)
def test_what_is_no_name_is_refused_with_the_cure(here, path, message):
    result = run("init", path)
    assert (result.exit_code, result.stderr.count("\n")) == (COULD_NOT_RUN, 1)
    assert message in result.stderr
    assert list(here.iterdir()) == []


def test_missing_directories_are_made(here):
    assert run("init", "some/where/gate.py").exit_code == OK
    assert Path("some/where/test_gate.py").is_file()


def test_a_place_that_cannot_be_written_is_said_with_the_cure(here):
    Path("file").touch()
    result = run("init", "file/gate.py")
    assert "file/gate.py: cannot be written (" in result.stderr
    assert result.exit_code == COULD_NOT_RUN
