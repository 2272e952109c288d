"""The complex step: sixteen digits where the code is complex-safe, recused where it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.oracles import Recused, complex_step
from tests.oracles.pairs import SMOOTH, Pair


@pytest.mark.parametrize("pair", SMOOTH, ids=lambda pair: pair.name)
def test_bound_holds_and_is_sharp(pair: Pair) -> None:
    try:
        estimate = complex_step(pair.g, 0.5)
    except Recused:
        pytest.skip("not complex-safe, or nothing to verify it against")
    assert pair.miss(0.5, estimate.value) <= estimate.error
    assert estimate.error <= 5e-13 * max(1, abs(estimate.value))


@pytest.mark.parametrize(
    "g",
    [
        abs,
        lambda x: np.var(np.array([x, 1.0, 3.0])),
        lambda x: np.linalg.norm(np.array([x, 1.0])),
        lambda x: x * np.conj(x),
        lambda x: x.real**2,
        lambda x: np.float64(x) ** 2,
        lambda x: np.real(x) * x,
        lambda x: np.hypot(x, 1.0),
        lambda x: float(x) ** 2,
        lambda x: np.sqrt(np.square(np.abs(x)) + x),
        lambda x: x**2 if type(x) is np.float64 else x**3,
    ],
)
def test_code_that_is_not_complex_safe_recuses_it(g: Callable[[Any], Any]) -> None:
    with pytest.raises(Recused, match="complex"):
        complex_step(g, 2.0)


def test_reason_shows_both_values() -> None:
    with pytest.raises(Recused, match=r"gives 0, central differences give 4 ± \de-1\d"):
        complex_step(lambda x: x * np.conj(x), 2.0)


def test_kink_recuses_it() -> None:
    """np.maximum orders complex numbers, and gives one of the two slopes without a word."""
    with pytest.raises(Recused, match=r"no real difference to verify it against.*kink"):
        complex_step(lambda x: np.maximum(x, 0), 0.0)


def test_a_difference_that_cannot_tell_verifies_nothing() -> None:
    """The offset leaves a real difference no digit of the slope 5e-7."""
    with pytest.raises(Recused, match="too uncertain to verify"):
        complex_step(lambda x: 1e-6 * np.sin(x) + 1e10, 1.0)


def test_cancellation_inside_the_derivative_shows_in_the_error() -> None:
    """The derivative 3(1e4 + x)² - 3e8 = 6e4 x + 3x² is a difference of terms of 3e8."""
    estimate = complex_step(lambda x: (1e4 + x) ** 3 - 3e8 * x, 1.1)
    assert abs(estimate.value - 66003.63) <= estimate.error < 1e-5


@pytest.mark.parametrize("x", [1e-300, 1e300, -1e8, 1e-8])
def test_step_follows_the_size_of_x(x: float) -> None:
    estimate = complex_step(lambda t: 1 / (t / x), x)
    assert abs(estimate.value * x + 1) <= estimate.error * abs(x) < 1e-12


def test_what_numpy_warns_of_is_no_warning_here() -> None:
    with pytest.raises(Recused):
        complex_step(lambda x: np.array([x]).astype(float)[0], 1.0)
