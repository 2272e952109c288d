"""Layers of strangers in PyTorch and JAX: right ones pass, wrong ones are caught and explained."""

from __future__ import annotations

import pytest

from tests.strangers.claims import each_cause, each_mistake, is_caught, is_named, is_right
from tests.strangers.framework_code import STRANGERS

pytest.importorskip("torch", reason="strangers write for PyTorch")
pytest.importorskip("jax", reason="strangers write for JAX")


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda stranger: stranger.file[:-3])
def test_right_layer_passes(stranger, tmp_path):
    is_right(stranger, tmp_path)


@each_mistake(STRANGERS)
def test_mistake_is_caught_where_it_was_made(stranger, mistake, tmp_path):
    is_caught(stranger, mistake, tmp_path)


@each_cause(STRANGERS)
def test_cause_is_named(stranger, mistake, tmp_path, monkeypatch):
    is_named(stranger, mistake, tmp_path, monkeypatch)
