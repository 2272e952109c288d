"""Another epsilon in the backward pass than in the forward pass, however large the activations."""

import numpy as np
import pytest

import gradcheck

every_deviation = pytest.mark.parametrize("deviation", [1, 10, 100, 1000, 3000])


def batch_normalisation(x, gain, bias):
    return gain * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5) + bias


def backward_with(epsilon):
    def backward(dout, x, gain, bias):
        deviation = np.sqrt(x.var(axis=0) + epsilon)
        x_hat, d_hat = (x - x.mean(axis=0)) / deviation, dout * gain
        dx = (d_hat - d_hat.mean(axis=0) - x_hat * (d_hat * x_hat).mean(axis=0)) / deviation
        return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)

    return backward


def verdict(epsilon, deviation):
    rng = np.random.default_rng(0)
    inputs = [
        deviation * rng.standard_normal((8, 4)),
        rng.standard_normal(4),
        rng.standard_normal(4),
    ]
    how = {"laws": False, "explain": False}
    return gradcheck.check(batch_normalisation, backward_with(epsilon), inputs, **how).verdict


@every_deviation
def test_another_epsilon_disagrees(deviation):
    assert verdict(1e-3, deviation) == "disagree"


@every_deviation
def test_the_same_epsilon_agrees(deviation):
    assert verdict(1e-5, deviation) == "agree"
