"""What is said about an object that is not understood, or not completely."""

# ruff: noqa: D101, D102 - classes of strangers have no docstrings

from __future__ import annotations

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer
from tests.adapters.sample_arrays import X, array
from tests.adapters.strange_dense_layers import (
    DenseThatLearns,
    HandsOutPairs,
    LayerDense,
    LearnsAtItsOwnRate,
    Linear,
    ReturnsAll,
)
from tests.adapters.strange_layers import RNNCell


class Unusual:
    """Names that say nothing."""

    def __init__(self):
        self.kernel, self.result_of_descent = array(3, 2), None

    def run(self, x):
        self.seen = x
        return x @ self.kernel

    def revert(self, upstream):
        self.result_of_descent = self.seen.T @ upstream


class Quiet(Unusual):
    forward, backward = Unusual.run, Unusual.revert


def test_what_was_found_is_said():
    assert layer(LayerDense(), [X]).found == (
        "LayerDense.forward(inputs) and LayerDense.backward(the cotangent); gradients: "
        "weights in dweights, biases in dbiases, inputs in dinputs"
    )


def test_returned_gradients_are_said_by_their_order():
    found = layer(ReturnsAll(), [X]).found
    assert found.endswith("gradients: x in returned[0], w in returned[1], b in returned[2]")


def test_a_step_inside_backward_is_said_to_be_one():
    made = layer(DenseThatLearns(), [array(3, 1)])
    assert "the cotangent, a learning rate" in made.found
    assert "backward moves weights, bias itself; put back after every run" in made.notes


def test_a_step_without_a_learning_rate_is_asked_about():
    class Learns(LearnsAtItsOwnRate):
        def __init__(self):
            self.W, self.lr = array(3, 2), 0  # an integer is no length of a step

        def backward(self, grad):
            self.W = self.W - 0.5 * (self.x.T @ grad)
            return grad @ self.W.T

    with pytest.raises(CodeError, match="moves W itself, and no learning rate was found"):
        layer(Learns(), [X])


def test_methods_can_be_named():
    made = layer(Unusual(), [X], methods=("run", "revert"), parameters={"kernel": "seen"})
    assert (made.parameters, made.held) == (("kernel",), ("x",))


def test_a_method_that_is_missing_is_named_beside_those_there_are():
    with pytest.raises(CodeError, match=r"Unusual has no method 'ran'; it has revert, run"):
        layer(Unusual(), [X], methods=("ran", "revert"))


def test_gradients_can_be_named():
    report = gradcheck.check(Quiet(), [X], parameters={"kernel": "result_of_descent"})
    assert report.verdict == "agree"
    assert set(report.frame[report.frame.check == "derivative"].quantity) == {"delta_kernel"}


def test_a_named_gradient_may_be_returned():
    made = layer(ReturnsAll(), [X], parameters={"w": "[1]", "b": "[2]"})
    assert made.differentiable == ("x", "w", "b")


def test_the_gradient_of_an_input_can_be_named():
    class Odd(LayerDense):
        def backward(self, dvalues):
            super().backward(dvalues)
            self.answer, self.dinputs = self.dinputs, None

    named = {"inputs": "answer", "weights": "dweights"}
    assert layer(Odd(), [X], parameters=named).differentiable == ("inputs", "weights")


def test_nothing_found_is_said_with_everything_there_is():
    with pytest.raises(CodeError, match=r"no gradient was found; afterwards Quiet has kernel \(3,"):
        layer(Quiet(), [X])


def test_a_parameter_that_is_missing_is_named_beside_those_there_are():
    with pytest.raises(CodeError, match=r"RNNCell has no 'V'; it has Wx \(3, 2\), Wh"):
        layer(RNNCell(), [X, array(4, 2)], parameters={"V": "dV"})


def test_a_gradient_that_is_missing_is_named():
    with pytest.raises(CodeError, match=r"LayerDense has no 'dW'; it has .*dweights"):
        layer(LayerDense(), [X], parameters={"weights": "dW"})


def test_a_parameter_that_is_no_array_is_shown():
    with pytest.raises(CodeError, match=r"training = True of .* is no array of floats"):
        layer(with_attributes(training=True), [X], parameters={"training": "dW"})


def test_a_text_that_is_no_place_is_shown():
    with pytest.raises(CodeError, match=r"'W and b' is no place in an object; write 'W'"):
        layer(LayerDense(), [X], parameters={"W and b": "dW"})


def test_two_gradients_of_one_parameter_are_asked_about():
    class Two(HandsOutPairs):
        def backward(self, g):
            self.dw = 2 * (self._x.T @ g)
            return super().backward(g)

    with pytest.raises(CodeError, match=r"both called the gradient of _w: say parameters="):
        layer(Two(), [X])


def test_two_equal_gradients_of_one_parameter_are_one():
    class Two(HandsOutPairs):
        def backward(self, g):
            dx = super().backward(g)
            self.dw = self._gw.copy()
            return dx

    assert layer(Two(), [X]).parameters == ("w", "b")


def test_two_orders_of_returned_gradients_are_asked_about():
    class Three(ReturnsAll):
        def __init__(self):
            self.b, self.w, self.v = array(2), array(3, 2), array(3, 2)

        def fprop(self, x):
            self.x = x
            return x @ (self.w + self.v) + self.b

        def bprop(self, delta):
            dw = self.x.T @ delta
            return delta @ (self.w + self.v).T, dw, dw, delta.sum(axis=0)

    with pytest.raises(CodeError, match=r"order x, w, v, b or x, v, w, b: say which is which"):
        layer(Three(), [X])


def test_an_array_without_a_gradient_is_noted_if_it_matters():
    made = layer(with_attributes(W=array(3, 2), unused=array(3, 2)), [X])
    assert made.notes == ("W (3, 2) has no gradient: found, not checked",)


def test_arrays_that_other_code_needs_are_not_noted():
    made = layer(LayerDense(), [X])
    made_with_momentum = LayerDense()
    made_with_momentum.velocity = array(3, 2)
    assert layer(made_with_momentum, [X]).notes == made.notes == ()


def test_an_input_without_a_gradient_is_noted():
    class First(Linear):
        def backward(self, grad):
            super().backward(grad)

    assert layer(First(), [X]).notes == ("no gradient of x was found: held, not checked",)


def test_a_class_with_arguments_is_asked_for_an_object():
    class Sized(LayerDense):
        def __init__(self, size):
            super().__init__()

    with pytest.raises(CodeError, match=r"Sized is a class .*: give an object, Sized\(\.\.\.\)"):
        layer(Sized, [X])


def test_an_object_without_backward_is_asked_for_it():
    class Forward:
        def forward(self, x):
            return x

    with pytest.raises(CodeError, match=r"no backward method .*methods=\('forward', 'backward'\)"):
        layer(Forward(), [X], kind="object")


def test_two_outputs_are_refused():
    class Lstm:
        def forward(self, x):
            return np.tanh(x), np.exp(x)

        def backward(self, dh, dc):
            return dh + dc

    with pytest.raises(CodeError, match=r"(?s)forward returned tuple .*return one array of floats"):
        layer(Lstm(), [X])


def test_an_error_inside_backward_is_the_users():
    class Broken(LayerDense):
        def backward(self, dvalues):
            raise KeyError("gamma")

    with pytest.raises(CodeError, match="backward raised KeyError at the given inputs: 'gamma'"):
        layer(Broken(), [X])


def test_arguments_of_backward_that_nobody_knows_are_refused():
    class Wants(LayerDense):
        def backward(self, dvalues, one, two, three):
            super().backward(dvalues)

    with pytest.raises(CodeError, match=r"Wants.backward takes other arguments than the cotangent"):
        layer(Wants(), [X])


def with_attributes(**attributes):
    """Make an object whose output depends on W only, if it has one."""

    class Layer:
        def forward(self, x):
            return x @ getattr(self, "W", np.ones((3, 2)))

        def backward(self, grad):
            return grad @ getattr(self, "W", np.ones((3, 2))).T

    made = Layer()
    vars(made).update(attributes)
    return made
