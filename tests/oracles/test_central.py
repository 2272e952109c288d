"""Central differences where naive ones fail: kinks, scales, edges, noise."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.oracles import central_differences
from tests.oracles.pairs import SMOOTH, Pair


def relu(x: Any) -> Any:
    """Positive part."""
    return np.maximum(x, 0)


@pytest.mark.parametrize(
    ("g", "left", "right"),
    [
        (abs, -1, 1),
        (relu, 0, 1),
        (lambda x: 2 * x + abs(x), 1, 3),
        (lambda x: x + 1e-6 * abs(x), 1 - 1e-6, 1 + 1e-6),
        (lambda x: np.where(x < 0, np.sin(x), x * x), 1, 0),
        (lambda x: 1e3 + abs(x), -1, 1),
    ],
)
def test_symmetric_kink_is_noticed_with_both_slopes(
    g: Callable[[Any], Any], left: float, right: float
) -> None:
    """A plain central difference says (left + right) / 2 ± 0."""
    estimate = central_differences(g, 0.0)
    assert estimate.kink
    assert estimate.error == np.inf
    assert abs(estimate.left - left) <= estimate.side_error
    assert abs(estimate.right - right) <= estimate.side_error
    assert estimate.side_error < 1e-7


def test_value_at_a_kink_is_the_mean_slope() -> None:
    assert central_differences(relu, 0.0).value == pytest.approx(0.5)


def test_kink_says_so_in_words() -> None:
    reason = central_differences(abs, 0.0).reason
    assert reason == "kink: the slope is -1 to the left and 1 to the right"


@pytest.mark.parametrize("distance", [1e-1, 1e-3, 1e-6, 1e-9, 1e-12])
@pytest.mark.parametrize("sign", [-1, 1])
def test_near_kink_is_stepped_inside_of(distance: float, sign: int) -> None:
    estimate = central_differences(relu, sign * distance)
    assert not estimate.kink
    assert abs(estimate.value - (sign > 0)) <= estimate.error < 1e-4


def test_kink_nearer_than_rounding_is_not_told_from_one_at_the_point() -> None:
    assert central_differences(lambda x: max(x, 1 + 1e-15), 1.0).kink


@pytest.mark.parametrize("g", [np.sign, np.cbrt, lambda x: np.sqrt(abs(x)), np.floor])
def test_no_derivative_means_no_bound(g: Callable[[Any], Any]) -> None:
    estimate = central_differences(g, 0.0)
    assert estimate.error == np.inf
    assert "do not settle" in estimate.reason


@pytest.mark.parametrize("size", [1e8, 1e-8, 1e150, 1e-150, 1e300, 1e-300])
def test_step_follows_the_size_of_x(size: float) -> None:
    """Any fixed step leaves the domain of log or loses all digits."""
    estimate = central_differences(np.log, size)
    assert abs(estimate.value * size - 1) <= estimate.error * size < 1e-8


@pytest.mark.parametrize("x", [0.0, 5e-324, -1e-310, 1e300, -1e300, 1.7e308, 3.0, -7.0])
def test_extreme_points_of_a_line(x: float) -> None:
    estimate = central_differences(lambda t: t / 2, x)
    assert abs(estimate.value - 0.5) <= estimate.error < 1e-9


@pytest.mark.parametrize(
    ("g", "x", "slope"),
    [
        (math.log, 1e-3, 1e3),
        (math.sqrt, 1e-6, 500.0),
        (np.arccos, 0.999999, -1 / math.sqrt(1 - 0.999999**2)),
        (lambda x: 1 / x, 1e-8, -1e16),
    ],
)
def test_near_the_edge_of_a_domain_steps_stay_inside(
    g: Callable[[Any], Any], x: float, slope: float
) -> None:
    """`math` raises outside its domain, NumPy returns nan: neither reaches the caller."""
    estimate = central_differences(g, x)
    assert abs(estimate.value - slope) <= estimate.error < 1e-5 * abs(slope)


def test_at_the_edge_of_a_domain_the_slope_is_one_sided() -> None:
    estimate = central_differences(lambda x: np.sqrt(x) ** 3 + 2 * x, 0.0)
    assert estimate.oracle == "one-sided differences"
    assert estimate.reason == "edge of the domain: the function is not defined to the left"
    assert abs(estimate.right - 2) <= estimate.error < 1e-4
    assert np.isnan(estimate.left)


def test_an_infinite_slope_at_the_edge_is_unknown() -> None:
    assert central_differences(np.sqrt, 0.0).error == np.inf


def test_outside_the_domain_is_reported_as_such() -> None:
    estimate = central_differences(np.log, -1.0)
    assert estimate.error == np.inf
    assert estimate.reason == "the function is nan at x = -1.0: outside its domain"


def test_function_that_drowns_in_noise_is_unknown() -> None:
    rng = np.random.default_rng(0)
    estimate = central_differences(lambda x: x * (rng.random() < 0.5), 1.0)
    assert estimate.error == np.inf
    assert "nothing smooth is left" in estimate.reason


def test_random_noise_widens_the_error() -> None:
    rng = np.random.default_rng(0)
    estimate = central_differences(lambda x: np.sin(x) + 1e-6 * rng.normal(), 1.0)
    assert abs(estimate.value - math.cos(1)) <= estimate.error < 0.1


@pytest.mark.parametrize("x", [1e-6, -2.3e-6, 1e-5])
def test_leaps_of_a_rounded_numerator_are_not_taken_for_a_slope(x: float) -> None:
    """Between two leaps of 1 - cos x the quotient is as smooth as 1/x², with slope -1/x."""
    estimate = central_differences(lambda t: (1 - np.cos(t)) / t**2, x)
    assert not estimate.error < np.inf or abs(estimate.value + x / 12) <= estimate.error


def test_noise_can_be_given() -> None:
    quiet = central_differences(np.sin, 1.0, noise=1e-16).error
    noisy = central_differences(np.sin, 1.0, noise=1e-8).error
    assert noisy > 1e4 * quiet


def test_derivative_that_is_zero_has_an_absolute_error() -> None:
    """Relative to 0 every error is infinite."""
    estimate = central_differences(np.cos, 0.0)
    assert abs(estimate.value) <= estimate.error < 1e-11


def evaluations(pair: Pair) -> int:
    """Count the calls of the function for its derivative at 0.7."""
    calls: list[float] = []
    central_differences(lambda x: calls.append(x) or pair.g(x), 0.7)
    return len(calls)


def test_a_smooth_function_costs_few_evaluations() -> None:
    """Nine for g(x) and its noise, and usually not more than seven steps to both sides."""
    counts = sorted(evaluations(pair) for pair in SMOOTH)
    assert counts[3 * len(counts) // 4] <= 9 + 14


def test_overflow_beside_the_point_is_no_warning() -> None:
    assert np.isfinite(central_differences(np.exp, 700.0).error)


def test_exception_at_the_point_propagates_with_the_point() -> None:
    def broken(x: float) -> float:
        raise RuntimeError("no such table")

    with pytest.raises(RuntimeError, match="no such table") as caught:
        central_differences(broken, 1.5)
    assert "at x = 1.5" in caught.value.__notes__[0]


def test_function_of_several_outputs_is_refused_with_the_cure() -> None:
    with pytest.raises(ValueError, match=r"one real number.*at x = 2\.0.*sum its output"):
        central_differences(lambda x: np.array([x, x]), 2.0)


@pytest.mark.parametrize("x", [np.nan, np.inf, -np.inf])
def test_point_must_be_finite(x: float) -> None:
    with pytest.raises(ValueError, match=f"x = {x}"):
        central_differences(np.sin, x)
