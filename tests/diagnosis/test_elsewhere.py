"""Other points: of the same kind as the given one, and others nevertheless."""

from __future__ import annotations

import numpy as np

from gradcheck.diagnosis.elsewhere import elsewhere
from tests.diagnosis.causes import evaluation_of, numbers

X = numbers(4, 3)


def points(forward, inputs, symbol="x"):
    """Return the inputs at the other points."""
    evaluation = evaluation_of(forward, lambda d, *inputs: (d,) * len(inputs), inputs)
    return [other.point.inputs for other in elsewhere(evaluation, symbol)]


def test_zeros_ties_and_signs_stay():
    x = np.array([0.0, 2.0, -1.0, 2.0, 0.0])
    for inputs in points(lambda x: x * 1.0, [x]):
        moved = inputs["x"]
        assert ((moved == 0).sum(), (moved < 0).sum()) == (2, 1)
        assert len(np.unique(moved)) == 3


def test_every_number_moves_towards_zero():
    for inputs in points(lambda x: x * 1.0, [X]):
        assert (np.sort(np.abs(inputs["x"]), axis=None) <= np.sort(np.abs(X), axis=None)).all()
        assert not np.isin(inputs["x"][X != 0], X).any()


def test_equal_numbers_become_different_where_all_are_equal():
    assert all(np.unique(p["x"]).size > 1 for p in points(lambda x: x * 1.0, [np.ones(5)]))


def test_labels_masks_and_distributions_stay():
    for held in (np.eye(3)[[0, 2, 1, 0]], np.sign(X), np.full((4, 3), 1 / 3)):
        for inputs in points(lambda x, t: x * t, [X, held]):
            assert np.array_equal(inputs["t"], held)


def test_symmetric_matrices_stay_symmetric():
    matrix = numbers(3, 3) + numbers(3, 3).T
    for inputs in points(lambda x: x * 1.0, [matrix]):
        assert np.array_equal(inputs["x"], inputs["x"].T)


def test_integers_stay():
    index = np.array([2, 0, 1])
    for inputs in points(lambda x, i: x[i], [X, index]):
        assert np.array_equal(inputs["i"], index)


def test_points_stay_near_where_the_code_ends():
    """An inverse hyperbolic cosine ends at 1, and half of 1.2 is outside."""
    found = points(np.arccosh, [np.array([1.2, 3.0])])
    assert found
    assert all((p["x" if "x" in p else next(iter(p))] >= 1).all() for p in found)


def test_no_point_is_found_where_the_code_allows_none():
    def only_here(x):
        if not np.array_equal(x, X):
            raise ValueError("not here")
        return x * 1.0

    assert points(only_here, [X]) == []


def test_points_are_the_same_every_time():
    first, second = (points(lambda x: x * 1.0, [X]) for _ in "ab")
    assert all(np.array_equal(a["x"], b["x"]) for a, b in zip(first, second, strict=True))
