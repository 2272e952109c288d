"""`gradcheck.check` on the corpus: no right gradient accused, no wrong twin passed."""

from __future__ import annotations

import pytest

import gradcheck
from tests.corpus import CORPUS, Awkward, wrong_twin
from tests.corpus.awkward import MISTAKE

UNDECIDED = {
    "dense layer in float32": "its rounding hides more than six digits",
    "energy summed in float32": "its rounding hides more than six digits",
    "Kepler's equation by a fixed point stopped at 1e-8": "a loop until a tolerance",
    "square root by iteration stopped at 1e-8": "a loop until a tolerance",
    "linear system by relaxation stopped at 1e-8": "a loop until a tolerance",
    "result rounded to eight decimals": "a staircase to tiny steps",
    "result through a text of ten digits": "a staircase to tiny steps",
}
"""Right gradients about which `inconclusive` is the honest answer, and why."""


def report_of(entry: Awkward, backward, **how) -> gradcheck.Report:
    """Check a gradient of the entry, and that its inputs stay as they are."""
    before = [repr(value) for value in entry.inputs]
    report = gradcheck.check(entry.forward, backward, entry.inputs, **how)
    assert [repr(value) for value in entry.inputs] == before
    return report


@pytest.mark.parametrize("entry", CORPUS, ids=str)
def test_right_gradients_agree(entry: Awkward):
    report = report_of(entry, entry.backward)
    expected = {"agree", "inconclusive"} if entry.name in UNDECIDED else {"agree"}
    assert report.verdict in expected, str(report)


@pytest.mark.parametrize("entry", CORPUS, ids=str)
def test_no_wrong_twin_passes(entry: Awkward):
    report = report_of(entry, wrong_twin(entry), laws=False, explain=False)
    undecided = report.frame[report.frame.verdict == "inconclusive"]
    assert report.verdict == "disagree" or (undecided.floor > MISTAKE).any(), str(report)


def test_the_list_of_undecided_names_entries():
    assert {entry.name for entry in CORPUS} >= set(UNDECIDED)
