"""Steps: representable, scaled to the point, and ending."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from gradcheck.oracles.steps import SHRINK, first_step, power_of_two_above, representable
from gradcheck.oracles.steps import smaller_step as smaller

POINTS = (1.0, -1.0, 1.9999999999999998, -0.1, 1e8, 1 / 3, 1e-8, 1e300, -(2.0**-40))


def ladder(x: float) -> list[float]:
    """All steps at `x`."""
    first = first_step(x, None)
    steps = [first]
    while (step := smaller(steps[-1], x, first, SHRINK)) is not None:
        steps.append(step)
    return steps


@pytest.mark.parametrize("x", POINTS)
@pytest.mark.parametrize("part", [0.1, 1e-3, 1e-9])
def test_step_is_exactly_representable(x: float, part: float) -> None:
    h = representable(part * abs(x), x)
    assert (x + h) - x == h
    assert x - (x - h) == h


@pytest.mark.parametrize("x", POINTS)
def test_rounding_a_step_hardly_changes_it(x: float) -> None:
    assert representable(1e-3 * abs(x), x) == pytest.approx(1e-3 * abs(x), rel=1e-9)


def test_step_stays_longdouble_for_a_longdouble_point() -> None:
    x = np.longdouble(1) / 3
    h = representable(0.1, x)
    assert (x + h) - x == h


@pytest.mark.parametrize("x", [0.0, 1.0, -1e8, 1e-8, 1e300, 1e-300, 5e-324])
def test_ladder_is_short_and_goes_down(x: float) -> None:
    steps = ladder(x)
    assert len(steps) <= 40
    assert all(after < before for before, after in pairwise(steps))


@pytest.mark.parametrize("x", [1e8, 1.0, 1e-8, 1e-300])
def test_ladder_reaches_far_below_x(x: float) -> None:
    assert min(ladder(x)) < 1e-5 * x


def test_scale_shortens_the_first_step() -> None:
    assert first_step(0.0, 1e-6) == pytest.approx(1e-6 * first_step(0.0, None))


@pytest.mark.parametrize(("length", "power"), [(1.0, 2.0), (3.0, 4.0), (0.3, 0.5), (1e-3, 2.0**-9)])
def test_power_of_two_above(length: float, power: float) -> None:
    assert power_of_two_above(length) == power


def test_power_of_two_above_the_largest_numbers_is_finite() -> None:
    assert np.isfinite(power_of_two_above(1.7e308))
