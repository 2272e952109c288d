"""Layers of strangers: right ones pass, wrong ones are caught, and the cause is named."""

from __future__ import annotations

import pytest

from tests.strangers import framework_code, numpy_code
from tests.strangers.claims import each_cause, each_mistake, is_caught, is_named, is_right
from tests.strangers.numpy_code import STRANGERS


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda stranger: stranger.file[:-3])
def test_right_layer_passes(stranger, tmp_path):
    is_right(stranger, tmp_path)


@each_mistake(STRANGERS)
def test_mistake_is_caught_where_it_was_made(stranger, mistake, tmp_path):
    is_caught(stranger, mistake, tmp_path)


@each_cause(STRANGERS)
def test_cause_is_named(stranger, mistake, tmp_path, monkeypatch):
    is_named(stranger, mistake, tmp_path, monkeypatch)


def test_most_causes_are_named():
    strangers = (*numpy_code.STRANGERS, *framework_code.STRANGERS)
    unnamed = [mistake.unnamed for stranger in strangers for mistake in stranger.mistakes]
    assert (len(unnamed), unnamed.count("") >= 24) == (30, True)
