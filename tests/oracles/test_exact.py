"""Slopes in ball arithmetic: their digits, their errors, and what they say about a point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest

from gradcheck.arithmetic import Ball, NotLiftable, lifted
from gradcheck.oracles.exact import Shape, Slope, digits, log2_of, power_of_two, slope
from tests.oracles.pairs import AWKWARD, SMOOTH, Pair, cases

NOT_LIFTABLE = {"float32 input", "float32 output", "relative noise of 1e-8"}
PAIRS = SMOOTH + tuple(pair for pair in AWKWARD if pair.name not in NOT_LIFTABLE)

DIGITS = 800
"""Of the reference: more than the 2,600 bits that the last effort has."""

every_pair = pytest.mark.parametrize(("pair", "x"), cases(PAIRS))


def slope_at(g: Callable[[Any], Any], x: float) -> Slope:
    with lifted(g):
        return slope(lambda t: g(Ball(x) + t))


def as_mpf(ball: Ball) -> mp.mpf:
    return mp.mpf(ball.arb.mid().str(DIGITS, radius=False))


def miss(found: Slope, pair: Pair, x: float) -> mp.mpf:
    with mp.workdps(DIGITS):
        return abs(as_mpf(found.value) - mp.mpf(pair.slope(mp.mpf(x))))


@every_pair
def test_the_true_slope_lies_within_the_stated_error(pair, x):
    found = slope_at(pair.g, x)
    assert miss(found, pair, x) <= as_mpf(found.error)


@every_pair
def test_a_slope_has_30_digits_or_an_error_below_1e_30(pair, x):
    found = slope_at(pair.g, x)
    assert digits(found.error, found.value) >= 30 or found.error < 1e-30


@every_pair
def test_a_differentiable_function_is_smooth_however_near_a_kink_may_be(pair, x):
    assert slope_at(pair.g, x).shape is Shape.SMOOTH


@pytest.mark.parametrize("name", sorted(NOT_LIFTABLE))
def test_what_drops_to_floats_is_refused(name):
    pair = next(pair for pair in AWKWARD if pair.name == name)
    with pytest.raises(NotLiftable):
        slope_at(pair.g, 1.0)


KINKS = {
    "abs": (abs, 0.0, -1.0, 1.0),
    "ReLU": (lambda x: np.maximum(x, 0), 0.0, 0.0, 1.0),
    "max(2x, 3x)": (lambda x: np.maximum(2 * x, 3 * x), 0.0, 2.0, 3.0),
    "a kink elsewhere than at 0": (lambda x: abs(x - 0.5) + x, 0.5, 0.0, 2.0),
    "a kink of 1e-12 on a steep line": (lambda x: 1e6 * x + 2.0**-40 * abs(x), 0.0, None, None),
}
every_kink = pytest.mark.parametrize("name", KINKS)


@every_kink
def test_a_kink_is_noticed(name):
    g, x, *_ = KINKS[name]
    assert slope_at(g, x).shape is Shape.KINK


@pytest.mark.parametrize("name", [name for name in KINKS if KINKS[name][2] is not None])
def test_a_kink_has_both_one_sided_slopes(name):
    g, x, left, right = KINKS[name]
    found = slope_at(g, x)
    assert (float(found.left.arb), float(found.right.arb)) == pytest.approx((left, right))


SHAPES = {
    "x sqrt(x) at 0": (lambda x: x * np.sqrt(x), 0.0, Shape.EDGE),
    "x + sqrt(x)³ at 0": (lambda x: x + np.sqrt(x) ** 3, 0.0, Shape.EDGE),
    "sqrt(1 - x) at 1": (lambda x: np.sqrt(1 - x), 1.0, Shape.STEEP),
    "sqrt at 0": (np.sqrt, 0.0, Shape.STEEP),
    "sqrt at -1": (np.sqrt, -1.0, Shape.OUTSIDE),
    "log at 0": (np.log, 0.0, Shape.OUTSIDE),
    "1/x at 0": (lambda x: 1 / x, 0.0, Shape.OUTSIDE),
    "an equality of roots": (lambda x: x if np.sqrt(Ball(2)) ** 2 > 2 else -x, 1.0, Shape.TIE),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_point_without_a_derivative_is_told_by_its_kind(name):
    g, x, shape = SHAPES[name]
    assert slope_at(g, x).shape is shape


@pytest.mark.parametrize(
    ("g", "true"),
    [(lambda x: x * np.sqrt(x), 0.0), (lambda x: 3 * x + np.sqrt(x) ** 3, 3.0)],
    ids=["x sqrt(x)", "3x + sqrt(x)³"],
)
def test_at_an_edge_the_slope_of_the_one_side_is_found(g, true):
    found = slope_at(g, 0.0)
    assert abs(float(found.value.arb) - true) <= float(found.error.arb) < 1e-8


def test_at_an_edge_the_side_outside_has_no_slope():
    found = slope_at(lambda x: x * np.sqrt(x), 0.0)
    assert found.left.arb.is_nan()
    assert found.right.arb.is_finite()


def test_the_precision_that_was_needed_is_told():
    """Where the function is fast, the step must be smaller, and the numbers longer."""
    assert slope_at(np.sin, 1.0).bits < slope_at(lambda x: np.sin(1e5 * x), 1.0).bits


def test_digits_of_an_exact_number_are_infinite():
    assert digits(Ball(0), Ball(1)) == np.inf


def test_log2_is_finite_where_a_float_underflows():
    assert log2_of(Ball(3) * Ball(2) ** -5000) == pytest.approx(-5000 + np.log2(3), abs=1e-9)


def test_log2_of_zero_and_of_what_is_not_finite():
    assert (log2_of(Ball(0)), log2_of(Ball(np.nan)), log2_of(Ball(np.inf))) == (
        -np.inf,
        np.inf,
        np.inf,
    )


def test_a_power_of_two_beyond_the_range_of_floats_is_infinite_or_zero():
    assert (power_of_two(5000.0), power_of_two(-5000.0), power_of_two(-np.inf)) == (
        np.inf,
        0.0,
        0.0,
    )
