"""`parametrize_with_checks`: which tests it makes, and what each of them says."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.examination import CHECKS
from gradcheck.pytest_plugin.parametrization import parametrize_with_checks
from reference_nets import tanh


def right(dout, x):
    return dout * np.cos(x)


SINE = (np.sin, right, [[0.5, 2.0]])


def ids(layers, **how):
    return [test.id for test in parametrize_with_checks(layers, **how).mark.args[1]]


def test_every_layer_gets_every_check():
    assert ids([SINE]) == [f"sin-{check}" for check in CHECKS]


def test_operation_gets_the_checks_of_its_witnesses():
    assert ids([tanh]) == ["tanh-forms", "tanh-derivative"]


def test_layers_of_one_name_are_told_apart():
    names = {test.rpartition("-derivative")[0] for test in ids([SINE, SINE]) if "deriv" in test}
    assert names == {"sin", "sin_2"}


def test_layer_that_was_made_keeps_its_name(project):
    layer = "gc.layer(*RIGHT, name='mine')"
    result = project.check(f"[{layer}]", "-v", "-k", "derivative")
    result.stdout.fnmatch_lines(["*test_layer?mine-derivative? PASSED*"])


def test_right_layer_passes(project):
    assert "failed" not in project.check("[RIGHT]").parseoutcomes()


def test_wrong_layer_fails_with_the_text_of_the_harness(project):
    result = project.check("[WRONG]", "-k", "derivative")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E  *affine, given: delta_w[[]?, ?]*backward*"])


def test_failure_shows_the_line_of_the_test_and_nothing_of_the_harness(project):
    result = project.check("[WRONG]", "-k", "derivative")
    result.stdout.fnmatch_lines([">       check(layer)"])
    result.stdout.no_fnmatch_line("*raise *")


def test_failure_says_how_to_bring_it_back(project):
    result = project.check("[WRONG]", "-k", "derivative", "--gradcheck-seed", "7")
    again = "pytest 'test_layers.py::test_layer[[]affine-derivative]' --gradcheck-seed 7"
    result.stdout.fnmatch_lines([f"E  *reproduce*{again}"])


def test_wrong_layer_does_not_fail_the_right_one_beside_it(project):
    project.check("[WRONG, RIGHT]", "-k", "derivative").assert_outcomes(failed=1, passed=1)


def test_code_that_raises_is_shown_where_it_raises(project):
    result = project.check("[BROKEN]", "-k", "derivative")
    result.stdout.fnmatch_lines([">*return dout.no_such_attribute", "*CodeError: backward raised*"])
    result.stdout.no_fnmatch_line("*generators_held*")


def test_operation_is_held_to_its_witnesses(project):
    result = project.run(
        "import gradcheck as gc\nfrom reference_nets import tanh\n"
        "@gc.parametrize_with_checks([tanh, (tanh, tanh.sample(np.random.default_rng(0)))])\n"
        "def test_operation(layer, check):\n    check(layer)"
    )
    result.assert_outcomes(passed=4)


@pytest.mark.parametrize("layer", ["(affine, affine_backward)", "Dense(3, 4)", "Dense"])
def test_inputs_are_found_for_code_alone(project, layer):
    project.check(f"[{layer}]", "-k", "derivative").assert_outcomes(passed=1)


def test_object_can_come_with_its_inputs(project):
    result = project.check("[(Dense(3, 4), [X])]", "-v", "-k", "derivative")
    result.stdout.fnmatch_lines(["*test_layer?Dense-derivative? PASSED*"])


def test_code_for_which_no_inputs_are_found_says_how_to_give_them(project):
    result = project.check("[3.5]", "-k", "derivative")
    result.stdout.fnmatch_lines(["*in a list of layers, say (layer, [[]x]) or*"])


def test_collecting_runs_no_code_of_a_layer(project):
    source = "def forward(x):\n    open('was_run', 'w').close()\n    return x\n"
    project.pytester.makepyfile(loud=source)
    project.check("[(__import__('loud').forward, flat, [X])]", "--collect-only")
    assert not (project.path / "was_run").exists()


def test_check_can_be_handed_another_layer(project):
    source = (
        "import gradcheck as gc\n@gc.parametrize_with_checks([RIGHT])\n"
        "def test_layer(layer, check):\n    check(WRONG)"
    )
    project.run(source, "-k", "derivative").assert_outcomes(failed=1)


def test_check_that_finds_nothing_to_compare_is_skipped(project, monkeypatch):
    monkeypatch.setattr("gradcheck.examination.Examination.findings", lambda self, check: ())
    result = project.check("[RIGHT]", "-rs", "-k", "derivative")
    result.stdout.fnmatch_lines(["SKIPPED*derivative does not apply to affine*"])


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ({SINE[0]}, "layers has the type set: give a list"),
        (tanh, "layers has the type Activation: give a list"),
        ("Dense", "layers has the type str: give a list"),
        ([], "layers is empty"),
        ((np.sin, right, [0.5]), r"layers\[2\] is a list: .* a tuple in the list"),
        ([(np.sin, right, 0.5, 2.0)], r"layers\[0\] is a tuple of 4: give .layer, \[x\]. or"),
        ([()], r"layers\[0\] is a tuple of 0"),
    ],
    ids=["set", "one layer", "name", "nothing", "arguments", "loose inputs", "empty tuple"],
)
def test_what_is_no_list_of_layers_is_refused(layers, message):
    with pytest.raises((TypeError, ValueError), match=message):
        parametrize_with_checks(layers)
