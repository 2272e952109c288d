"""The gradients are linear in the cotangent."""

import numpy as np
import pytest

from tests.checks.laws.trials import X, affine, affine_backward, disagreeing, held_to, tanh

SLOPES = 1 - np.tanh(X) ** 2


def linear(backward):
    return held_to("linear", tanh, backward, [X])


def test_right_layer_is_linear():
    found = held_to("linear", affine, affine_backward, [X, np.ones((3, 2)), np.ones(2)])
    assert [f.verdict for f in found] == ["agree"]


@pytest.mark.parametrize(
    "backward",
    [
        lambda dout, x: dout**2 * (1 - np.tanh(x) ** 2),
        lambda dout, x: np.abs(dout) * (1 - np.tanh(x) ** 2),
        lambda dout, x: dout / np.linalg.norm(dout) * (1 - np.tanh(x) ** 2),
    ],
    ids=["square", "absolute value", "normalised"],
)
def test_what_does_not_scale_is_caught(backward):
    assert disagreeing(linear(backward)) == ["delta_x"] * len(linear(backward))


def test_a_constant_shows_at_a_cotangent_of_zeros():
    found = linear(lambda dout, x: dout * (1 - np.tanh(x) ** 2) + 1e-12)
    assert "a cotangent of zeros does not give zeros" in found[0].note


def test_clipping_is_caught():
    found = linear(lambda dout, x: np.clip(dout * (1 - np.tanh(x) ** 2), -1, 1))
    assert found[0].verdict == "DISAGREE"


def test_what_scales_but_does_not_add_is_caught_in_balls():
    def backward(dout, x):
        return dout**3 / (dout**2).sum() * (1 - np.tanh(x) ** 2)

    found = held_to("linear", tanh, backward, [X])
    assert "a sum of cotangents" in found[0].note or "DISAGREE" in found[0].verdict


def test_odd_function_of_degree_one_is_caught_by_sums_alone():
    def backward(dout, x):
        return dout.max(axis=0) + dout.min(axis=0) + 0 * x  # of three numbers, not their sum

    found = held_to("linear", tanh, backward, [X.T])
    assert "a sum of cotangents" in found[0].note
    assert found[0].evidence == "exact"


def in_floats_alone(dout):
    return np.array([[float(d) for d in row] for row in dout])


def test_without_balls_sums_are_compared_within_rounding():
    found = linear(lambda dout, x: in_floats_alone(dout) * (1 - np.tanh(x) ** 2))
    assert [f.verdict for f in found] == ["agree"]


def test_without_balls_what_does_not_add_is_caught():
    def backward(dout, x):
        dout = in_floats_alone(dout)
        return dout.max(axis=0) + dout.min(axis=0) + 0 * x

    found = held_to("linear", tanh, backward, [X.T])
    assert [(f.verdict, str(f.evidence)) for f in found] == [("DISAGREE", "measured")]


def test_infinite_gradient_may_be_nan_for_zeros():
    with np.errstate(divide="ignore"):  # the slope of a root at 0 is what this is about
        found = held_to(
            "linear", np.sqrt, lambda dout, x: dout / (2 * np.sqrt(x)), [np.array([0.0, 1.0])]
        )
    assert [f.verdict for f in found] == ["agree"]


def test_nan_for_zeros_is_caught_where_the_gradient_is_finite():
    found = linear(lambda dout, x: dout * np.sqrt((dout**2).sum()) / np.sqrt((dout**2).sum()))
    assert "a cotangent of zeros" in found[0].note


def test_an_iteration_to_a_tolerance_is_left_open():
    def backward(dout, x):
        inverse, error = np.zeros_like(x), 1.0
        while error > 1e-9:
            step = dout * (1 - np.tanh(x) ** 2) - inverse
            inverse, error = inverse + 0.5 * step, np.abs(step).max()
        return inverse

    assert linear(backward)[0].verdict == "inconclusive"
