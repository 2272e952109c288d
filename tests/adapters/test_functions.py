"""Pairs of functions, forward(*inputs) and backward(cotangent, *inputs), as layers."""

from __future__ import annotations

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer
from tests.adapters.sample_arrays import X, array

W, B = array(3, 2), array(2)


def affine(x, w, b):
    return x @ w + b


def affine_backward(dout, x, w, b):
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)


def test_right_pair_agrees():
    assert gradcheck.check(affine, affine_backward, [X, W, B]).verdict == "agree"


def test_gradients_may_come_in_a_dictionary():
    def backward(dout, x, w, b):
        return {"b": dout.sum(axis=0), "x": dout @ w.T, "w": x.T @ dout}

    assert gradcheck.check(affine, backward, [X, W, B]).verdict == "agree"


def test_swapped_gradients_in_a_dictionary_are_caught():
    def backward(dout, x, w, b):
        return {"b": dout.sum(axis=0), "w": 2 * x.T @ dout, "x": dout @ w.T}

    report = gradcheck.check(affine, backward, [X, W, B])
    frame = report.frame[report.frame.check == "derivative"]
    assert set(frame[frame.verdict == "DISAGREE"].quantity) == {"delta_w"}


def test_nested_lists_are_handed_over_as_lists():
    def scale(x):
        assert isinstance(x, list)
        return 2 * np.array(x)

    assert layer(scale, lambda dout, x: 2 * dout, [[0.5, 1.5]]).output.tolist() == [1, 3]


def test_numbers_are_handed_over_as_numbers():
    seen = []
    layer(lambda t: seen.append(type(t)) or t * t, lambda dout, t: 2 * t * dout, [1.5])
    assert seen == [float]


def test_the_very_arrays_are_handed_over():
    seen = []
    made = layer(lambda x: seen.append(x) or 2 * x, lambda dout, x: 2 * dout, [X])
    x = X.copy()
    made.start().forward({"x": x})
    assert seen[-1] is x


def test_floats_that_the_user_holds_have_no_gradient():
    made = layer(affine, lambda d, x, w, b: (d @ w.T, x.T @ d), [X, W, B], held=["b"])
    assert made.differentiable == ("x", "w")


def test_gradients_need_no_forward_pass():
    calls = []
    made = layer(lambda x: calls.append(1) or 2 * x, lambda dout, x: 2 * dout, [X])
    calls.clear()
    made.start().gradients({"x": X.copy()}, np.ones_like(X))
    assert calls == []


def test_what_was_found_is_said():
    found = layer(affine, affine_backward, [X, W, B]).found
    assert found == (
        "affine(x, w, b) with a backward function of the cotangent and the same inputs"
    )


def test_an_output_of_integers_is_refused():
    with pytest.raises(CodeError, match=r"forward returned ndarray array\(\[1\]\): return one"):
        layer(lambda x: np.array([1]), lambda dout, x: dout, [X])
