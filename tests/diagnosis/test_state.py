"""Gradients that depend on what ran before: left over, stale, or another one every time."""

from __future__ import annotations

import itertools

import numpy as np

from gradcheck.adapters.operation_of import operation_of
from gradcheck.adapters.recognition import layer
from gradcheck.checks.derivative import derivative
from gradcheck.checks.evaluation import Evaluation
from gradcheck.diagnosis.explain import cause_of, explained
from gradcheck.notation import CODE
from tests.diagnosis.causes import cause, evaluation_of, numbers

X = numbers(4, 3)


class Stale:
    """A layer as people write it, that keeps the first input it ever saw."""

    def __init__(self):
        self.W = numbers(3, 2, seed=1)
        self.dW = np.zeros((3, 2))
        self.x = None

    def forward(self, x):
        """Return the product, and keep the input once."""
        if self.x is None:
            self.x = x
        return x @ self.W

    def backward(self, d):
        """Return the gradient of the input, and keep that of the weights."""
        self.dW = self.x.T @ d
        return d @ self.W.T


def used(made):
    """Return a layer that went forward and back before."""
    made.forward(numbers(4, 3, seed=8))
    made.backward(numbers(4, 2, seed=9))
    return made


def cause_in_object(made, quantity):
    operation, point = operation_of(layer(made, None, [X]))
    evaluation = Evaluation(operation, CODE, point)
    findings = {f.quantity: f for f in derivative(evaluation, np.random.default_rng(0))}
    return explained(findings[quantity], evaluation, seconds=np.inf).cause


def test_layer_that_was_not_used_before_has_nothing_to_explain():
    assert cause_in_object(Stale(), "delta_W") == ""


def test_stale_cache_is_named():
    text = cause_in_object(used(Stale()), "delta_W")
    assert "stays the same, bit for bit, whatever the inputs are" in text
    assert text.endswith("what an earlier forward pass left, a stale cache?")


def test_gradient_that_is_written_as_if_it_were_constant_is_named():
    def log_softmax(x):
        return x - np.log(np.exp(x).sum(axis=1, keepdims=True))

    text = cause(log_softmax, lambda d, x: d - d.mean(axis=1, keepdims=True), [X])
    assert "is it written as if it were constant" in text


def test_gradient_that_grows_with_every_run_is_named():
    kept = {"gradient": np.zeros_like(X)}

    def backward(d, x):
        kept["gradient"] = kept["gradient"] + 2 * d * x
        return kept["gradient"]

    text = cause_of(evaluation_of(lambda x: x**2, backward, [X]), "x")
    assert text.endswith("each run adds the true gradient to what the runs before it left")


def test_gradient_that_counts_its_calls_is_named():
    calls = itertools.count()

    def backward(d, x):
        return (1 + next(calls)) * d * x

    text = cause_of(evaluation_of(lambda x: x**2, backward, [X]), "x")
    assert text.endswith("does it depend on what ran before, or on random numbers?")


def test_linear_layer_whose_gradient_does_not_move_is_not_called_stale():
    """The gradient of a sum is constant, and twice it is a factor, not a cache."""
    text = cause(lambda x: x.sum(), lambda d, x: 2 * d * np.ones_like(x), [X])
    assert text.endswith("is a factor of 1/2 missing?")
