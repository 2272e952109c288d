"""Directions: their weights, what they see, and bisection down to the wrong entries."""

import numpy as np
import pytest

from gradcheck.arithmetic import Ball, to_balls
from gradcheck.checks.locating import suspects
from gradcheck.checks.probing import (
    WEIGHT_BITS,
    magnitudes,
    probe,
    random_weights,
    slopes,
)
from tests.checks.functions import evaluation_of

WRONG = [17, 2500, 4999]


def with_wrong_entries(n, wrong):
    """Return the gradient of a sum of squares in which a few entries are off by 1e-9."""
    factors = np.ones(n)
    factors[wrong] = 1 + 1e-9
    return evaluation_of(
        lambda x: (x**2).sum(),
        lambda delta_f, x: 2 * delta_f * x * factors,
        x=np.random.default_rng(1).normal(size=n),
    )


@pytest.mark.parametrize("wrong", [WRONG, [0], [4999], []])
def test_bisection_finds_the_wrong_entries_of_5000_and_no_others(wrong):
    evaluation = with_wrong_entries(5000, wrong)
    balls = evaluation.in_balls(("delta_x",))
    found = suspects(evaluation, balls, "x", np.random.default_rng(0), most=16)
    assert sorted(found) == [(index,) for index in wrong]


def test_bisection_stops_at_the_most_that_are_wanted():
    evaluation = with_wrong_entries(64, list(range(64)))
    balls = evaluation.in_balls(("delta_x",))
    assert len(suspects(evaluation, balls, "x", np.random.default_rng(0), most=5)) == 5


def test_indices_of_matrices_are_pairs():
    evaluation = evaluation_of(
        lambda x: (x**2).sum(),
        lambda delta_f, x: 2 * delta_f * x * np.where(np.arange(12).reshape(3, 4) == 6, 2.0, 1.0),
        x=np.ones((3, 4)),
    )
    balls = evaluation.in_balls(("delta_x",))
    assert suspects(evaluation, balls, "x", np.random.default_rng(0), most=9) == [(1, 2)]


def test_a_direction_sees_what_it_covers_and_nothing_else():
    evaluation = with_wrong_entries(4, [2])
    balls = evaluation.in_balls(("delta_x",))
    assert probe(evaluation, balls, {"x": np.array([1.0, -1.0, 0.0, 1.0])}).agrees
    assert not probe(evaluation, balls, {"x": np.array([0.0, 0.0, 1.0, 0.0])}).agrees


def test_an_agreement_tells_what_it_would_not_have_seen():
    evaluation = with_wrong_entries(4, [])
    found = probe(evaluation, evaluation.in_balls(("delta_x",)), {"x": np.ones(4)})
    assert found.unseen < -100


def test_weights_are_of_size_1_to_2_inside_the_mask_and_0_outside():
    mask = np.arange(2000) < 1000
    weights = random_weights(np.random.default_rng(0), mask)
    sizes = np.abs(weights[mask])
    assert ((sizes >= 1) & (sizes < 2)).all()
    assert not weights[~mask].any()


def test_weights_have_either_sign():
    weights = random_weights(np.random.default_rng(0), np.ones(100, dtype=bool))
    assert 30 < (weights > 0).sum() < 70


def test_weights_are_short_so_that_points_moved_along_them_are_exact():
    weights = random_weights(np.random.default_rng(0), np.ones(100, dtype=bool))
    assert np.array_equal(np.round(weights * 2**WEIGHT_BITS), weights * 2**WEIGHT_BITS)


def test_slopes_are_taken_entry_by_entry():
    evaluation = with_wrong_entries(3, [])
    found = [float(s.value.arb) for s in slopes(evaluation, "x", [(0,), (2,)])]
    x = evaluation.point.inputs["x"]
    assert found == pytest.approx([2 * x[0], 2 * x[2]], rel=1e-15)


def test_magnitudes_reach_beyond_the_range_of_floats():
    tiny = Ball(2) ** -5000
    sizes = magnitudes(to_balls(np.array([tiny, Ball(0), Ball(8), Ball(np.nan)], dtype=object)))
    assert sizes.tolist() == [-5000.0, -np.inf, 3.0, np.inf]
