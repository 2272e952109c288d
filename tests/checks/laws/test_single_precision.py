"""Copies in float32 give what float64 gives, as far as float32 goes."""

import numpy as np

from tests.checks.laws.trials import (
    B,
    Dense,
    W,
    X,
    affine,
    affine_backward,
    held_to,
    tanh,
    tanh_backward,
)


def single(*given):
    return held_to("float32", *given)


def test_right_layers_agree():
    found = single(affine, affine_backward, [X, W, B]) + single(Dense(), [X])
    assert [(f.verdict, f.note) for f in found] == [("agree", ""), ("agree", "")]


def test_promotion_to_float64_is_named():
    found = single(lambda x: np.tanh(x) * np.ones(3), tanh_backward, [X])
    assert found[0].verdict == "agree"
    assert found[0].note == "for inputs in float32, y come out in float64"


def test_wrong_path_for_float32_is_caught():
    def backward(dout, x):
        slopes = 1 - np.tanh(x) ** 2
        return dout * (slopes / 2 if x.dtype == np.float32 else slopes)

    found = single(tanh, backward, [X])
    assert [(f.verdict, f.quantity) for f in found] == [("DISAGREE", "delta_x")]
    assert "float64 loses far less" in found[0].note


def test_wrong_forward_path_for_float32_is_caught():
    def forward(x):
        return x if x.dtype == np.float32 else np.tanh(x)

    assert [f.quantity for f in single(forward, tanh_backward, [X])] == ["y"]


def test_saturation_is_no_mistake():
    found = single(tanh, tanh_backward, [np.array([9.0, 10.0])])
    assert [f.verdict for f in found] == ["agree"]
    assert "keeps 0 digits in float32" in found[0].note


def test_what_float32_cannot_hold_goes_unreported():
    assert single(tanh, tanh_backward, [np.array([1e-60, 1.0])]) == []
    assert single(tanh, tanh_backward, [np.array([1e60, 1.0])]) == []


def test_overflow_on_the_way_is_named():
    def forward(x):
        return np.log(np.exp(x).sum())

    def backward(dout, x):
        return dout * np.exp(x) / np.exp(x).sum()

    found = single(forward, backward, [np.array([100.0, 99.0])])
    assert found[0].verdict == "agree"
    assert "y is not finite in float32 where it is in float64" in found[0].note


def test_refusing_float32_is_named():
    def forward(x):
        if x.dtype != np.float64:
            raise TypeError("expected float64")
        return np.tanh(x)

    found = single(forward, tanh_backward, [X])
    assert [f.verdict for f in found] == ["agree"]
    assert "forward raises TypeError: expected float64" in found[0].note


def test_loop_that_never_ends_in_float32_is_interrupted():
    def forward(x):
        root, error = x * 1, 1.0
        while error > 1e-10:
            better = (root + x / root) / 2 * (1 + np.finfo(x.dtype).eps)
            root, error = better, np.abs(better**2 / x - 1).max()
        return root

    found = single(forward, lambda dout, x: dout / (2 * np.sqrt(x)), [np.array([2.0, 3.0])])
    assert found[0].verdict == "agree"


def test_inputs_in_float32_have_no_narrower_copy():
    assert single(tanh, tanh_backward, [X.astype(np.float32)]) == []
