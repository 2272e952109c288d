"""Losses of many styles: right ones pass in exact arithmetic, wrong ones are caught."""

from __future__ import annotations

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer
from tests.adapters.sample_arrays import LABELS, ONE_HOT, SHARES, X
from tests.adapters.strange_losses import (
    PAIRS,
    BothGradients,
    CategoricalCrossentropy,
    MeanSquare,
    SoftmaxWithLoss,
    SquareLoss,
    ridge,
    svm_loss,
)


@pytest.mark.parametrize(("loss", "_", "inputs"), PAIRS)
def test_right_loss_agrees(loss, _, inputs):
    report = gradcheck.check(loss, inputs)
    assert report.verdict == "agree", str(report)


@pytest.mark.parametrize(("loss", "_", "inputs"), PAIRS)
def test_losses_of_strangers_run_on_balls(loss, _, inputs):
    assert set(gradcheck.check(loss, inputs, laws=False).frame.evidence) == {"exact"}


@pytest.mark.parametrize(("_", "loss", "inputs"), PAIRS)
def test_mistake_is_caught(_, loss, inputs):
    assert gradcheck.check(loss, inputs, laws=False, explain=False).verdict == "disagree"


def test_one_hot_target_is_held_and_said_to_be():
    made = layer(SoftmaxWithLoss(), [X, ONE_HOT])
    assert (made.held, "held as targets: t (one-hot)" in made.found) == (("t",), True)


def test_integer_target_is_held():
    assert layer(svm_loss, [X, LABELS]).held == ("y",)


def test_target_is_told_by_its_name_wherever_it_stands():
    assert layer(SquareLoss(), [X, X[::-1].copy()]).held == ("y",)


def test_nothing_is_held_where_both_gradients_are_returned():
    assert layer(BothGradients(), [X, ONE_HOT]).held == ()


def test_gradients_by_name_leave_the_rest_held():
    made = layer(ridge, [X, np.ones(4), np.ones(3)])
    assert made.held == ("X", "y")


def test_ignored_cotangent_is_noted():
    (note,) = layer(SoftmaxWithLoss(), [X, ONE_HOT]).notes
    assert note == "backward ignores its cotangent: only the gradient of the value is checked"


def test_mean_of_losses_is_what_backward_belongs_to():
    made = layer(CategoricalCrossentropy(), [SHARES, ONE_HOT])
    assert (made.output.ndim, made.inputs) == (0, ("output", "y"))


def test_two_inputs_that_could_both_be_the_prediction_are_asked_about():
    class Distance(MeanSquare):
        def forward(self, a, b):
            return super().forward(a, b)

    with pytest.raises(CodeError, match=r"1 gradient for the inputs \(a, b\).*held=\['b'\]"):
        layer(Distance(), [X, SHARES])


def test_held_decides_which_is_the_prediction():
    class Distance(MeanSquare):
        def forward(self, a, b):
            return super().forward(a, b)

    assert gradcheck.check(Distance(), [X, SHARES], held=["b"]).verdict == "agree"


def test_gradient_of_another_shape_than_the_output_is_named():
    class Loss:
        def forward(self, x):
            return x @ x.T

        def backward(self):
            return np.ones(3)

    with pytest.raises(CodeError, match=r"gradient of x has shape \(3,\), and the output \(4, 4\)"):
        gradcheck.check(Loss(), [X])


def test_function_that_returns_its_value_only_is_no_loss():
    with pytest.raises(CodeError, match="does not return a value and its gradients"):
        layer(lambda x: np.sum(x), [X], kind="loss")
