"""Factors too few or too many: constants, inputs, derivatives of the outside."""

from __future__ import annotations

import numpy as np

from tests.diagnosis.causes import cause, numbers

X, W, B = numbers(4, 3), numbers(3, 2, seed=1), numbers(2, seed=2)
TARGETS = numbers(4, 3, seed=3)


def mean_squared_error(x, t):
    return ((x - t) ** 2).sum() / len(x)


def affine(x, w, b):
    return x @ w + b


def square(x):
    return x**2


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def norm(x):
    return np.sqrt((x * x).sum())


def test_missing_mean_of_a_loss_is_named_with_the_number_of_inputs():
    text = cause(mean_squared_error, lambda d, x, t: (d * 2 * (x - t), None), [X, TARGETS])
    assert text == (
        "all 12 entries are 4.000000 × the true gradient: is a factor of 1/N (N = 4, axis 0 of x) "
        "missing?"
    )


def test_mean_in_the_place_of_a_sum_is_named():
    def backward(d, x, w, b):
        return d @ w.T, x.T @ d, d.mean(axis=0)

    text = cause(affine, backward, [X, W, B], "delta_b")
    assert text.startswith(
        "both entries are 0.2500000 × the true gradient: is a factor of N (N = 4"
    )


def test_missing_two_is_named():
    text = cause(square, lambda d, x: d * x, [numbers(5, 3)])
    assert text == "all 15 entries are 0.5000000 × the true gradient: is a factor of 2 missing?"


def test_wrong_sign_is_named():
    assert cause(norm, lambda d, x: -d * x / norm(x), [X]).endswith("is a sign wrong?")


def test_scaling_of_attention_is_named():
    def scores(q, k):
        return q @ k.T / np.sqrt(q.shape[1])

    text = cause(
        scores, lambda d, q, k: (d @ k, d.T @ q), [numbers(4, 5), numbers(3, 5)], "delta_q"
    )
    assert "is a factor of 1/√N (N = 5, axis 1 of q) missing?" in text


def test_unbiased_variance_is_named():
    def variance(x):
        return x.var(axis=0, ddof=1)

    def backward(d, x):
        return d * 2 * (x - x.mean(axis=0)) / len(x)

    assert "is a factor of N/(N − 1) (N = 4, axis 0 of x) missing?" in cause(
        variance, backward, [X]
    )


def test_number_among_the_inputs_is_named():
    def dropout(x, mask, p):
        return x * mask / (1 - p)

    def backward(d, x, mask, p):
        return d * mask, d * x / (1 - p), (d * x * mask).sum() / (1 - p) ** 2

    text = cause(dropout, backward, [X, (X > 0) * 1.0, 0.3])
    assert text.endswith("is a factor of 1/(1 − p) missing?")


def test_constant_without_a_meaning_is_only_stated():
    text = cause(square, lambda d, x: 2.6 * d * x, [X])
    assert text == "all 12 entries are 1.300000 × the true gradient"


def test_constant_of_a_single_entry_has_to_be_the_same_elsewhere():
    assert cause(square, lambda d, x: 3 * d * x, [1.5]) == (
        "the only entry is 1.500000 × the true gradient"
    )
    assert cause(square, lambda d, x: 2 * d * x * np.exp(x), [1.5]) != (
        "the only entry is 4.481689 × the true gradient"
    )


def test_missing_factor_of_a_sigmoid_is_named():
    text = cause(sigmoid, lambda d, x: d * sigmoid(x), [X])
    assert text == (
        "the true gradient is this one × (1 − y) (y is the output), in all 12 entries: "
        "is that factor left out?"
    )


def test_missing_scale_of_each_column_is_named():
    def scaled(x, gamma):
        return np.tanh(x) * gamma

    def backward(d, x, gamma):
        return d * (1 - np.tanh(x) ** 2), (d * np.tanh(x)).sum(axis=0)

    text = cause(scaled, backward, [X, np.array([0.5, -2.0, 3.0])])
    assert text.startswith("the true gradient is this one × gamma, in all 12 entries")


def test_missing_division_by_the_norm_is_named():
    text = cause(norm, lambda d, x: d * x, [X])
    assert text.startswith("this gradient is the true one × y (y is the output)")


def test_cotangent_that_is_applied_twice_is_named():
    text = cause(np.tanh, lambda d, x: d * d * (1 - np.tanh(x) ** 2), [X])
    assert text.startswith("this gradient is the true one × the cotangent, in all 12 entries")


def test_derivative_that_is_left_out_is_named():
    for forward in (np.tanh, lambda x: np.maximum(x, 0), lambda x: x**3):
        assert cause(forward, lambda d, x: d, [X], "delta_x").startswith(
            "all 12 entries are the cotangent: is the derivative of the layer itself left out?"
        )


def test_factor_for_each_row_without_a_name_is_stated():
    def backward(d, x):
        return 2 * d * x * np.array([[1.0], [1.7], [2.3], [0.2]])

    assert cause(square, backward, [X]).startswith(
        "along axis 1 all entries are the same multiple of the true gradient (1, 1.7, 2.3, 0.2)"
    )


def test_factor_that_changes_from_point_to_point_is_stated():
    def backward(d, x):
        return 2 * d * x * np.sin(x).sum()

    assert "another one at other points" in cause(square, backward, [X])


def test_zeros_are_a_gradient_that_nobody_wrote():
    text = cause(affine, lambda d, x, w, b: (d @ w.T, x.T @ d, 0 * b), [X, W, B], "delta_b")
    assert text == "both entries are 0: is the gradient of b never computed, or never written?"


def test_unrelated_gradient_has_no_cause():
    assert cause(square, lambda d, x: d * np.sin(3 * x), [X]) == ""


def test_constants_of_ones_mean_nothing():
    """Where every input is 1 a cube and a square have the same gradient but for a factor."""

    def backward(d, x):
        return d * np.cos(x)

    assert cause(square, backward, [np.ones((2, 3))]) == ""
