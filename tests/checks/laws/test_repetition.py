"""Going back twice, and what becomes of the gradients of parameters."""

import numpy as np
import pytest

from tests.checks.laws.trials import AddingDense, Dense, X, held_to, tanh, tanh_backward


def repeatable(*given):
    return held_to("repeatable", *given)


def accumulation(*given):
    return held_to("accumulation", *given)


@pytest.mark.parametrize(
    "given",
    [(tanh, tanh_backward, [X]), (Dense(), [X]), (AddingDense(), [X])],
    ids=["pair", "Dense", "AddingDense"],
)
def test_right_layers_repeat(given):
    assert [(f.verdict, f.note) for f in repeatable(*given)] == [("agree", "")]


def test_cache_that_is_used_up_is_caught():
    def forward(x):
        return np.tanh(x), [1 - np.tanh(x) ** 2]

    def backward(dout, cache):
        cache[0] *= dout
        return cache[0]

    found = repeatable(forward, backward, [X])
    assert found[0].verdict == "DISAGREE"
    assert "uses up or changes what forward kept" in found[0].note


def test_input_gradient_that_adds_up_is_caught():
    class Tanh:
        def forward(self, x):
            self.y, self.dx = np.tanh(x), np.zeros_like(x)
            return self.y

        def backward(self, dout):
            self.dx = self.dx + dout * (1 - self.y**2)
            return self.dx

    found = repeatable(Tanh(), [X])
    assert found[0].verdict == "DISAGREE"
    assert "doubles it" in found[0].note


def test_layer_that_goes_back_once_only_is_named():
    def backward(dout, cache):
        return dout * cache.pop()

    found = repeatable(lambda x: (np.tanh(x), [1 - np.tanh(x) ** 2]), backward, [X])
    assert found[0].verdict == "agree"
    assert "goes back once only" in found[0].note


def test_overwriting_is_stated():
    found = accumulation(Dense(), [X])
    assert [f.verdict for f in found] == ["agree"]
    assert "backward overwrites delta_W, delta_b" in found[0].note


def test_accumulation_is_stated():
    found = accumulation(AddingDense(), [X])
    assert [f.verdict for f in found] == ["agree"]
    assert "backward accumulates delta_W, delta_b" in found[0].note


def test_pairs_have_nothing_to_state():
    assert accumulation(tanh, tanh_backward, [X]) == []


def test_mixed_conventions_are_caught():
    class Mixed(AddingDense):
        def backward(self, dout):
            self.dW = self.x.T @ dout
            self.db += dout.sum(axis=0)
            return dout @ self.W.T

    found = accumulation(Mixed(), [X])
    assert found[0].verdict == "DISAGREE"
    assert found[0].note == "mixed: backward overwrites delta_W; backward accumulates delta_b"


def test_neither_is_caught():
    class Fading(AddingDense):
        def backward(self, dout):
            self.dW = 0.5 * self.dW + self.x.T @ dout
            self.db += dout.sum(axis=0)
            return dout @ self.W.T

    found = accumulation(Fading(), [X])
    assert [(f.verdict, f.quantity) for f in found] == [("DISAGREE", "delta_W")]
