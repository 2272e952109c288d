"""The fixture `gradcheck`: a test fails where a gradient is wrong or not decided."""

from __future__ import annotations

import pytest

WRONG = "def test_mine(gradcheck):\n    gradcheck.check(*WRONG)"
UNDECIDED = "def test_mine(gradcheck):\n    gradcheck.check(*UNDECIDED)"


def test_right_gradient_passes(project):
    project.run("def test_mine(gradcheck):\n    gradcheck.check(*RIGHT)").assert_outcomes(passed=1)


def test_wrong_gradient_fails_with_the_text_of_the_harness(project):
    result = project.run(WRONG)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E  *affine, given: delta_w[[]?, ?]*backward*"])


def test_failure_shows_the_line_of_the_test_and_nothing_of_the_harness(project):
    result = project.run(WRONG)
    result.stdout.fnmatch_lines([">       gradcheck.check(?WRONG)"])
    result.stdout.no_fnmatch_line("*raise *")


def test_report_is_returned(project):
    source = "def test_mine(gradcheck):\n    assert gradcheck.check(*RIGHT).verdict == 'agree'"
    project.run(source).assert_outcomes(passed=1)


def test_inconclusive_check_fails_and_says_how_to_allow_it(project):
    result = project.run(UNDECIDED)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*could not be decided*", "*allow_inconclusive=True*"])


def test_inconclusive_check_can_be_allowed(project):
    source = "def test_mine(gradcheck):\n    gradcheck.check(*UNDECIDED, allow_inconclusive=True)"
    project.run(source).assert_outcomes(passed=1)


def test_allowing_inconclusive_checks_does_not_allow_wrong_ones(project):
    source = "def test_mine(gradcheck):\n    gradcheck.check(*WRONG, allow_inconclusive=True)"
    project.run(source).assert_outcomes(failed=1)


@pytest.mark.parametrize(
    ("chosen", "outcome"), [("fail", "failed"), ("skip", "skipped"), ("pass", "passed")]
)
def test_project_chooses_what_an_inconclusive_check_does(project, chosen, outcome):
    result = project.run(UNDECIDED, "-o", f"gradcheck_inconclusive={chosen}")
    result.assert_outcomes(**{outcome: 1})


def test_choice_that_does_not_exist_is_refused(project):
    result = project.run(UNDECIDED, "-o", "gradcheck_inconclusive=warn")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*gradcheck_inconclusive = warn: take one of fail, skip, pass*"])


def test_too_few_digits_fail_where_digits_are_required(project):
    source = (
        "def test_mine(gradcheck):\n"
        "    def backward(dout, x):\n"
        "        return dout * (1 - np.tanh(x) ** 2)\n"
        "    gradcheck.check(np.tanh, backward, [[15.0]], require_digits=12)"
    )
    project.run(source).assert_outcomes(failed=1)


def test_seed_of_the_command_line_draws_the_cotangent(project):
    first, again, other = (
        [line for line in project.run(WRONG, "--gradcheck-seed", n).outlines if "backward" in line]
        for n in ("1", "1", "2")
    )
    assert first == again != other


def test_code_that_raises_is_shown_where_it_raises(project):
    result = project.run("def test_mine(gradcheck):\n    gradcheck.check(*BROKEN)")
    result.stdout.fnmatch_lines([">*return dout.no_such_attribute", "*CodeError: backward raised*"])
    result.stdout.no_fnmatch_line("*generators_held*")


@pytest.mark.parametrize("seed", ["-1", "1.5", "today"])
def test_what_is_no_seed_is_refused(project, seed):
    result = project.run(WRONG, f"--gradcheck-seed={seed}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*'{seed}' is no seed: give 0 or a larger whole number*"])
