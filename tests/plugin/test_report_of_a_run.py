"""`--gradcheck-report`: all findings of a run, in the order of its tests, in one report."""

from __future__ import annotations

import json

import pytest

from tests.plugin.conftest import TESTS

LAYERS = "[RIGHT, WRONG, BROKEN, UNDECIDED]"
CSV = "out/gradient_accuracy.csv"
FIXTURE = "def test_mine(gradcheck):\n    gradcheck.check(*{})"


def report_of(project):
    return json.loads((project.path / "out/gradient_accuracy.json").read_text(encoding="utf-8"))


def test_report_holds_the_findings_of_all_tests(project):
    project.check(LAYERS, "--gradcheck-report=out")
    found = {finding["operation"] for finding in report_of(project)["findings"]}
    assert found == {"affine", "affine_2", "affine_3", "jump"}


def test_report_holds_the_findings_of_the_fixture(project):
    project.run(FIXTURE.format("WRONG"), "--gradcheck-report=out")
    assert report_of(project)["verdict"] == "disagree"


def test_report_names_code_that_could_not_be_run(project):
    project.run(FIXTURE.format("BROKEN"), "--gradcheck-report=out")
    [finding] = report_of(project)["findings"]
    assert finding["verdict"] == "inconclusive"
    assert "CodeError: backward raised AttributeError" in finding["note"]


def test_report_says_how_to_bring_a_disagreement_back(project):
    project.run(FIXTURE.format("WRONG"), "--gradcheck-report=out")
    wrong = next(f for f in report_of(project)["findings"] if f["verdict"] == "DISAGREE")
    assert wrong["reproduce"].startswith("gradcheck.check(affine, doubled, [")


def test_failure_says_how_to_run_the_test_again(project):
    result = project.run(FIXTURE.format("WRONG"))
    result.stdout.fnmatch_lines(["*reproduce: pytest test_layers.py::test_mine --gradcheck-seed 0"])


def test_report_says_what_made_it(project):
    project.run(FIXTURE.format("RIGHT"), "--gradcheck-report=out", "--gradcheck-seed=3")
    made_by = report_of(project)["made_by"]
    assert made_by["seed"] == "3"
    assert made_by["command"].startswith("pytest ")


def test_run_ends_with_counts_and_the_place_of_the_report(project):
    result = project.run(FIXTURE.format("RIGHT"), "--gradcheck-report=out")
    result.stdout.fnmatch_lines(
        ["*= gradcheck =*", "2 comparisons: all agree*(seed 0)", "wrote *gradient_accuracy.md"]
    )


def test_counts_are_shown_without_a_report_too(project):
    result = project.run(FIXTURE.format("RIGHT"))
    result.stdout.fnmatch_lines(["2 comparisons: all agree*(seed 0)"])
    result.stdout.no_fnmatch_line("wrote *")


def test_workers_of_xdist_hand_in_the_same_findings(project):
    project.check(LAYERS, "--gradcheck-report=out")
    alone = (project.path / CSV).read_text(encoding="utf-8")
    project.run_apart(TESTS.format(arguments=LAYERS), "--gradcheck-report=out", "-n", "2")
    assert (project.path / CSV).read_text(encoding="utf-8") == alone


def test_worker_that_crashes_leaves_the_findings_of_the_others(project):
    source = FIXTURE.format("RIGHT") + "\ndef test_crash():\n    import os; os._exit(1)"
    project.run_apart(source, "--gradcheck-report=out", "-n", "2")
    assert "crashed in test_layers.py::test_crash" in report_of(project)["made_by"]["incomplete"]
    assert report_of(project)["verdict"] == "agree"


def test_run_that_stops_early_says_so(project):
    source = FIXTURE.format("WRONG") + "\ndef test_other(gradcheck):\n    pass"
    result = project.run(source, "--gradcheck-report=out", "-x")
    result.stdout.fnmatch_lines(["incomplete: stopping after 1 failures"])


def test_interrupted_run_reports_what_was_done(project):
    source = FIXTURE.format("RIGHT") + "\ndef test_other():\n    raise KeyboardInterrupt"
    project.run_apart(source, "--gradcheck-report=out")
    assert report_of(project)["made_by"]["incomplete"] == "interrupted"


def test_test_that_is_run_again_is_reported_once(project):
    project.pytester.makeconftest(
        "import pytest\nfrom _pytest.runner import runtestprotocol\n"
        "def pytest_runtest_protocol(item, nextitem):\n"
        "    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)\n"
        "    runtestprotocol(item, nextitem=nextitem)\n"
        "    item._initrequest()\n"
        "    runtestprotocol(item, nextitem=nextitem)\n"
        "    return True"
    )
    project.run(FIXTURE.format("RIGHT"), "--gradcheck-report=out")
    deltas = [f for f in report_of(project)["findings"] if f["check"] == "derivative"]
    assert [finding["quantity"] for finding in deltas] == ["delta_x", "delta_w"]


def test_report_keeps_the_order_of_the_tests_when_they_are_shuffled(project):
    shuffle = "def pytest_collection_modifyitems(items):\n    items.reverse()"
    project.check("[RIGHT, RIGHT, RIGHT]", "--gradcheck-report=out")
    in_order = (project.path / CSV).read_text(encoding="utf-8")
    project.pytester.makeconftest(shuffle)
    project.check("[RIGHT, RIGHT, RIGHT]", "--gradcheck-report=out")
    assert (project.path / CSV).read_text(encoding="utf-8") == in_order


def test_directory_that_cannot_be_written_is_found_out_before_the_tests(project):
    (project.path / "out").touch()
    result = project.run(FIXTURE.format("RIGHT"), "--gradcheck-report=out/reports")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--gradcheck-report out/reports: cannot be written*"])


def test_report_that_cannot_be_written_at_the_end_fails_the_run(project):
    source = FIXTURE.format("RIGHT") + "\n    import os; os.rmdir('out'); open('out', 'w').close()"
    result = project.run(source, "--gradcheck-report=out")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stdout.fnmatch_lines(["--gradcheck-report *out: cannot be written*name another*"])


def test_test_that_changes_directories_does_not_move_the_report(project):
    source = FIXTURE.format("RIGHT") + "\n    import os; os.mkdir('sub'); os.chdir('sub')"
    project.run(source, "--gradcheck-report=out")
    assert (project.path / CSV).exists()


def test_run_without_checks_leaves_an_earlier_report(project):
    (project.path / "out").mkdir()
    (project.path / CSV).write_text("earlier", encoding="utf-8")
    result = project.run("def test_other():\n    pass", "--gradcheck-report=out")
    assert (project.path / CSV).read_text(encoding="utf-8") == "earlier"
    result.stdout.fnmatch_lines(["no gradient was checked in this run: *out is left as it was"])


def test_collecting_alone_makes_no_directory(project):
    project.run(FIXTURE.format("RIGHT"), "--gradcheck-report=out", "--collect-only")
    assert not (project.path / "out").exists()
