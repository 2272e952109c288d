"""The second answer: right formulas whose float evaluation loses digits, and stable twins."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.checks.finding import Finding
from tests.checks.functions import evaluation_of, findings_of


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def one_pass_variance(x):
    return np.mean(x * x) - np.mean(x) ** 2


def two_pass_variance(x):
    return np.mean((x - np.mean(x)) ** 2)


def variance_gradient(delta_y, s, x):
    return delta_y * s * 2 * (x - np.mean(x)) / x.size


FAR_FROM_ZERO = 1e8 + np.array([0.3, -1.1, 0.7, 1.9, -0.2])

LOSING = {
    "1 - a² of tanh at 20": (
        {"x": [20.0]},
        np.tanh,
        lambda delta_y, x: delta_y * (1 - np.tanh(x) ** 2),
    ),
    "s(1 - s) of the sigmoid at 40": (
        {"x": [40.0]},
        sigmoid,
        lambda delta_y, x: delta_y * sigmoid(x) * (1 - sigmoid(x)),
    ),
    "log(1 - s) in the tail": (
        {"w": [1.0], "x": [-40.0]},
        lambda w, x: -w * np.logaddexp(0, x),
        lambda delta_y, w, x: delta_y * np.log(1 - sigmoid(x)),
        lambda delta_y, w, x: -delta_y * w * sigmoid(x),
    ),
    "a one-pass variance at mean 1e8": (
        {"s": 1.5, "x": FAR_FROM_ZERO},
        lambda s, x: s * two_pass_variance(x),
        lambda delta_y, s, x: delta_y * one_pass_variance(x),
        variance_gradient,
    ),
    "the gradient of sinc near 0": (
        {"x": [1e-5]},
        lambda x: np.sin(x) / x,
        lambda delta_y, x: delta_y * (np.cos(x) / x - np.sin(x) / x**2),
    ),
}

KEEPING = {
    "1 / cosh² of tanh at 20": (
        {"x": [20.0]},
        np.tanh,
        lambda delta_y, x: delta_y / np.cosh(x) ** 2,
    ),
    "s(x) s(-x) of the sigmoid at 40": (
        {"x": [40.0]},
        sigmoid,
        lambda delta_y, x: delta_y * sigmoid(x) * sigmoid(-x),
    ),
    "log1p(-s) in the tail": (
        {"w": [1.0], "x": [-40.0]},
        lambda w, x: -w * np.logaddexp(0, x),
        lambda delta_y, w, x: delta_y * np.log1p(-sigmoid(x)),
        lambda delta_y, w, x: -delta_y * w * sigmoid(x),
    ),
    "a two-pass variance at mean 1e8": (
        {"s": 1.5, "x": FAR_FROM_ZERO},
        lambda s, x: s * two_pass_variance(x),
        lambda delta_y, s, x: delta_y * two_pass_variance(x),
        variance_gradient,
    ),
    "a difference of nearby inputs": (
        {"x": [1e8 + 1.0, 1e8]},
        lambda x: (x[0] - x[1]) ** 2,
        lambda delta_y, x: 2 * delta_y * (x[0] - x[1]) * np.array([1.0, -1.0]),
    ),
}


def first_finding(case) -> Finding:
    inputs, *functions = case
    return next(iter(findings_of(*functions, **inputs).values()))


@pytest.mark.parametrize("name", LOSING)
def test_a_right_formula_that_loses_digits_agrees(name):
    assert first_finding(LOSING[name]).verdict == "agree"


@pytest.mark.parametrize("name", LOSING)
def test_a_right_formula_that_loses_digits_is_inaccurate(name):
    assert first_finding(LOSING[name]).accuracy == "inaccurate"


@pytest.mark.parametrize("name", LOSING)
def test_the_digits_lost_are_those_that_the_inputs_do_not_excuse(name):
    finding = first_finding(LOSING[name])
    assert finding.digits_kept < finding.digits_allowed / 2


@pytest.mark.parametrize("name", KEEPING)
def test_a_stable_formula_is_accurate(name):
    finding = first_finding(KEEPING[name])
    assert (finding.verdict, finding.accuracy) == ("agree", "accurate")


def test_the_entry_that_loses_most_is_named():
    inputs = {"x": [0.1, 20.0, -0.5]}
    finding = first_finding((inputs, *LOSING["1 - a² of tanh at 20"][1:]))
    assert finding.accuracy_index == (1,)


def test_a_wrong_formula_is_wrong_however_accurate():
    inputs, forward, gradient = KEEPING["1 / cosh² of tanh at 20"]
    finding = findings_of(forward, lambda *a: 2 * gradient(*a), **inputs)["delta_x"]
    assert finding.verdict == "DISAGREE"


def test_the_error_is_counted_in_units_in_the_last_place():
    """(x + 1) - 1 at x = 2^-52 + 2^-54 rounds to 2^-52: a quarter of 5/4, 2^50 of its ulps."""
    x = 2.0**-52 + 2.0**-54
    finding = findings_of(lambda x: 0.5 * x * x, lambda delta_y, x: delta_y * ((x + 1) - 1), x=[x])[
        "delta_x"
    ]
    assert finding.ulp == (x - 2.0**-52) / np.spacing(x)


def test_an_empty_gradient_has_no_accuracy():
    evaluation = evaluation_of(np.tanh, lambda delta_y, x: delta_y, x=np.zeros(0))
    assert evaluation.in_floats(("delta_x",))["delta_x"].size == 0
    assert findings_of(np.tanh, lambda delta_y, x: delta_y, x=np.zeros(0))["delta_x"].accuracy == ""
