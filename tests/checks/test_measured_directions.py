"""Directions agree with large right gradients only, and say how small an error they would see."""

import numpy as np
import pytest

from gradcheck.checks.comparison import AGREEMENT_FLOOR
from gradcheck.checks.measured_directions import WORTHWHILE, along_directions

X = np.random.default_rng(3).normal(size=(20, 30))
C = np.random.default_rng(4).uniform(1, 2, X.shape)
RIGHT = C * (1 - np.tanh(X) ** 2)
ROUNDING = 1e-15 * np.ones(X.shape)


def phi(x):
    return (C * np.tanh(x)).sum()


def changed(index, factor):
    gradient = RIGHT.copy()
    gradient[index] *= factor
    return gradient


def test_right_gradient_agrees_with_a_floor_of_six_digits():
    columns = along_directions(phi, X, RIGHT, ROUNDING)
    assert columns["verdict"] == "agree"
    assert columns["floor"] <= AGREEMENT_FLOOR


@pytest.mark.parametrize("index", [(0, 0), (7, 11), (19, 29)])
def test_an_entry_that_is_wrong_by_more_than_the_floor_is_seen(index):
    floor = along_directions(phi, X, RIGHT, ROUNDING)["floor"]
    assert along_directions(phi, X, changed(index, 1 + 2 * floor), ROUNDING) is None


def test_exchanged_entries_are_seen():
    wrong = RIGHT.copy()
    wrong[0, [0, 1]] = RIGHT[0, [1, 0]]
    assert along_directions(phi, X, wrong, ROUNDING) is None


def test_equal_and_opposite_errors_are_seen():
    wrong = RIGHT.copy()
    wrong[0, 0] += 1e-3
    wrong[0, 1] -= 1e-3
    assert along_directions(phi, X, wrong, ROUNDING) is None


def test_a_kink_is_left_to_the_entries():
    x = X.copy()
    x[0, 0] = 0.0
    assert along_directions(lambda x: np.abs(x).sum(), x, np.sign(x), ROUNDING) is None


def test_few_entries_are_looked_at_one_by_one():
    few = X.flat[: WORTHWHILE - 1]
    assert along_directions(lambda x: x.sum(), few, np.ones(few.shape), np.zeros(few.shape)) is None
