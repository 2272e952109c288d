"""The line that is printed, executed, disagrees."""

import numpy as np
import pytest

import gradcheck
from gradcheck import layer
from gradcheck.checks.finding import Verdict
from gradcheck.search import found
from tests.search_mistakes.at_repeated_indices import _look_up, _look_up_overwrites
from tests.search_mistakes.at_zeros import prelu_backward_by_quotient, prelu_forward
from tests.search_mistakes.in_other_layouts import (
    _squares,
    _squares_by_memory,
    cumulative_backward_by_memory,
    cumulative_forward,
)

SAMPLE = np.array([[0.31, -1.72, 0.44], [-2.24, 0.93, 1.05]])


def line(forward, backward, *inputs, **options):
    findings = found(layer(forward, backward, list(inputs), **options))
    return next(f.reproduce for f in findings if f.verdict is Verdict.DISAGREE)


@pytest.mark.parametrize(
    ("forward", "backward", "inputs"),
    [
        (prelu_forward, prelu_backward_by_quotient, (SAMPLE, 0.25)),
        (_look_up, _look_up_overwrites, (SAMPLE.T, np.array([2, 0]))),
        (_squares, _squares_by_memory, (SAMPLE,)),
        (cumulative_forward, cumulative_backward_by_memory, (SAMPLE,)),
    ],
    ids=["cache", "indices", "layout", "layout and cache"],
)
def test_it_brings_the_disagreement_back(forward, backward, inputs):
    names = {f.__name__: f for f in (forward, backward)}
    text = line(forward, backward, *inputs)
    assert eval(text, {"gradcheck": gradcheck, "np": np, **names}).verdict == "disagree"


def test_inputs_that_are_held_are_named():
    def forward(x, c):
        return np.abs(x) * c

    def backward(dout, x, c):
        return dout * c * x / np.abs(x), None

    assert line(forward, backward, SAMPLE, SAMPLE, held=["c"]).endswith(", held=['c'])")


def test_a_function_without_a_name_is_left_to_the_reader():
    text = line(lambda x: np.abs(x), lambda dout, x: dout * x / np.abs(x), SAMPLE)
    assert text == "gradcheck.check(..., ..., [np.array([[0.0]])])"
