"""The stated error covers the true one: everywhere, without exception, and without being slack."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.oracles import central_differences, derivative, one_sided_differences
from tests.oracles.pairs import AWKWARD, ORDINARY, SMOOTH, Pair, cases

EVERY = cases(SMOOTH + AWKWARD)
TAME = [case for case in cases(SMOOTH) if case.values[1] in ORDINARY]


def test_the_sweep_is_broad() -> None:
    assert len(SMOOTH) >= 25
    assert len(EVERY) >= 200


@pytest.mark.parametrize(("pair", "x"), EVERY)
def test_error_of_central_differences_is_a_bound(pair: Pair, x: float) -> None:
    estimate = central_differences(pair.g, x)
    assert not estimate.error < np.inf or pair.miss(x, estimate.value) <= estimate.error


@pytest.mark.parametrize(("pair", "x"), EVERY)
def test_error_of_the_strongest_oracle_is_a_bound(pair: Pair, x: float) -> None:
    estimate = derivative(pair.g, x)
    assert not estimate.error < np.inf or pair.miss(x, estimate.value) <= estimate.error


@pytest.mark.parametrize(("pair", "x"), cases(SMOOTH))
@pytest.mark.parametrize("side", [1, -1])
def test_error_of_one_sided_differences_is_a_bound(pair: Pair, x: float, side: int) -> None:
    estimate = one_sided_differences(pair.g, x, side)
    assert not estimate.error < np.inf or pair.miss(x, estimate.value) <= estimate.error


@pytest.mark.parametrize(("pair", "x"), TAME)
def test_error_of_a_smooth_function_is_sharp(pair: Pair, x: float) -> None:
    size = max(1.0, abs(float(pair.true_slope(x))))
    assert central_differences(pair.g, x).error <= 1e-9 * size


@pytest.mark.parametrize("pair", AWKWARD, ids=lambda pair: pair.name)
def test_an_awkward_function_is_decided_at_most_points(pair: Pair) -> None:
    """An infinite error is honest, but must not be the way out."""
    decided = [np.isfinite(central_differences(pair.g, x).error) for x in pair.points]
    assert sum(decided) >= 0.75 * len(decided)
