"""Directions, and derivatives along them."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.oracles import directional, random_direction


def fresh(seed: int, *shape: int) -> np.ndarray:
    """Draw a direction from its own generator."""
    return random_direction(np.random.default_rng(seed), shape)


@pytest.mark.parametrize("shape", [(), (1,), (7,), (3, 4), (0,)])
def test_direction_has_the_shape_asked_for(shape: tuple[int, ...]) -> None:
    assert fresh(0, *shape).shape == shape


def test_length_lies_between_one_and_two() -> None:
    assert 1 <= np.linalg.norm(fresh(0, 1000)) < 2


def test_signs_are_mixed() -> None:
    """All-ones directions are blind where the Jacobian annihilates constants."""
    assert 400 < (fresh(0, 1000) > 0).sum() < 600


def test_no_two_entries_have_the_same_size() -> None:
    """Swapped entries and equal errors of opposite sign would cancel."""
    assert len(np.unique(abs(fresh(0, 1000)))) == 1000


def test_directions_are_fresh_every_time() -> None:
    rng = np.random.default_rng(0)
    assert (random_direction(rng, (5,)) != random_direction(rng, (5,))).all()


def test_swapped_columns_show_along_a_random_direction() -> None:
    a = np.random.default_rng(3).normal(size=50)
    v = fresh(0, 50)
    estimate = directional(lambda x: np.sum(a * x), np.zeros(50), v)
    swapped = np.roll(a, 1)
    assert estimate.value == pytest.approx(a @ v, rel=1e-12)
    assert abs(estimate.value - swapped @ v) > 1e6 * estimate.error


def test_softmax_is_not_blind() -> None:
    x, v = fresh(1, 6), fresh(2, 6)
    p = np.exp(x) / np.exp(x).sum()
    estimate = directional(lambda y: np.exp(y[0]) / np.exp(y).sum(), x, v)
    assert estimate.value == pytest.approx(p[0] * (v[0] - p @ v), rel=1e-10)
    assert abs(estimate.value) > 1e-3


@pytest.mark.parametrize("size", [1e-8, 1.0, 1e8, 1e200])
def test_direction_is_followed_at_any_size_of_x(size: float) -> None:
    x, v = size * (1 + abs(fresh(1, 4))), fresh(2, 4)
    estimate = directional(lambda y: np.sum(np.log(y)), x, v)
    assert abs(estimate.value - np.sum(v / x)) <= estimate.error + 1e-15 * np.sum(abs(v / x))
    assert estimate.error < 1e-6 * abs(estimate.value)


def test_kink_across_the_direction_is_seen_with_both_slopes() -> None:
    estimate = directional(lambda x: abs(x).sum(), np.zeros(2), np.array([3.0, -4.0]))
    assert estimate.kink
    assert (estimate.left, estimate.right) == pytest.approx((-7, 7))


def test_shapes_must_agree() -> None:
    with pytest.raises(ValueError, match=r"one shape, but have \(2,\) and \(3,\)"):
        directional(np.sum, np.ones(2), np.ones(3))


def test_direction_must_be_finite() -> None:
    with pytest.raises(ValueError, match="v must be finite"):
        directional(np.sum, np.ones(2), np.array([1.0, np.inf]))
