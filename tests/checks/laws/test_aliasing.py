"""What a layer hands out stays as it is."""

import numpy as np
import pytest

from tests.checks.laws.trials import (
    AddingDense,
    Dense,
    X,
    disagreeing,
    held_to,
    tanh,
    tanh_backward,
)


def unaliased(*given):
    return held_to("no-aliasing", *given)


@pytest.mark.parametrize("subject", [Dense(), AddingDense()], ids=["Dense", "AddingDense"])
def test_right_objects_agree(subject):
    assert [(f.verdict, f.note) for f in unaliased(subject, [X])] == [("agree", "")]


def test_right_pair_agrees_without_a_word():
    assert [(f.verdict, f.note) for f in unaliased(tanh, tanh_backward, [X])] == [("agree", "")]


def test_reshape_is_legal_and_named():
    found = unaliased(lambda x: x.reshape(-1), lambda dout, x: dout.reshape(x.shape), [X])
    assert found[0].verdict == "agree"
    assert "y shares memory with x" in found[0].note
    assert "delta_x shares memory with delta_y" in found[0].note


def test_residual_connection_is_legal_and_named():
    found = unaliased(np.add, lambda dout, x, y: (dout, dout), [X, X + 1])
    assert found[0].verdict == "agree"
    assert "delta_x1 shares memory with delta_x2" in found[0].note


def test_output_buffer_that_the_next_forward_overwrites_is_caught():
    buffer = np.zeros_like(X)

    def forward(x):
        np.tanh(x, out=buffer)
        return buffer

    found = unaliased(forward, tanh_backward, [X])
    assert disagreeing(found) == ["y"]
    assert "a buffer that the next forward overwrites" in found[0].note


def test_gradient_buffer_that_the_next_backward_overwrites_is_caught():
    buffer = np.zeros_like(X)

    def backward(dout, x):
        np.multiply(dout, 1 - np.tanh(x) ** 2, out=buffer)
        return buffer

    assert disagreeing(unaliased(tanh, backward, [X])) == ["delta_x"]
