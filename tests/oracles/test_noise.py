"""The measured noise: its size where there is some, nothing where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.oracles import noise
from gradcheck.oracles.evaluation import EXTENDED
from tests.oracles.pairs import ORDINARY, SMOOTH, Pair, cases, scrambled

TAME = [case for case in cases(SMOOTH) if case.values[1] in ORDINARY]
UNIFORM = 1 / np.sqrt(3)  # standard deviation of numbers spread evenly over [-1, 1]


@pytest.mark.parametrize("x", [0.3, -1.0, 7.0, 0.1])
@pytest.mark.parametrize("level", [1e-12, 1e-8, 1e-4])
def test_noise_is_measured_to_a_factor_of_three(x: float, level: float) -> None:
    measured = noise(lambda t: np.sin(t) + level * scrambled(t), x)
    assert level * UNIFORM / 3 < measured < 3 * level * UNIFORM


@pytest.mark.parametrize("x", [1.0, -0.37, 0.5, 123.456, 1e-3])
def test_noise_of_an_offset_is_the_rounding_of_the_offset(x: float) -> None:
    unit = np.spacing(1e10)
    measured = noise(lambda t: (t + 1e10) - 1e10, x)
    assert unit / 12 < measured < unit


@pytest.mark.parametrize("x", [1.0, -0.37, 0.5, 123.456, 1e-3])
def test_noise_of_float32_inside_is_that_of_float32(x: float) -> None:
    unit = float(np.spacing(np.float32(abs(x))))
    measured = noise(lambda t: float(np.float32(t)), x)
    assert unit / 12 < measured < unit


@pytest.mark.parametrize(("pair", "x"), TAME)
def test_smooth_functions_are_quiet(pair: Pair, x: float) -> None:
    """Rounding of the value and of the argument is all that there may be."""
    rounding = abs(float(pair.g(x))) + abs(x * float(pair.true_slope(x))) + abs(x)
    assert noise(pair.g, x) <= 1e-15 * rounding


@pytest.mark.parametrize("g", [np.floor, lambda x: 3.0, lambda x: np.maximum(x - 1, 0)])
def test_a_function_that_stands_still_has_no_noise(g: np.ufunc) -> None:
    assert noise(g, 0.3) == 0


@pytest.mark.parametrize("x", [0.0, 1e-12, -1e-12, 1e-3])
def test_a_kink_is_not_noise(x: float) -> None:
    assert noise(abs, x) <= 1e-15


@pytest.mark.parametrize(("frequency", "x"), [(1e5, 1.0), (1e5, 3.3), (1.0, 1e8), (1e7, 0.1)])
def test_a_high_frequency_is_not_noise(frequency: float, x: float) -> None:
    """The rounding of the argument is, a unit in its last place."""
    assert noise(lambda t: np.sin(frequency * t), x) < np.spacing(frequency * x)


def test_a_random_function_is_seen_by_repeating_it() -> None:
    rng = np.random.default_rng(0)
    assert 0.1 < noise(lambda x: x + 0.1 * rng.normal(), 1.0) < 1


def test_randomness_that_is_rare_near_x_is_seen_at_x() -> None:
    """A counter that ticks with every call: the differences alone would call it a slope."""
    calls = iter(range(1000))
    assert noise(lambda x: x + next(calls), 1.0) >= 1


def test_noise_in_extended_precision_is_smaller() -> None:
    if EXTENDED.eps > 2.0**-60:
        pytest.skip("numpy.longdouble is float64 here")
    assert noise(np.exp, 0.3, precision=EXTENDED) < noise(np.exp, 0.3) / 100


def test_domain_to_the_left_only_is_enough() -> None:
    assert noise(lambda x: np.sqrt(1 - x), 1 - 1e-9) < 1e-12


def test_noise_refuses_a_point_that_is_not_finite() -> None:
    with pytest.raises(ValueError, match=r"x must be finite .* x = inf"):
        noise(np.sin, np.inf)
