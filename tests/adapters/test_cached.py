"""Pairs that hand a cache on, as affine_forward and affine_backward of courses do."""

from __future__ import annotations

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer
from tests.adapters.sample_arrays import X, array

W, B = array(3, 2), array(2)


def affine_forward(x, w, b):
    return x @ w + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, _ = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    return dout * (cache > 0)


def norm_forward(x, gamma, beta, param):
    std = np.sqrt(x.var(axis=0) + param["eps"])
    normed = (x - x.mean(axis=0)) / std
    return gamma * normed + beta, {"normed": normed, "std": std, "gamma": gamma}


def norm_backward(dout, cache):
    normed, d = cache["normed"], dout * cache["gamma"]
    dx = (d - d.mean(axis=0) - normed * (d * normed).mean(axis=0)) / cache["std"]
    return dx, (dout * normed).sum(axis=0), dout.sum(axis=0)


@pytest.mark.parametrize(
    ("forward", "backward", "inputs"),
    [(affine_forward, affine_backward, [X, W, B]), (relu_forward, relu_backward, [X])],
)
def test_right_pair_agrees(forward, backward, inputs):
    assert gradcheck.check(forward, backward, inputs).verdict == "agree"


def test_cache_may_be_a_dictionary():
    def forward(x, gamma, beta):
        return norm_forward(x, gamma, beta, {"eps": 1e-5})

    assert gradcheck.check(forward, norm_backward, [X, array(3), array(3)]).verdict == "agree"


def test_derivative_at_the_wrong_point_is_caught():
    def tanh_forward(x):
        return np.tanh(x), x

    report = gradcheck.check(tanh_forward, lambda dout, x: dout * (1 - x**2), [X])
    assert report.verdict == "disagree"


def test_kind_and_names_are_said():
    made = layer(affine_forward, affine_backward, [X, W, B])
    assert (made.kind, made.inputs) == ("forward with cache", ("x", "w", "b"))


def test_memory_is_the_cache():
    session = layer(affine_forward, affine_backward, [X, W, B]).start()
    values = {"x": X.copy(), "w": W.copy(), "b": B.copy()}
    session.forward(values)
    assert session.memory()["cache[0]"] is values["x"]


def test_integer_inputs_are_held():
    def forward(x, y):
        rows = np.arange(len(x))
        return x[rows, y], (x.shape, y)

    def backward(dout, cache):
        dx = np.zeros(cache[0])
        dx[np.arange(len(dout)), cache[1]] = dout
        return dx

    assert gradcheck.check(forward, backward, [X, np.array([0, 2, 1, 1])]).verdict == "agree"


def test_cache_may_come_first_or_have_a_default():
    def forward(x):
        return np.tanh(x), np.tanh(x)

    for backward in (lambda cache, dout: dout * (1 - cache**2), _with_default):
        assert gradcheck.check(forward, backward, [X]).verdict == "agree"


def _with_default(dout, cache=None):
    return dout * (1 - cache**2)


def test_two_outputs_are_no_output_and_cache():
    def forward(x):
        return np.tanh(x), np.exp(x)

    with pytest.raises(CodeError, match=r"two arrays, and backward takes \(dh, dc\)"):
        gradcheck.check(forward, lambda dh, dc: dh + dc, [X])
