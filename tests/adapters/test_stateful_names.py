"""Which names are understood as the gradient of which."""

from __future__ import annotations

import pytest

from gradcheck.adapters.stateful.names import LIKE, SAME, affinity
from gradcheck.adapters.stateful.places import Place


@pytest.mark.parametrize(
    ("parameter", "gradient"),
    [
        ("W", "dW"),
        ("W", "d_W"),
        ("W", "grad_W"),
        ("W", "gradW"),
        ("W", "W_grad"),
        ("_W", "_dW"),
        ("W", "dW_"),
        ("W", "delta_W"),
        ("W", "dL_dW"),
        ("W", "gW"),
        ("weights", "d_weights"),
        ("weights", "weights_gradient"),
        ("params['W']", "grads['W']"),
        ("params['W']", "grads['dW']"),
        ("params['W']", "dparams['W']"),
        ("parameters['W']", "gradients['W']"),
        ("params[0]", "grads[0]"),
        ("weights[1]", "dweights[1]"),
        ("W", "grads['W']"),
        ("W.data", "W.grad"),
        ("params['W'].value", "params['W'].grad"),
        ("layers[0].W", "layers[0].dW"),
        ("layers[0].params['W']", "layers[0].grads['W']"),
    ],
)
def test_gradient_is_understood(parameter, gradient):
    assert affinity(names(parameter), names(gradient)) == SAME


@pytest.mark.parametrize(
    ("parameter", "gradient"),
    [("weights", "weight_grad"), ("biases", "dbias"), ("W", "dw"), ("Gamma", "dgamma")],
)
def test_gradient_with_another_ending_is_understood(parameter, gradient):
    assert affinity(names(parameter), names(gradient)) == LIKE


@pytest.mark.parametrize(
    ("parameter", "gradient"),
    [
        ("W", "W"),
        ("W", "db"),
        ("W", "vW"),
        ("W", "grad"),
        ("W1", "dW2"),
        ("layers[0].W", "layers[1].dW"),
        ("layers[0].W", "dW"),
        ("params['W']", "params['b']"),
        ("params[0]", "grads[1]"),
        ("running_mean", "dmean"),
    ],
)
def test_other_names_are_not(parameter, gradient):
    assert affinity(names(parameter), names(gradient)) is None


@pytest.mark.parametrize("text", ["W", "layers[0].W", "params['W']", "get_grads()[0]", "a.b.c"])
def test_places_are_written_as_they_are_read(text):
    assert str(Place.parse(text)) == text


@pytest.mark.parametrize("text", ["", "W and b", "W[", "W[x]", "1W", "W..b"])
def test_other_texts_are_no_places(text):
    assert Place.parse(text) is None


def names(text):
    return Place.parse(text).names
