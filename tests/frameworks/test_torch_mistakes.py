"""Mistakes planted in the backward of PyTorch code are caught, and their right twins pass."""

import pytest

import gradcheck

pytest.importorskip("torch")  # what follows imports it
from tests.frameworks.torch_mistakes import MISTAKES, RIGHT


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_caught(mistake):
    code, inputs = MISTAKES[mistake]
    assert gradcheck.check(code, inputs).verdict == "disagree"


@pytest.mark.parametrize("name", RIGHT)
def test_the_right_twin_agrees(name):
    code, inputs = RIGHT[name]
    assert gradcheck.check(code, inputs).verdict == "agree"


def test_the_entry_that_is_wrong_is_named():
    code, inputs = MISTAKES["None stands for a gradient"]
    with pytest.raises(AssertionError, match=r"delta_b\[\d\] = 0"):
        gradcheck.check(code, inputs).raise_for_disagreement()
