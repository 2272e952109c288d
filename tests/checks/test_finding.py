"""Verdicts, alone and together."""

import itertools

import pytest

from gradcheck.checks.finding import Evidence, Finding, Verdict, overall

AGREE, DISAGREE, INCONCLUSIVE = Verdict.AGREE, Verdict.DISAGREE, Verdict.INCONCLUSIVE
CRASHED = Verdict.CRASHED


def test_the_verdicts_are_the_texts_of_the_report():
    assert [*Verdict] == ["agree", "DISAGREE", "inconclusive", "crashed"]


def test_the_evidence_is_named_as_in_the_report():
    assert [*Evidence] == ["proved", "exact", "measured"]


@pytest.mark.parametrize("others", [[], [AGREE], [INCONCLUSIVE], [AGREE, INCONCLUSIVE]])
def test_one_disagreement_decides(others):
    for order in itertools.permutations([DISAGREE, *others]):
        assert overall(order) is DISAGREE


@pytest.mark.parametrize("others", [[], [AGREE], [INCONCLUSIVE], [AGREE, INCONCLUSIVE]])
def test_a_crash_is_worse_than_all_but_a_disagreement(others):
    assert overall([*others, CRASHED]) is CRASHED
    assert overall([*others, CRASHED, DISAGREE]) is DISAGREE


def test_nothing_inconclusive_counts_as_agreement():
    assert overall([AGREE, INCONCLUSIVE, AGREE]) is INCONCLUSIVE


def test_agreement_needs_that_everything_agrees():
    assert overall([AGREE, AGREE]) is AGREE


def test_nothing_compared_is_inconclusive():
    assert overall([]) is INCONCLUSIVE


def test_verdicts_may_come_from_a_generator():
    assert overall(verdict for verdict in (AGREE, AGREE)) is AGREE


def test_a_finding_must_have_a_verdict():
    with pytest.raises(TypeError, match="verdict"):
        Finding(operation="", point="", check="", quantity="", candidate="", reference="")
