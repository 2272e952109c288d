"""Functions that belong together, told by their names."""

from __future__ import annotations

import pytest

from gradcheck.validation.pairs import pairs


@pytest.mark.parametrize(
    ("forward", "gradient"),
    [
        ("affine_forward", "affine_backward"),
        ("forward_affine", "backward_affine"),
        ("relu", "relu_backward"),
        ("relu", "backward_relu"),
        ("relu", "relu_grad"),
        ("relu", "grad_relu"),
        ("relu", "relu_prime"),
        ("relu", "relu_derivative"),
        ("relu", "d_relu"),
        ("relu", "drelu"),
        ("softmax", "softmax_jacobian"),
        ("rosen", "rosen_der"),
        ("rosen", "rosen_jac"),
        ("loss", "loss_gradient"),
        ("relu_fwd", "relu_bwd"),
        ("forward", "backward"),
        ("fun", "jac"),
        ("f", "fprime"),
        ("f", "df"),
    ],
)
def test_a_gradient_is_known_by_its_name(forward, gradient):
    assert list(pairs(["helper", forward, gradient])) == [(forward, gradient)]


def test_a_gradient_whose_function_is_missing_makes_no_pair():
    assert list(pairs(["affine_backward", "relu_forward", "data"])) == []


def test_a_function_can_have_two_gradients():
    names = ["rosen", "rosen_der", "rosen_grad"]
    assert list(pairs(names)) == [("rosen", "rosen_der"), ("rosen", "rosen_grad")]


def test_a_name_that_says_forward_is_preferred():
    names = ["relu", "relu_forward", "relu_backward"]
    assert list(pairs(names)) == [("relu_forward", "relu_backward")]
