"""Layers of strangers: right ones pass, wrong ones are caught, and the cause is named."""

from __future__ import annotations

import math
import re

import pytest

import gradcheck
from tests.strangers import framework_code, numpy_code
from tests.strangers.numpy_code import STRANGERS

PAIRS = [(stranger, mistake) for stranger in STRANGERS for mistake in stranger.mistakes]
IDS = [f"{stranger.file[:-3]}: {mistake.name}" for stranger, mistake in PAIRS]
EXPLAINED = [
    pytest.param(*pair, marks=pytest.mark.xfail(reason=pair[1].unnamed) if pair[1].unnamed else ())
    for pair in PAIRS
]


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda s: s.file[:-3])
def test_right_layer_passes(stranger, tmp_path):
    report = gradcheck.check(*stranger.arguments(tmp_path))
    assert report.verdict == "agree"


@pytest.mark.parametrize(("stranger", "mistake"), PAIRS, ids=IDS)
def test_mistake_is_caught_where_it_was_made(stranger, mistake, tmp_path):
    report = gradcheck.check(*stranger.arguments(tmp_path, mistake), explain=False)
    wrong = report.frame[report.frame.verdict == "DISAGREE"]
    assert mistake.quantity in set(wrong.quantity)


@pytest.mark.parametrize(("stranger", "mistake"), EXPLAINED, ids=IDS)
def test_cause_is_named(stranger, mistake, tmp_path, monkeypatch):
    # a busy machine finds the same causes, only later
    monkeypatch.setattr("gradcheck.examination.EXPLAINING", math.inf)
    report = gradcheck.check(*stranger.arguments(tmp_path, mistake), laws=False)
    causes = [f.cause for f in report.findings if f.quantity == mistake.quantity and f.cause]
    assert any(re.search(mistake.cause, cause) for cause in causes)


def test_most_causes_are_named():
    strangers = (*numpy_code.STRANGERS, *framework_code.STRANGERS)
    unnamed = [mistake.unnamed for stranger in strangers for mistake in stranger.mistakes]
    assert (len(unnamed), unnamed.count("") >= 24) == (30, True)
