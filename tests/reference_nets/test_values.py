"""Values that a reader can work out on paper, and values where float64 is strained."""

import math

import numpy as np
import pytest

from reference_nets import (
    binary_cross_entropy,
    dense,
    identity,
    relu,
    sigmoid,
    softmax,
    softmax_cross_entropy,
    squared_error,
    tanh,
)

BOTH = pytest.mark.parametrize("form", ["scalar", "matrix"])
W, A, B = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [10.0, 100.0], [7.0, 8.0, 9.0]


@BOTH
def test_dense_is_a_weighted_sum_for_each_unit(form):
    assert dense(W, A, B, form=form).tolist() == [217.0, 438.0, 659.0]


@BOTH
def test_dense_sends_the_cotangent_back_along_its_weights(form):
    gradients = dense.pullback([1.0, 0.0, 2.0], W, A, B, form=form)
    assert gradients["w"].tolist() == [[10.0, 100.0], [0.0, 0.0], [20.0, 200.0]]
    assert gradients["a"].tolist() == [11.0, 14.0]
    assert gradients["b"].tolist() == [1.0, 0.0, 2.0]


@pytest.mark.parametrize(
    ("activation", "values", "slopes"),
    [
        (identity, [-2.0, 0.0, 2.0], [1.0, 1.0, 1.0]),
        (relu, [0.0, 0.0, 2.0], [0.0, 0.0, 1.0]),
    ],
    ids=["identity", "relu"],
)
@BOTH
def test_piecewise_linear_activations_are_exact(activation, values, slopes, form):
    z = [-2.0, 0.0, 2.0]
    assert activation(z, form=form).tolist() == values
    assert activation.pullback([1.0, 1.0, 1.0], z, form=form)["z"].tolist() == slopes


@pytest.mark.parametrize(
    ("activation", "value", "slope"),
    [(sigmoid, 0.5, 0.25), (tanh, 0.0, 1.0)],
    ids=["sigmoid", "tanh"],
)
@BOTH
def test_sigmoids_are_symmetric_about_zero(activation, value, slope, form):
    assert activation([0.0], form=form) == pytest.approx(value, rel=1e-15)
    assert activation.pullback([1.0], [0.0], form=form)["z"] == pytest.approx(slope, rel=1e-15)


@BOTH
def test_softmax_of_equal_scores_is_uniform(form):
    assert softmax([3.0] * 4, form=form).tolist() == [0.25] * 4


@BOTH
def test_the_gradient_of_softmax_annihilates_constants(form):
    assert softmax.pullback([5.0] * 4, [3.0] * 4, form=form)["z"].tolist() == [0.0] * 4


@BOTH
def test_squared_error_is_half_the_square(form):
    assert squared_error([1.0, 5.0], [0.0, 2.0], form=form) == 5.0


@BOTH
def test_squared_error_has_the_difference_as_gradient(form):
    gradients = squared_error.pullback(1.0, [1.0, 5.0], [0.0, 2.0], form=form)
    assert (gradients["y"].tolist(), gradients["t"].tolist()) == ([1.0, 3.0], [-1.0, -3.0])


@BOTH
def test_binary_cross_entropy_of_even_chances_is_the_logarithm_of_two(form):
    value = binary_cross_entropy([0.5, 0.5], [0.0, 1.0], form=form)
    assert value == pytest.approx(2 * math.log(2), rel=1e-15)


@BOTH
def test_softmax_cross_entropy_of_equal_scores_is_the_logarithm_of_their_number(form):
    value = softmax_cross_entropy([3.0] * 4, np.eye(4)[1], form=form)
    assert value == pytest.approx(math.log(4), rel=1e-15)


@BOTH
def test_softmax_cross_entropy_has_probability_minus_target_as_gradient(form):
    gradient = softmax_cross_entropy.pullback(8.0, [3.0] * 4, np.eye(4)[1], form=form)["z"]
    assert gradient.tolist() == [2.0, -6.0, 2.0, 2.0]


def test_averaged_losses_divide_by_the_number_of_inputs():
    gradient = softmax_cross_entropy.pullback(8.0, np.zeros((2, 2)), np.eye(2), form="batch")["z"]
    assert gradient.tolist() == [[-2.0, 2.0], [2.0, -2.0]]


def test_summed_losses_do_not_divide():
    gradient = squared_error.pullback(1.0, [[1.0], [2.0]], [[0.0], [0.0]], form="batch")["y"]
    assert gradient.tolist() == [[1.0], [2.0]]


@pytest.mark.parametrize("z", [20.0, -20.0, 300.0])
def test_the_matrix_form_of_the_slope_of_tanh_keeps_its_digits_at_saturation(z):
    """1 / cosh² z = 4 e^(-2|z|) within a relative 8 e^(-2|z|), which is far below rounding."""
    expected = 4 * math.exp(-2 * abs(z))
    # the conditioning of e^(-2|z|): a relative 2|z| u in the argument
    assert tanh.h_prime["matrix"](np.float64(z)) == pytest.approx(expected, rel=4 * abs(z) * 1e-16)


@pytest.mark.parametrize("z", [-40.0, 40.0, 700.0])
def test_the_matrix_form_of_the_slope_of_sigmoid_keeps_its_digits_at_saturation(z):
    """h'(z) = e^(-|z|) within a relative 2 e^(-|z|), which is below rounding."""
    expected = math.exp(-abs(z))
    # the conditioning of e^(-|z|): a relative |z| u in the argument
    assert sigmoid.h_prime["matrix"](np.float64(z)) == pytest.approx(
        expected, rel=2 * abs(z) * 1e-16
    )


def test_the_matrix_form_of_sigmoid_does_not_overflow():
    assert sigmoid([-1000.0, 1000.0]).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("z", [1000.0, -1000.0])
def test_the_matrix_form_of_the_slope_of_tanh_does_not_overflow(z):
    assert tanh.h_prime["matrix"](np.array([z])).tolist() == [0.0]


def test_the_matrix_form_of_softmax_does_not_overflow():
    assert softmax([1000.0, 0.0, 1000.0]).tolist() == [0.5, 0.0, 0.5]


def test_the_matrix_form_of_softmax_cross_entropy_does_not_overflow():
    assert softmax_cross_entropy([1000.0, 0.0], [0.0, 1.0]) == 1000.0


def test_relu_takes_the_slope_zero_at_its_kink():
    assert relu.h_prime["scalar"](0.0) == relu.h_prime["matrix"](np.array(0.0)) == 0.0
