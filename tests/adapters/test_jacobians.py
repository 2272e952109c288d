"""Functions with a gradient or Jacobian function of the same arguments."""

from __future__ import annotations

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer
from tests.adapters.sample_arrays import X, array

POINT = array(4)


def rosenbrock(x):
    return sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def rosenbrock_gradient(x):
    gradient = np.zeros_like(x)
    gradient[:-1] += -400 * x[:-1] * (x[1:] - x[:-1] ** 2) - 2 * (1 - x[:-1])
    gradient[1:] += 200 * (x[1:] - x[:-1] ** 2)
    return gradient


def polar(x):
    return np.array([x[0] * np.cos(x[1]), x[0] * np.sin(x[1])])


def polar_jacobian(x):
    cosine, sine = np.cos(x[1]), np.sin(x[1])
    return np.array([[cosine, -x[0] * sine], [sine, x[0] * cosine]])


@pytest.mark.parametrize(
    ("function", "jacobian", "x"),
    [(rosenbrock, rosenbrock_gradient, POINT), (polar, polar_jacobian, POINT[:2])],
)
def test_right_pair_agrees(function, jacobian, x):
    assert gradcheck.check(function, jacobian, [x]).verdict == "agree"


def test_forgotten_end_of_a_gradient_is_caught():
    def gradient(x):
        return np.append(rosenbrock_gradient(x)[:-1], 0.0)

    assert gradcheck.check(rosenbrock, gradient, [POINT]).verdict == "disagree"


def test_transposed_jacobian_is_caught():
    report = gradcheck.check(polar, lambda x: polar_jacobian(x).T, [POINT[:2]])
    assert report.verdict == "disagree"


def test_further_arguments_are_held():
    def residual(x, t, y):
        return x[0] * np.exp(x[1] * t) - y

    def jacobian(x, t, y):
        return np.stack([np.exp(x[1] * t), x[0] * t * np.exp(x[1] * t)], axis=1)

    t, y = array(5), array(5)
    made = layer(residual, jacobian, [POINT[:2], t, y])
    assert (made.held, gradcheck.check(made, []).verdict) == (("t", "y"), "agree")


def test_jacobian_of_matrices_has_the_axes_of_the_output_first():
    def jacobian(x):
        return np.einsum("ik,jl->ijkl", np.eye(4), np.eye(3)) * 2

    assert gradcheck.check(lambda x: 2 * x, jacobian, [X]).verdict == "agree"


def test_gradient_may_be_a_list_of_numbers():
    report = gradcheck.check(lambda x: x[0] * x[1], lambda x: [x[1], x[0]], [[0.5, 1.5]])
    assert report.verdict == "agree"


def test_two_gradients_may_be_a_tuple():
    def loss(x, w):
        return ((x @ w) ** 2).sum() / 2

    def loss_gradients(x, w):
        return x @ w @ w.T, x.T @ (x @ w)

    assert gradcheck.check(loss, loss_gradients, [X, array(3, 2)]).verdict == "agree"


def test_jacobian_of_the_wrong_size_is_named_with_both_shapes():
    with pytest.raises(CodeError, match=r"shape \(3,\) in x: it should be \(2, 2\), that of the"):
        gradcheck.check(polar, lambda x: np.ones(3), [POINT[:2]])


def test_derivative_entry_by_entry_is_understood():
    report = gradcheck.check(np.tanh, lambda x: 1 - np.tanh(x) ** 2, [X], kind="jacobian")
    assert report.verdict == "agree"


def test_wrong_derivative_entry_by_entry_is_caught():
    report = gradcheck.check(np.tanh, lambda x: 1 - np.tanh(x), [X], kind="jacobian", explain=False)
    assert report.verdict == "disagree"


def test_error_in_the_jacobian_is_the_users():
    def jacobian(x):
        raise KeyError("gamma")

    with pytest.raises(CodeError, match="jac raised KeyError at the given inputs: 'gamma'"):
        layer(polar, jacobian, [POINT[:2]])


def test_what_was_found_is_said():
    found = layer(rosenbrock, rosenbrock_gradient, [POINT]).found
    assert found.endswith("that returns its gradient in x")
