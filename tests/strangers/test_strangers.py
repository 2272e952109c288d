"""Layers of strangers: right ones pass, wrong ones are caught, and the cause is named."""

from __future__ import annotations

import re

import pytest

import gradcheck
from tests.strangers.numpy_code import STRANGERS

PAIRS = [(stranger, mistake) for stranger in STRANGERS for mistake in stranger.mistakes]
WRONG = pytest.mark.parametrize(
    ("stranger", "mistake"), PAIRS, ids=[f"{s.file[:-3]}: {m.name}" for s, m in PAIRS]
)


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda s: s.file[:-3])
def test_right_layer_passes(stranger, tmp_path):
    report = gradcheck.check(*stranger.arguments(tmp_path))
    assert report.verdict == "agree"


@WRONG
def test_mistake_is_caught_where_it_was_made(stranger, mistake, tmp_path):
    report = gradcheck.check(*stranger.arguments(tmp_path, mistake))
    wrong = report.frame[report.frame.verdict == "DISAGREE"]
    assert mistake.quantity in set(wrong.quantity)


@WRONG
def test_cause_is_named(stranger, mistake, tmp_path):
    report = gradcheck.check(*stranger.arguments(tmp_path, mistake))
    causes = [f.cause for f in report.findings if f.quantity == mistake.quantity and f.cause]
    assert any(re.search(mistake.cause, cause) for cause in causes)
