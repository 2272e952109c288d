"""What a run of an object starts from, what it may change, and what it leaves alone."""

# ruff: noqa: D102 - classes of strangers have no docstrings

from __future__ import annotations

import threading

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer
from gradcheck.adapters.stateful.copies import copied
from tests.adapters.sample_arrays import X, array
from tests.adapters.strange_dense_layers import Affine, KeepsTranspose, Lazy, Linear
from tests.adapters.strange_layers import BatchNorm, Embedding, ReLU


class Adds:
    """Gradients are added up, and there is no method to forget them."""

    def __init__(self):
        self.W, self.dW = array(3, 2), np.zeros((3, 2))

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, grad):
        self.dW += self.x.T @ grad
        return grad @ self.W.T


def used(subject):
    """Run an object as its user did before it comes to us."""
    subject.backward(np.ones_like(subject.forward(2 * X)))
    return subject


@pytest.mark.parametrize("kind", [Adds, Affine, BatchNorm, Linear, Lazy, ReLU, KeepsTranspose])
def test_an_object_that_ran_before_agrees(kind):
    assert gradcheck.check(used(kind()), [X], laws=False).verdict == "agree"


@pytest.mark.parametrize("kind", [Adds, Affine, BatchNorm, Linear, Lazy, ReLU])
def test_an_object_that_ran_before_has_the_same_parameters(kind):
    assert layer(used(kind()), [X]).parameters == layer(kind(), [X]).parameters


def test_every_session_starts_from_the_same_state():
    made = layer(BatchNorm(), [X])
    first, second = made.start(), made.start()
    first.forward(values_of(made))
    second.forward(values_of(made))
    assert np.array_equal(
        first.memory()["running_mean"], second.memory()["running_mean"], equal_nan=False
    )


def test_parameters_are_set_from_the_values():
    made = layer(Affine(), [X])
    values = values_of(made) | {"params[0]": np.zeros((3, 2)), "params[1]": np.ones(2)}
    assert np.array_equal(made.start().forward(values), np.ones((4, 2)))


def test_the_very_arrays_are_handed_over():
    made = layer(Affine(), [X])
    values = values_of(made)
    session = made.start()
    session.forward(values)
    assert session.memory()["x"] is values["x"]


def test_added_up_gradients_are_what_the_object_holds():
    made = layer(Adds(), [X])
    session = made.start()
    once = session.gradients(values_of(made), np.ones((4, 2)))["W"]
    assert np.array_equal(session.backward(np.ones((4, 2)))["W"], 2 * once)


def test_kept_gradients_are_copies():
    made = layer(Adds(), [X])
    session = made.start()
    once = session.gradients(values_of(made), np.ones((4, 2)))["W"]
    before = once.copy()
    session.backward(np.ones((4, 2)))
    assert np.array_equal(once, before)


def test_memory_is_what_forward_made():
    made = layer(Adds(), [X])
    session = made.start()
    session.forward(values_of(made))
    assert set(session.memory()) == {"x"}


def test_integer_inputs_are_held():
    assert layer(Embedding(), [np.array([1, 1, 3])]).held == ("tokens",)


def test_a_lock_is_shared_and_noted():
    relu = ReLU()
    relu.lock = threading.Lock()
    assert layer(relu, [X]).notes == ("lock cannot be copied: all runs share it",)


def test_an_object_that_refuses_to_be_copied_is_named():
    class Refuses(ReLU):
        def __deepcopy__(self, memo):
            raise RuntimeError("one only")

    with pytest.raises(CodeError, match=r"Refuses cannot be copied \(RuntimeError: one only\)"):
        layer(Refuses(), [X])


def test_arrays_are_exchanged_wherever_they_are_referred_to():
    relu = ReLU()
    relu.W = array(3)
    relu.pairs = ((relu.W, "W"),)
    other = copied(relu, {id(relu.W): np.ones(3)})
    assert other.W is other.pairs[0][0]


def test_weights_that_are_tied_are_one_parameter():
    affine = Adds()
    affine.alias = affine.W
    assert layer(affine, [X]).parameters == ("W",)


def test_float32_parameters_keep_their_precision():
    adds = Adds()
    adds.W, adds.dW = np.float32(adds.W), np.float32(adds.dW)
    made = layer(adds, [np.float32(X)])
    assert made.values["W"].dtype == np.float32
    assert gradcheck.check(made, [], laws=False).frame.evidence.iloc[0] == "exact"


def values_of(made):
    return {symbol: value.copy() for symbol, value in made.values.items()}
