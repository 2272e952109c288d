"""Stateful layers of many styles: right ones pass in exact arithmetic, wrong ones are caught."""

from __future__ import annotations

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.recognition import layer
from gradcheck.adapters.stateful.copies import copied
from tests.adapters import strange_dense_layers, strange_larger_layers, strange_layers
from tests.adapters.sample_arrays import X
from tests.adapters.strange_dense_layers import Linear
from tests.adapters.strange_layers import ReLU, Sequential

PAIRS = [*strange_dense_layers.PAIRS, *strange_layers.PAIRS, *strange_larger_layers.PAIRS]
RIGHT = [pytest.param(right, inputs, id=right.__name__) for right, _, inputs, _ in PAIRS]
WRONG = [pytest.param(wrong, inputs, s, id=wrong.__name__) for _, wrong, inputs, s in PAIRS]


@pytest.mark.parametrize(("kind", "inputs"), RIGHT)
def test_right_layer_agrees(kind, inputs):
    report = gradcheck.check(kind(), inputs)
    assert report.verdict == "agree", str(report)


@pytest.mark.parametrize(("kind", "inputs"), RIGHT)
def test_code_of_strangers_runs_on_balls(kind, inputs):
    frame = gradcheck.check(kind(), inputs, laws=False).frame
    assert set(frame.evidence) == {"exact"}


@pytest.mark.parametrize(("kind", "inputs", "symbol"), WRONG)
def test_mistake_is_caught_where_it_is(kind, inputs, symbol):
    frame = gradcheck.check(kind(), inputs, laws=False, explain=False).frame
    assert f"delta_{symbol}" in set(frame[frame.verdict == "DISAGREE"].quantity)


@pytest.mark.parametrize(("right", "wrong", "inputs", "symbol"), PAIRS)
def test_both_twins_have_the_same_gradients(right, wrong, inputs, symbol):
    assert layer(right(), inputs).differentiable == layer(wrong(), inputs).differentiable


def test_layers_of_a_net_are_found():
    net = Sequential(Linear(3, 5), ReLU(), Linear(5, 2))
    expected = ("layers[0].weight", "layers[0].bias", "layers[2].weight", "layers[2].bias")
    assert layer(net, [X]).parameters == expected


def test_right_net_agrees():
    net = Sequential(Linear(3, 5), ReLU(), Linear(5, 2))
    assert gradcheck.check(net, [X]).verdict == "agree"


def test_mistake_in_one_layer_of_a_net_is_caught():
    net = Sequential(Linear(3, 5), ReLU(), Linear(5, 2))
    net.layers[1].backward = lambda grad: grad
    assert gradcheck.check(net, [X], laws=False, explain=False).verdict == "disagree"


def test_both_methods_of_one_object_are_that_object():
    relu = ReLU()
    assert layer(relu.forward, relu.backward, [X]).kind == "stateful object"


def test_a_class_without_arguments_is_what_it_makes():
    assert gradcheck.check(ReLU, [X]).verdict == "agree"


@pytest.mark.parametrize(("kind", "inputs"), RIGHT)
def test_users_object_is_never_touched(kind, inputs):
    subject = kind()
    before = copied(subject)
    gradcheck.check(subject, inputs)
    assert same(subject, before)


def same(one, two):
    names = getattr(type(one), "__slots__", None) or vars(one)
    return all(str(value_of(one, name)) == str(value_of(two, name)) for name in names)


def value_of(subject, name):
    value = getattr(subject, name, None)
    return vars(value) if hasattr(value, "data") and not isinstance(value, np.ndarray) else value
