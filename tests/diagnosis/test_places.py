"""Wrong in some entries only: zeros, ties, repeated indices, rows, thresholds."""

from __future__ import annotations

import numpy as np

from tests.diagnosis.causes import cause, numbers

X = numbers(4, 5)


def leaky(x):
    return np.where(x > 0, x, 0.1 * x)


def test_wrong_slope_of_negative_numbers_is_named_with_its_ratio():
    text = cause(leaky, lambda d, x: d * np.where(x > 0, 1, 0.01), [X])
    negative = int((X < 0).sum())
    assert text == (
        f"wrong exactly where x is negative ({negative} of 20 entries); "
        f"there it is 0.1000000 × the true gradient"
    )


def test_nan_at_zeros_is_named():
    def product(x):
        return x.prod()

    text = cause(product, lambda d, x: d * x.prod() / x, [np.array([1.5, 0.0, -2.0, 0.7])])
    assert text == "not finite exactly where x is 0 (1 of 4 entries)"


def test_zeros_that_lose_their_gradient_are_named():
    def backward(d, x):
        return np.where(x == 0, 0.0, d)

    x = X.copy()
    x[1, 2] = x[3, 0] = 0.0
    text = cause(lambda x: x + 0.0, backward, [x])
    assert text == "wrong exactly where x is 0 (2 of 20 entries); it is 0 there, and should not be"


def test_mask_that_is_left_out_is_named():
    def masked(x, mask):
        return np.tanh(x) * mask

    def backward(d, x, mask):
        return d * (1 - np.tanh(x) ** 2), None

    mask = numbers(4, 5, seed=6) > 0
    assert cause(masked, backward, [X, mask]) == (
        f"wrong exactly where mask is False ({(~mask).sum()} of 20 entries); "
        f"the true gradient is 0 there"
    )


def test_repeated_index_that_is_assigned_is_named():
    def rows(table, index):
        return table[index]

    def backward(d, table, index):
        gradient = np.zeros_like(table)
        gradient[index] = d
        return gradient, None

    text = cause(rows, backward, [X, np.array([3, 0, 3])], "delta_table")
    assert text.startswith("wrong exactly in the entries that index points to more than once")
    assert text.endswith("is it assigned there, where contributions should be added up?")


def test_targets_that_are_not_subtracted_are_named():
    def softmax(z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def cross_entropy(z, t):
        return -np.log(softmax(z)[np.arange(len(z)), t]).mean()

    def backward(d, z, t):
        return d * softmax(z) / len(z), None

    text = cause(cross_entropy, backward, [X, np.array([0, 2, 4, 1])], "delta_z")
    assert text.startswith("wrong exactly in the entries that t picks along axis 1 (4 of 20")
    assert "there it differs from the true gradient by" in text


def test_last_row_that_a_loop_forgets_is_named():
    def backward(d, x):
        gradient = 2 * d * x
        gradient[-1] = 0
        return gradient

    assert cause(lambda x: x**2, backward, [X]) == (
        "wrong exactly at the last index of axis 0 (5 of 20 entries); "
        "it is 0 there, and should not be"
    )


def test_diagonal_that_is_forgotten_is_named():
    def trace(x):
        return np.trace(x) ** 2

    def backward(d, x):
        return 2 * d * np.trace(x) * (np.ones((5, 5)) - np.eye(5) + np.eye(5))

    text = cause(trace, backward, [numbers(5, 5)])
    assert text.startswith("wrong exactly off the diagonal (20 of 25 entries)")


def test_threshold_that_is_forgotten_is_named():
    def huber(r):
        return np.where(np.abs(r) < 1, r**2 / 2, np.abs(r) - 0.5).sum()

    r = np.array([0.3, -2.0, 0.5, 1.5, -0.2, 3.0, 0.8, -1.2])
    text = cause(huber, lambda d, r: d * r, [r], "delta_r")
    assert text.startswith("wrong exactly where |r| is above some value between 0.8 and 1.2")


def test_ties_that_all_take_the_gradient_are_named():
    x = np.array([[1.0, 2.0, 2.0, 0.5], [0.5, 3.0, 1.0, 0.1], [3.0, 0.4, 3.0, 0.3]])

    def backward(d, x):
        return d[:, None] * (x == x.max(axis=1, keepdims=True))

    text = cause(lambda x: x.max(axis=1), backward, [x])
    assert "where x is one of several largest along axis 1 (4 of 12 entries)" in text
    assert text.endswith("does each of several equal entries take the whole gradient?")


def test_single_wrong_entry_is_not_given_a_meaning():
    def backward(d, x):
        gradient = 2 * d * x
        gradient[1, 2] *= 1.5
        return gradient

    assert cause(lambda x: x**2, backward, [X]) == ""


def test_entries_at_random_places_are_not_given_a_meaning():
    places = np.random.default_rng(0).integers(0, 2, X.shape)
    assert cause(lambda x: x**2, lambda d, x: (2 + 0.1 * places) * d * x, [X]) == ""
