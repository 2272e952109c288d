"""The plugin costs nothing and does nothing where it is not used."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from gradcheck.pytest_plugin.run import RUNS, current

HEAVY = ("numpy", "pandas", "flint", "hypothesis", "tabulate", "gradcheck.notation")


def test_pytest_finds_the_plugin_by_itself():
    plugins = entry_points(group="pytest11", name="gradcheck")
    assert [plugin.value for plugin in plugins] == ["gradcheck.pytest_plugin"]


def test_loading_the_plugin_loads_nothing_heavy():
    code = "import sys, pytest, gradcheck.pytest_plugin; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert not set(HEAVY) & set(loaded)


def test_project_that_does_not_use_it_sees_nothing_of_it(project):
    result = project.run("def test_other():\n    pass")
    result.stdout.no_fnmatch_line("*gradcheck*")


def test_fixture_and_options_are_documented(project):
    project.run("", "--fixtures").stdout.fnmatch_lines(["gradcheck*", "*Check gradients: *"])
    project.run("", "--help").stdout.fnmatch_lines(["*--gradcheck-report*", "*--gradcheck-seed*"])


def test_parametrized_checks_work_without_the_plugin(pytester, monkeypatch):
    monkeypatch.setattr("gradcheck.pytest_plugin.run.RUNS", [])  # as where it was never loaded
    pytester.makepyfile(
        "import numpy as np, gradcheck\n"
        "def backward(dout, x):\n    return dout * np.cos(x)\n"
        "@gradcheck.parametrize_with_checks([(np.sin, backward, [[0.5]])])\n"
        "def test_layer(layer, check):\n    check(layer)"
    )
    result = pytester.runpytest_inprocess("-p", "no:gradcheck", "-k", "derivative")
    result.assert_outcomes(passed=1)


def test_blocked_plugin_has_no_options(pytester):
    result = pytester.runpytest_inprocess("-p", "no:gradcheck", "--gradcheck-seed=1")
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_run_inside_a_run_leaves_the_outer_one_in_place(project):
    before = list(RUNS)
    project.run("def test_mine(gradcheck):\n    gradcheck.check(*RIGHT)")
    assert before == RUNS


def test_outside_of_pytest_inconclusive_fails(monkeypatch):
    monkeypatch.setattr("gradcheck.pytest_plugin.run.RUNS", [])
    assert (current().inconclusive, current().seed, current().again) == ("fail", 0, "")
