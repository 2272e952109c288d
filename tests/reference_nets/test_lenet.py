"""The convolutional net: its shapes, its value without weights, and a step downhill."""

import math

import numpy as np
import pytest

from gradcheck.notation import PointError
from reference_nets import lenet

DIGITS = {
    "c": 1, "h": 8, "j": 8, "k": 6, "p": 3, "q": 3, "k2": 16, "p2": 2, "q2": 2, "k3": 32, "k4": 10,
}  # fmt: skip


def batch(sizes, seed=0):
    point = lenet.sample(np.random.default_rng(seed), sizes, inputs_in_batch=4)
    return {**point.inputs}


def loss(values):
    return lenet(*(values[symbol] for symbol in lenet.inputs), form="batch")


def test_the_layers_are_those_of_the_formulas_in_order():
    forward = [symbol for symbol in lenet.equations if not symbol.startswith("delta")]
    assert forward == ["z1", "a1", "y1", "z2", "a2", "y2", "y3", "z3", "a3", "z4", "E"]


def test_images_of_digits_shrink_to_one_place_a_map():
    sizes = lenet.draw_sizes(np.random.default_rng(0), DIGITS)
    assert [sizes[dim] for dim in ("u", "u2", "u3", "u4", "n")] == [6, 3, 2, 1, 16]


def test_without_weights_every_class_is_as_likely():
    values = batch(DIGITS)
    values |= {symbol: 0 * values[symbol] for symbol in lenet.parameters}
    assert loss(values) == pytest.approx(math.log(10), rel=1e-15)


def test_a_small_step_along_the_gradients_goes_downhill():
    values = batch(DIGITS)
    gradients = lenet.pullback(1.0, *(values[s] for s in lenet.inputs), form="batch")
    steepest = sum(np.sum(gradients[symbol] ** 2) for symbol in lenet.parameters)
    step = 1e-6
    moved = {**values, **{s: values[s] - step * gradients[s] for s in lenet.parameters}}
    assert loss(moved) - loss(values) == pytest.approx(-step * steepest, rel=1e-2)


def test_images_that_are_too_small_are_refused():
    values = {**batch(None), "a0": np.zeros((4, 1, 2, 8))}
    with pytest.raises(PointError, match="u would be 0 with h = 2, p = 3: make the input larger"):
        loss(values)
