"""`gradcheck validate`: what it finds in strangers' files, says, writes and survives."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from gradcheck.cli import main
from tests.command import RIGHT as OPERATION
from tests.command import WRONG

AGREE, DISAGREE, COULD_NOT_RUN, INCONCLUSIVE, INTERRUPTED = 0, 1, 2, 3, 130

PAIR = """
import os, sys, time
import numpy as np

def {name}_forward(x):
    {body}
    return np.tanh(x)

def {name}_backward(dout, x):
    return dout * (1 - np.tanh(x) ** 2)
"""


def pair(name: str, body: str = "pass") -> str:
    """Return a function that does something else first, and its gradient, which is right."""
    return PAIR.format(name=name, body=body)


RIGHT = pair("right")
PICKY = pair("picky", body="assert x.shape == (7, 2)")
EXITS = pair("exits", body="print('bye'); sys.stdout.flush(); os._exit(3)")
RECURSES = pair("recurses", body="return recurses_forward(x)")
HANGS = pair("hangs", body="time.sleep(1000)")


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def validate(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["validate", *arguments])


def validate_text(text: str, *options: str) -> Result:
    """Validate a module of this text, in the current directory."""
    Path("layers.py").write_text(text, encoding="utf-8")
    return validate("layers.py", *options)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory) -> Result:
    """Validate five layers, of which only the last one is right."""
    path = tmp_path_factory.mktemp("mixed") / "layers.py"
    path.write_text(EXITS + RECURSES + PICKY + WRONG + RIGHT, encoding="utf-8")
    return validate(str(path), "--jobs", "2")


def test_every_layer_has_its_line_and_the_others_are_still_checked(mixed):
    lines = [line for line in mixed.output.splitlines() if not line.startswith("  ")]
    assert lines[:5] == [
        "DISAGREE      square",
        "crashed       exits_forward",
        "crashed       recurses_forward",
        "inconclusive  picky_forward",
        "agree         right_forward, x of shape (5, 3)",
    ]


def test_the_summary_counts_every_kind_of_verdict(mixed):
    last = mixed.output.splitlines()[-1]
    assert last.startswith("5 layers: 1 DISAGREE, 2 crashed, 1 inconclusive, 1 agree; ")
    assert last.endswith("(seed 0)")


def test_a_crash_is_told_with_its_reason_and_what_was_printed(mixed):
    assert "  exited with status 3 by itself\n  it printed:\n    bye\n" in mixed.output


def test_a_disagreement_is_told_with_both_values_and_the_command_that_shows_it(mixed):
    assert "by differences of the forward code" in mixed.output
    output = " ".join(mixed.output.split())  # a long path breaks the line
    assert "gradcheck validate " in output
    assert "layers.py:square --seed 0" in output


def test_what_does_not_run_is_told_with_the_cure(mixed):
    output = " ".join(mixed.output.split())
    assert "the nearest was x=5,3: forward raised AssertionError" in output
    assert "say what it takes with --shapes" in output


def test_a_disagreement_decides_the_exit_status(mixed):
    assert mixed.exit_code == DISAGREE


def test_what_is_inconclusive_is_no_agreement(here):
    assert validate_text(RIGHT + PICKY).exit_code == INCONCLUSIVE


def test_shapes_are_taken_from_the_command_line(here):
    result = validate_text(PICKY, "--shapes", "x=7,2")
    assert "agree         picky_forward, x of shape (7, 2)" in result.output
    assert result.exit_code == AGREE


DENSE = """
import numpy as np

class Dense:
    def __init__(self, inputs, outputs, scale=1.0):
        self.W = scale * np.arange(1.0, inputs * outputs + 1).reshape(inputs, outputs)
    def forward(self, x):
        self.x = x
        return x @ self.W
    def backward(self, grad):
        self.dW = self.x.T @ grad
        return grad @ self.W.T
"""


def test_constructors_get_the_arguments_of_the_command_line(here):
    result = validate_text(DENSE, "--args", "7, 2, scale=0.5")
    assert result.output.startswith("agree         Dense(7, 2, scale=0.5), x of shape (5, 7)\n")


def test_operations_are_validated_beside_other_layers(here):
    result = validate_text(OPERATION + RIGHT)
    assert result.output.startswith("agree         square\nagree         right_forward, x of")


def test_one_layer_is_named_after_the_target(here):
    Path("layers.py").write_text(EXITS + RIGHT, encoding="utf-8")
    result = validate("layers.py:right_forward")
    assert result.output.startswith("agree         right_forward")
    assert result.exit_code == AGREE


def test_a_target_that_cannot_be_imported_does_not_keep_the_others_from_being_checked(here):
    Path("broken.py").write_text("import os; os._exit(7)", encoding="utf-8")
    Path("layers.py").write_text(RIGHT, encoding="utf-8")
    result = validate("broken.py", "layers.py")
    assert "crashed       broken.py\n  exited with status 7 by itself\n" in result.output
    assert "agree         right_forward" in result.output
    assert result.exit_code == DISAGREE


def test_a_layer_that_hangs_on_import_is_stopped_in_time(here):
    result = validate_text("import time; time.sleep(1000)", "--timeout", "1")
    assert "took longer than 1 s and was stopped" in result.output


def test_json_is_all_that_is_printed(here):
    result = validate_text(EXITS + RIGHT, "--json", "--jobs", "2")
    content = json.loads(result.stdout)
    assert [layer["verdict"] for layer in content["layers"]] == ["crashed", "agree"]
    assert content["layers"][0]["message"].startswith("exited with status 3 by itself")
    assert content["not_reached"] == []
    assert result.exit_code == DISAGREE


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> tuple[Result, Path]:
    """Validate a right layer beside a function that is none, and write all files."""
    place = tmp_path_factory.mktemp("written")
    (place / "layers.py").write_text(RIGHT + "\ndef helper(x): ...\n", encoding="utf-8")
    wanted = ["--out", str(place / "out"), "--junit", str(place / "xml" / "junit.xml")]
    options = ["--shapes", "x=2,3", "--seed", "7"]
    return validate(str(place / "layers.py"), *wanted, *options), place


def test_what_is_not_looked_at_is_told(written):
    result, place = written
    assert f"not looked at in {place / 'layers.py'}: helper\n" in result.output


def test_the_files_of_the_report_are_written_and_named(written):
    result, place = written
    names = [f"gradient_accuracy.{suffix}" for suffix in ("md", "csv", "json")]
    assert sorted(path.name for path in (place / "out").iterdir()) == sorted(names)
    assert all(f"wrote {place / 'out' / name}\n" in result.output for name in names)


def test_the_files_tell_the_command_that_made_them(written):
    made = (written[1] / "out" / "gradient_accuracy.md").read_text(encoding="utf-8")
    assert "layers.py --shapes x=2,3 --seed 7\n" in made


def test_the_xml_has_a_case_for_the_layer(written):
    case = ElementTree.parse(written[1] / "xml" / "junit.xml").find("testsuite/testcase")
    assert case.get("name") == "right_forward, x of shape (2, 3)"


def test_nothing_is_written_that_was_not_asked_for(here):
    Path("layers.py").write_text(RIGHT, encoding="utf-8")
    validate("layers.py")
    assert [path.name for path in here.iterdir() if path.name != "__pycache__"] == ["layers.py"]


REFUSED = {
    "no such file": (["missing.py"], "there is no file missing.py: check the path"),
    "no such name": (["layers.py:cube"], "layers has no layer 'cube'; it has right_forward"),
    "no layers": (["empty.py"], "empty.py has no layers: name its functions f_forward and"),
    "a value without a gradient": (["empty.py:a_loss"], "empty has no layer 'a_loss'"),
    "a negative seed": (["layers.py", "--seed", "-1"], "--seed -1: a seed is 0 or larger"),
    "no process": (["layers.py", "--jobs", "0"], "--jobs 0: at least one process is needed"),
    "no time": (["layers.py", "--timeout", "0"], "--timeout 0: give seconds, more than 0"),
    "no memory": (["layers.py", "--memory", "-2"], "--memory -2: give GB, more than 0"),
    "no literals": (["layers.py", "--args", "n"], "--args 'n' are no arguments: write Python"),
    "no shapes": (["layers.py", "--shapes", "x"], "--shapes 'x' is no shape: write NAME=5,3"),
    "no kind": (["layers.py", "--kind", "x"], "--kind x: take one of torch, jax"),
    "no directory": (["layers.py", "--out", "layers.py"], "--out layers.py: cannot be written"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_run_is_said_in_one_line_with_the_cure(here, name):
    arguments, message = REFUSED[name]
    Path("layers.py").write_text(RIGHT, encoding="utf-8")
    Path("empty.py").write_text("x = 1\n", encoding="utf-8")
    result = validate(*arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (COULD_NOT_RUN, 1)
    assert message in result.stderr


def test_a_module_whose_losses_return_no_gradient_has_no_layers(here):
    result = validate_text("def a_loss(x): return (x ** 2).sum()\n")
    assert result.exit_code == COULD_NOT_RUN
    assert "no layers were found: layers.py has a_loss, which return no gradients" in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals to a process are POSIX's")
def test_an_interruption_leaves_a_report_of_what_was_done(here):
    Path("layers.py").write_text(RIGHT + HANGS, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "gradcheck", "validate", "layers.py", "--out", "made"],
        stdout=subprocess.PIPE,
        text=True,
    )
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate()
    assert first.startswith("agree         right_forward")
    assert "interrupted; not reached: layers.py:hangs_forward" in rest
    assert "1 layer: 1 agree" in rest
    assert "right_forward" in Path("made/gradient_accuracy.csv").read_text(encoding="utf-8")
    assert process.returncode == INTERRUPTED
