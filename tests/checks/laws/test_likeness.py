"""When two runs are the same: to the bit, or as far as rounding explains."""

import numpy as np

from gradcheck.checks.laws.likeness import beyond, same_bits, unlike
from tests.checks.laws.trials import X, affine, affine_backward, tanh, tanh_backward, trial_of


def of_the_first(trial, factor=1.0):
    found = trial.first.quantities["y"]
    return unlike(trial, "y", found * factor, found)


def test_nan_is_the_same_as_nan():
    assert same_bits(np.array([np.nan, 1.0]), np.array([np.nan, 1.0]))


def test_another_shape_is_not_the_same():
    assert not same_bits(np.zeros(2), np.zeros((2, 1)))
    assert beyond(np.zeros(2), np.zeros((2, 1))).verdict == "DISAGREE"


def test_a_last_place_is_rounding():
    assert of_the_first(trial_of(tanh, tanh_backward, [X]), 1 + 2.0**-52) is None


def test_a_hundred_thousandth_is_a_difference():
    assert of_the_first(trial_of(tanh, tanh_backward, [X]), 1 + 1e-5).verdict == "DISAGREE"


def test_what_leaves_six_digits_is_left_open():
    assert of_the_first(trial_of(tanh, tanh_backward, [X]), 1 + 1e-9).verdict == "inconclusive"


def test_infinity_in_place_of_a_number_is_a_difference():
    gap = beyond(np.array([1.0, np.inf]), np.array([1.0, 2.0]))
    assert (gap.verdict, gap.columns["wrong"], gap.columns["worst_index"]) == ("DISAGREE", 1, (1,))


def test_zeros_that_cancel_otherwise_are_the_same():
    x, w = np.array([[0.1, 0.2, -0.3 + 2.0**-54]]), np.ones((3, 1))
    trial = trial_of(affine, affine_backward, [x, w, np.zeros(1)])
    assert unlike(trial, "y", np.full((1, 1), 2.0**-55), np.zeros((1, 1))) is None


def test_computing_in_float32_inside_widens_what_is_allowed():
    def forward(x):
        return np.tanh(x.astype(np.float32)).astype(float)

    narrow = trial_of(forward, tanh_backward, [X]).rounding["y"]
    assert narrow > 1e6 * trial_of(tanh, tanh_backward, [X]).rounding["y"]
