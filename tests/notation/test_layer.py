"""A layer: an example that nobody can change, and sessions that share nothing."""

# ruff: noqa: D101, D102 - a class of a test

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.notation.layer import Layer, Session


class Doubling(Session):
    def forward(self, values):
        return 2 * values["x"] + values["b"]

    def backward(self, cotangent):
        return {"x": 2 * cotangent, "b": cotangent}


def doubling(x, b):
    return Layer(
        name="doubling",
        kind="test",
        values={"x": x, "b": b, "n": np.array(3)},
        start=Doubling,
        output=2 * x + b,
        parameters=("b",),
        held=("n",),
    )


def test_inputs_are_the_values_that_are_no_parameters():
    assert doubling(np.ones(2), np.zeros(2)).inputs == ("x", "n")


def test_differentiable_are_the_values_that_are_not_held():
    assert doubling(np.ones(2), np.zeros(2)).differentiable == ("x", "b")


def test_values_are_copies():
    x = np.ones(2)
    layer = doubling(x, np.zeros(2))
    x[0] = 5
    assert layer.values["x"][0] == 1


def test_values_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        doubling(np.ones(2), np.zeros(2)).values["x"][0] = 5


def test_output_follows_from_other_values():
    layer = doubling(np.ones(2), np.zeros(2))
    moved = layer.at({**layer.values, "b": np.array([1.0, 2.0])})
    assert moved.output.tolist() == [3, 4]


def test_gradients_are_those_of_a_forward_pass_at_the_values():
    layer = doubling(np.ones(2), np.zeros(2))
    gradients = layer.start().gradients(layer.values, np.array([1.0, 3.0]))
    assert gradients["x"].tolist() == [2, 6]


def test_a_session_keeps_nothing_unless_it_says_so():
    assert Doubling().memory() == {}
