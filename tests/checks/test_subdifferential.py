"""At a kink a gradient is right if and only if it lies in the Clarke subdifferential."""

from __future__ import annotations

import numpy as np
import pytest

from tests.checks.functions import findings_of


def larger(x, y):
    return np.maximum(x, y)


def smaller_size(x, y):
    return np.minimum(abs(x), abs(y))


def difference_of_sizes(x, y):
    return abs(x) - abs(y)


ZEROS = {"x": 0.0, "y": 0.0}

VALID = [
    ("|x|", abs, {"x": 0.0}, [(-1.0,), (0.0,), (0.5,), (1.0,)]),
    ("-|x|", lambda x: -abs(x), {"x": 0.0}, [(-1.0,), (0.0,), (1.0,)]),
    ("relu", lambda x: np.maximum(x, 0), {"x": 0.0}, [(0.0,), (0.5,), (1.0,)]),
    ("max(x, y)", larger, {"x": 2.0, "y": 2.0}, [(1.0, 0.0), (0.0, 1.0), (0.5, 0.5), (0.3, 0.7)]),
    ("|x| - |y|", difference_of_sizes, ZEROS, [(1.0, 1.0), (-1.0, 0.5), (0.0, 0.0)]),
    ("min(|x|, |y|)", smaller_size, ZEROS, [(1.0, 0.0), (0.0, -1.0), (0.5, 0.5), (0.0, 0.0)]),
    ("clip", lambda x: np.clip(x, -1.0, 1.0), {"x": 1.0}, [(0.0,), (0.5,), (1.0,)]),
    ("hinge", lambda x: np.maximum(1 - x, 0), {"x": 1.0}, [(0.0,), (-0.5,), (-1.0,)]),
]

INVALID = [
    ("|x|", abs, {"x": 0.0}, [(1.0 + 1e-6,), (-2.0,)]),
    ("-|x|", lambda x: -abs(x), {"x": 0.0}, [(-1.5,), (1.5,)]),
    ("relu", lambda x: np.maximum(x, 0), {"x": 0.0}, [(-1e-6,), (1.0 + 1e-6,), (2.0,)]),
    ("max(x, y)", larger, {"x": 2.0, "y": 2.0}, [(1.0, 1.0), (0.0, 0.0), (0.5, 0.4), (1.5, -0.5)]),
    ("|x| - |y|", difference_of_sizes, ZEROS, [(1.5, 0.0), (0.0, -1.1)]),
    ("min(|x|, |y|)", smaller_size, ZEROS, [(1.0, 1.0), (0.6, 0.6), (-1.0, 0.5)]),
    ("clip", lambda x: np.clip(x, -1.0, 1.0), {"x": 1.0}, [(-0.5,), (1.5,)]),
    ("hinge", lambda x: np.maximum(1 - x, 0), {"x": 1.0}, [(0.5,), (-1.5,)]),
]


def each_slope(table):
    return pytest.mark.parametrize(
        ("forward", "point", "slopes"),
        [
            pytest.param(forward, point, slopes, id=f"{name} with {slopes}")
            for name, forward, point, several in table
            for slopes in several
        ],
    )


def constant_gradient(value):
    return lambda delta_y, *inputs: delta_y * value


@each_slope(VALID)
def test_a_valid_subgradient_agrees(forward, point, slopes):
    findings = findings_of(forward, *map(constant_gradient, slopes), **point).values()
    assert {finding.verdict for finding in findings} == {"agree"}


def test_a_valid_subgradient_is_marked():
    finding = findings_of(abs, constant_gradient(0.5), x=0.0)["delta_x"]
    assert (finding.kink, finding.note) == (True, "a kink: one of the slopes that are valid here")


@each_slope(INVALID)
def test_what_is_no_subgradient_disagrees(forward, point, slopes):
    findings = findings_of(forward, *map(constant_gradient, slopes), **point).values()
    assert "DISAGREE" in {finding.verdict for finding in findings}


def size(x):
    return np.abs(x).sum()


@pytest.mark.parametrize("slopes", [[0.0] * 5, [1.0, -1.0, 0.3, 0.0, -0.9], [1.0] * 5])
def test_the_sum_of_sizes_has_a_cube_of_subgradients_at_0(slopes):
    finding = findings_of(size, constant_gradient(np.array(slopes)), x=np.zeros(5))["delta_x"]
    assert (finding.verdict, finding.kink) == ("agree", True)


def test_outside_the_cube_the_entry_is_named():
    slopes = np.array([0.0, 0.5, -1.25, 1.0])
    finding = findings_of(size, constant_gradient(slopes), x=np.zeros(4))["delta_x"]
    assert (finding.verdict, finding.worst_index, finding.wrong) == ("DISAGREE", (2,), 1)
    assert finding.reference_value == pytest.approx(-1.0)


def norm(x):
    return np.sqrt((x * x).sum())


@pytest.mark.parametrize("slopes", [[0.0, 0.0], [0.6, -0.7]])
def test_the_norm_has_a_ball_of_subgradients_at_0(slopes):
    """Inside the unit ball; its border is met by no finite number of samples."""
    finding = findings_of(norm, constant_gradient(np.array(slopes)), x=np.zeros(2))["delta_x"]
    assert finding.verdict != "DISAGREE"


def test_beyond_the_ball_of_subgradients_the_norm_disagrees():
    finding = findings_of(norm, constant_gradient(np.array([1.5, 0.0])), x=np.zeros(2))["delta_x"]
    assert finding.verdict == "DISAGREE"


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_kinks_are_judged_alike_at_every_scale(scale):
    def scaled(x):
        return scale * np.maximum(x[0], x[1])

    right = findings_of(scaled, constant_gradient(scale * np.array([0.5, 0.5])), x=np.ones(2))
    wrong = findings_of(scaled, constant_gradient(scale * np.array([1.0, 1.0])), x=np.ones(2))
    assert (right["delta_x"].verdict, wrong["delta_x"].verdict) == ("agree", "DISAGREE")


def test_a_pooling_window_of_ties_takes_any_share():
    """Max pooling gives the gradient to the first of equals, to all in equal parts, ..."""
    shares = np.array([0.25, 0.25, 0.5, 0.0])
    finding = findings_of(np.max, constant_gradient(shares), x=np.full(4, 2.0))["delta_x"]
    assert finding.verdict == "agree"


def test_a_pooling_window_does_not_take_the_gradient_twice():
    shares = np.array([1.0, 1.0, 0.0, 0.0])
    finding = findings_of(np.max, constant_gradient(shares), x=np.full(4, 2.0))["delta_x"]
    assert finding.verdict == "DISAGREE"
