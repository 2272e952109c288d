"""The lines of README and docs that need another framework run and raise nothing."""

from __future__ import annotations

import pytest

from tests.pages import blocks, names_in, printed_by

pytest.importorskip("torch", reason="the lines are PyTorch's")
pytest.importorskip("jax", reason="the lines are JAX's")
pytest.importorskip("autograd", reason="the lines are those of HIPS autograd")
from tests.frameworks import readme_layers

THERE = [block for block in blocks() if block.needs_frameworks]


@pytest.mark.parametrize("block", THERE, ids=str)
def test_python_of_the_pages_runs(block, monkeypatch):
    assert printed_by(block, names_in(readme_layers), monkeypatch) == block.printed


def test_there_are_lines_for_both():
    assert len(THERE) >= 2
