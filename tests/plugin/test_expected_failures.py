"""Expected failures: strict, with reasons, and none that names no test."""

from __future__ import annotations

import pytest

from gradcheck.pytest_plugin.expected_failures import reasons

TESTS = [("Dense", "derivative"), ("Dense", "linear"), ("Pool", "derivative"), ("Pool", "linear")]


def expect(expected):
    return reasons(expected, {"Dense": object(), "Pool": object()}, TESTS)


@pytest.mark.parametrize("key", ["Dense-linear", ("Dense", "linear")])
def test_key_names_one_test(key):
    assert expect({key: "rounds"}) == {("Dense", "linear"): "rounds"}


def test_key_of_a_check_alone_names_it_for_all_layers():
    assert set(expect({"linear": "rounds"})) == {("Dense", "linear"), ("Pool", "linear")}


def test_reason_of_one_test_goes_before_that_of_all():
    found = expect({"Pool-linear": "sorts", "linear": "rounds"})
    assert found == {("Dense", "linear"): "rounds", ("Pool", "linear"): "sorts"}


def test_function_of_a_layer_gives_reasons_by_check():
    assert set(expect(lambda layer: {"linear": "rounds"})) == {
        ("Dense", "linear"),
        ("Pool", "linear"),
    }


def test_function_may_expect_nothing_of_a_layer():
    assert expect(lambda layer: None) == {}


def test_key_without_a_test_is_refused_with_those_that_exist():
    message = "names 'Dense-linaer'.*layers are Dense, Pool; the checks are derivative, linear.*"
    with pytest.raises(ValueError, match=message + "did you mean 'Dense-linear'"):
        expect({"Dense-linaer": "rounds"})


@pytest.mark.parametrize("reason", ["", " ", None, True])
def test_reason_is_demanded(reason):
    with pytest.raises(ValueError, match=r"expected_failures\['linear'\] = .*: give the reason"):
        expect({"linear": reason})


def test_what_is_neither_mapping_nor_function_is_refused():
    with pytest.raises(TypeError, match="expected_failures is a list: give a mapping"):
        expect(["linear"])


def test_failure_that_was_expected_shows_its_reason(project):
    reason = "expected_failures={'affine-derivative': 'twice on purpose'}"
    result = project.check(f"[WRONG], {reason}", "-rx", "-k", "derivative")
    result.assert_outcomes(xfailed=1)
    result.stdout.fnmatch_lines(["XFAIL*affine-derivative* - twice on purpose*"])


@pytest.mark.parametrize("chosen", ["fail", "skip", "pass"])
def test_inconclusive_check_can_be_expected(project, chosen):
    reason = "expected_failures={'jump-derivative': 'jumps'}"
    ini = f"gradcheck_inconclusive={chosen}"
    result = project.check(f"[UNDECIDED], {reason}", "-k", "derivative", "-o", ini)
    result.assert_outcomes(xfailed=1)


def test_expected_failure_that_passes_fails_the_run(project):
    reason = "expected_failures={'affine-derivative': 'twice'}"
    result = project.check(f"[RIGHT], {reason}", "-k", "derivative")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*XPASS(strict)* twice*"])


def test_expected_failure_does_not_hide_in_a_skip(project, monkeypatch):
    monkeypatch.setattr("gradcheck.examination.Examination.findings", lambda self, check: ())
    reason = "expected_failures={'affine-derivative': 'twice'}"
    project.check(f"[RIGHT], {reason}", "-k", "derivative").assert_outcomes(failed=1)


def test_code_that_cannot_be_run_is_no_expected_failure(project):
    reason = "expected_failures={'affine-derivative': 'twice'}"
    project.check(f"[BROKEN], {reason}", "-k", "derivative").assert_outcomes(failed=1)


def test_unknown_key_is_an_error_at_collection(project):
    result = project.check("[RIGHT], expected_failures={'afine-derivative': 'twice'}")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*expected_failures names 'afine-derivative'*"])
