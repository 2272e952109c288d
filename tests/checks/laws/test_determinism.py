"""The same inputs give the same results; randomness is named."""

import itertools

import numpy as np

from tests.checks.laws.trials import X, affine, affine_backward, held_to, tanh, tanh_backward


def deterministic(*code):
    return held_to("deterministic", *code, [X])


def dropout(x):
    keep = np.random.rand(*x.shape) < 0.5  # noqa: NPY002 - as people do
    return np.where(keep, 2 * x, 0.0), keep


def dropout_backward(dout, keep):
    return np.where(keep, 2 * dout, 0.0)


def test_right_layer_is_deterministic():
    found = held_to("deterministic", affine, affine_backward, [X, np.ones((3, 2)), np.ones(2)])
    assert [(f.verdict, f.note) for f in found] == [("agree", "")]


def test_dropout_from_the_global_generator_is_named_as_random():
    found = deterministic(dropout, dropout_backward)
    assert found[0].verdict == "agree"
    assert "random: y, delta_x follow the random generators" in found[0].note


def test_dropout_from_a_generator_of_the_module_is_held():
    rng = np.random.default_rng(0)

    def forward(x):
        keep = rng.random(x.shape) < 0.5
        return np.where(keep, 2 * x, 0.0), keep

    found = deterministic(forward, dropout_backward)
    assert found[0].verdict == "agree"
    assert "random" in found[0].note


def test_generator_seeded_anew_at_every_call_is_caught():
    seeds = itertools.count()

    def forward(x):
        keep = np.random.default_rng(next(seeds)).random(x.shape) < 0.5
        return np.where(keep, 2 * x, 0.0), keep

    found = deterministic(forward, dropout_backward)
    assert found[0].verdict == "DISAGREE"
    assert "randomness" in found[0].note


def test_state_between_calls_is_caught():
    calls = []

    def forward(x):
        calls.append(1)
        return np.tanh(x) + len(calls)

    assert deterministic(forward, tanh_backward)[0].verdict == "DISAGREE"


def test_random_backward_is_caught():
    seeds = itertools.count()

    def backward(dout, x):
        return tanh_backward(dout, x) + np.random.default_rng(next(seeds)).normal(size=x.shape)

    assert [f.quantity for f in deterministic(tanh, backward)] == ["delta_x"]
