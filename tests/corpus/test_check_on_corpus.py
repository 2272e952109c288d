"""`gradcheck.check` on the corpus: no right gradient accused, no wrong twin passed."""

from __future__ import annotations

import pytest

import gradcheck
from tests.corpus import CORPUS, Awkward, wrong_twin
from tests.corpus.awkward import MISTAKE


@pytest.mark.parametrize("entry", CORPUS, ids=str)
def test_no_right_gradient_is_accused(entry: Awkward):
    report = gradcheck.check(entry.forward, entry.backward, entry.inputs)
    assert report.verdict in ("agree", "inconclusive"), str(report)


@pytest.mark.parametrize("entry", CORPUS, ids=str)
def test_no_wrong_twin_passes(entry: Awkward):
    report = gradcheck.check(entry.forward, wrong_twin(entry), entry.inputs)
    undecided = report.frame[report.frame.verdict == "inconclusive"]
    assert report.verdict == "disagree" or (undecided.floor > MISTAKE).any(), str(report)


def test_nearly_all_right_gradients_are_decided():
    """Inconclusive is honest, but a checker that always says it is of no use."""
    reports = [gradcheck.check(e.forward, e.backward, e.inputs) for e in CORPUS]
    undecided = [report for report in reports if report.verdict == "inconclusive"]
    assert len(undecided) <= len(CORPUS) / 10


@pytest.mark.parametrize("entry", CORPUS, ids=str)
def test_inputs_are_never_modified(entry: Awkward):
    before = [repr(value) for value in entry.inputs]
    gradcheck.check(entry.forward, entry.backward, entry.inputs)
    assert [repr(value) for value in entry.inputs] == before
