"""One run does not change another."""

import numpy as np
import pytest

from tests.checks.laws.trials import AddingDense, Dense, X, held_to, tanh, tanh_backward


def independent(*given):
    return held_to("independent-runs", *given)


@pytest.mark.parametrize(
    "given",
    [(tanh, tanh_backward, [X]), (Dense(), [X]), (AddingDense(), [X])],
    ids=["pair", "Dense", "AddingDense"],
)
def test_right_layers_are_independent(given):
    assert [f.verdict for f in independent(*given)] == ["agree"]


def test_cache_of_the_module_is_caught():
    cache = {}

    def forward(x):
        cache["y"] = np.tanh(x)
        return cache["y"]

    found = independent(forward, lambda dout, x: dout * (1 - cache["y"] ** 2), [X])
    assert [(f.verdict, f.quantity) for f in found] == [("DISAGREE", "delta_x")]
    assert "backward reads what forward of another run left" in found[0].note


def test_cache_of_the_class_is_caught():
    class Tanh:
        def forward(self, x):
            Tanh.y = np.tanh(x)
            return Tanh.y

        def backward(self, dout):
            return dout * (1 - Tanh.y**2)

    assert [f.verdict for f in independent(Tanh(), [X])] == ["DISAGREE"]


def test_scratch_of_the_module_in_the_cache_is_caught():
    scratch = np.zeros_like(X)

    def forward(x):
        np.tanh(x, out=scratch)
        return scratch.copy(), scratch

    found = independent(forward, lambda dout, y: dout * (1 - y**2), [X])
    assert [f.quantity for f in found] == ["delta_x"]


def test_output_that_another_run_overwrites_is_caught():
    buffer = np.zeros_like(X)

    def forward(x):
        np.tanh(x, out=buffer)
        return buffer

    assert [f.quantity for f in independent(forward, tanh_backward, [X])] == ["y"]


def test_nothing_is_said_where_there_are_no_other_values_nearby():
    def forward(x):
        if (x < 1).any():
            raise ValueError("x must be at least 1")
        return np.sqrt(x)

    def backward(dout, x):
        return dout / (2 * np.sqrt(x))

    assert independent(forward, backward, [np.array([1.0, 2.0])]) == []
