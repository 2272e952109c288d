"""What is printed about a layer."""

from __future__ import annotations

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.reporting import Report
from gradcheck.validation.messages import summary, text
from gradcheck.validation.outcomes import Outcome
from gradcheck.validation.rows import crashed, undecided


def finding(verdict: Verdict, note: str = "") -> Finding:
    return Finding(
        operation="relu",
        point="x of shape (3,)",
        check="derivative",
        quantity="delta_x",
        candidate="backward",
        reference="numerical",
        oracle="balls",
        entries=1,
        wrong=1,
        candidate_value=1.0,
        reference_value=2.0,
        verdict=verdict,
        note=note,
    )


def made(*findings: Finding, output: str = "") -> Outcome:
    return Outcome("layers.py", "relu", findings, "x of shape (3,)", output)


def test_agreement_is_a_single_line():
    assert text(made(finding(Verdict.AGREE))) == "agree         relu, x of shape (3,)"


def test_disagreement_is_told_in_full():
    assert text(made(finding(Verdict.DISAGREE))) == (
        "DISAGREE      relu, x of shape (3,)\n"
        "  relu, x of shape (3,): delta_x is wrong in backward\n"
        "    backward    1.0\n"
        "    balls       2.0, by differences of the forward code\n"
        "    wrong       the only entry"
    )


def test_a_crash_is_told_with_what_was_printed():
    assert text(made(crashed("relu", "exited with status 3 by itself"), output="bye\nbye\n")) == (
        "crashed       relu, x of shape (3,)\n"
        "  exited with status 3 by itself\n"
        "  it printed:\n"
        "    bye\n"
        "    bye"
    )


def test_a_disagreement_before_a_crash_is_the_better_answer():
    both = text(made(finding(Verdict.DISAGREE), crashed("relu", "took longer than 30 s")))
    assert both.startswith("DISAGREE      relu")
    assert both.endswith("\n  then it crashed: took longer than 30 s")


def test_what_is_inconclusive_is_told_with_the_reason():
    said = text(made(undecided("relu", "relu: nothing was found on which it runs; say --shapes")))
    assert said.splitlines()[1] == "  relu: nothing was found on which it runs; say --shapes"


def test_long_reasons_are_broken_into_lines_of_a_screen():
    said = text(made(undecided("relu", "a reason of many words " * 20)))
    assert max(map(len, said.splitlines())) <= 102


def test_the_summary_counts_layers_and_comparisons_and_no_crash_among_these():
    outcomes = [made(finding(Verdict.AGREE)), made(crashed("relu", "took longer than 30 s"))]
    report = Report.of(f for outcome in outcomes for f in outcome.findings)
    assert summary(outcomes, report) == "2 layers: 1 crashed, 1 agree; 1 comparison: all agree"


def test_the_summary_of_nothing_says_so():
    assert summary([], Report.of([])) == "0 layers: nothing was checked"
