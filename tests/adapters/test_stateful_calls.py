"""How methods are called that leave open what they take."""

# ruff: noqa: D101, D102 - classes of strangers have no docstrings

from __future__ import annotations

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer
from tests.adapters.sample_arrays import SHARES, X, array
from tests.adapters.strange_dense_layers import LayerDense
from tests.adapters.strange_losses import MeanSquare


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out


class GivesDerivative(Tanh):
    def backward(self, x):
        return 1 - np.tanh(x) ** 2


class TakesCotangent(Tanh):
    def backward(self, x):
        return x * (1 - self.out**2)


class IgnoresCotangent(Tanh):
    def backward(self, dout):
        return 1 - self.out**2


class PrimeOfCotangent(Tanh):
    def prime(self, grad_output):
        return grad_output * (1 - self.out**2)


class Stateless(LayerDense):
    def forward(self, inputs):
        return inputs @ self.weights

    def backward(self, inputs, grad):
        self.dweights = inputs.T @ grad
        return grad @ self.weights.T


class TakesAny(Tanh):
    def backward(self, *upstream):
        return upstream[0] * (1 - self.out**2)


class LearnsIfTold(Stateless):
    def forward(self, x):
        self.x = x
        return x @ self.weights

    def backward(self, grad, lr=0.01):
        dx = grad @ self.weights.T
        self.weights = self.weights - lr * (self.x.T @ grad)
        return dx


class GoesForwardOnce(Tanh):
    out = None

    def forward(self, x):
        assert self.out is None, "go back first"
        return super().forward(x)

    def backward(self, dout):
        dx = dout * (1 - self.out**2)
        self.out = None
        return dx


class OtherNames(MeanSquare):
    def backward(self, prediction, target):
        return 2 * (prediction - target) / prediction.size


class OfTarget(MeanSquare):
    def forward(self, pred, target):
        self.pred = pred
        return np.mean((pred - target) ** 2)

    def backward(self, target):
        return 2 * (self.pred - target) / self.pred.size


@pytest.mark.parametrize(
    "kind",
    [GivesDerivative, TakesCotangent, PrimeOfCotangent, Stateless, TakesAny, LearnsIfTold],
    ids=lambda k: k.__name__,
)
def test_right_layer_agrees_however_backward_is_called(kind):
    assert gradcheck.check(kind(), [X]).verdict == "agree"


@pytest.mark.parametrize("kind", [OtherNames, OfTarget], ids=lambda k: k.__name__)
def test_right_loss_agrees_however_backward_is_called(kind):
    assert gradcheck.check(kind(), [X, SHARES], held=["target"]).verdict == "agree"


def test_an_ignored_cotangent_is_caught():
    report = gradcheck.check(IgnoresCotangent(), [X], laws=False, explain=False)
    assert report.verdict == "disagree"


def test_a_mistake_is_one_in_both_readings():
    class Half(Tanh):
        def backward(self, x):
            return x * (1 - self.out)

    report = gradcheck.check(Half(), [X], laws=False, explain=False)
    assert report.verdict == "disagree"


def test_an_object_that_goes_forward_once_is_taken():
    assert layer(GoesForwardOnce(), [X]).differentiable == ("x",)


def test_an_optional_cotangent_without_a_use_is_handed_over():
    class Scaled(MeanSquare):
        def backward(self, scale=None):
            return scale * super().backward()

    assert gradcheck.check(Scaled(), [X, SHARES], held=["target"]).verdict == "agree"


def test_a_loss_may_be_a_number_of_python():
    class Counted(MeanSquare):
        def forward(self, pred, target):
            return float(super().forward(pred, target))

        def backward(self, dout=1.0):
            return dout * super().backward()

    report = gradcheck.check(Counted(), [X, SHARES], held=["target"], laws=False)
    assert report.verdict == "agree"


def test_an_object_with_both_methods_may_be_called_a_loss():
    assert layer(MeanSquare(), [X, SHARES], kind="loss").held == ("target",)


def test_a_buffer_that_is_never_written_is_a_wrong_gradient():
    class Forgets(Stateless):
        def __init__(self):
            super().__init__()
            self.dweights = np.zeros_like(self.weights)

        def backward(self, inputs, grad):
            return grad @ self.weights.T

    frame = gradcheck.check(Forgets(), [X], laws=False, explain=False).frame
    assert set(frame[frame.verdict == "DISAGREE"].quantity) == {"delta_weights"}


def test_gradients_that_cannot_be_forgotten_yet_are_left():
    class Zeroes(LayerDense):
        def zero_grad(self):
            self.dweights[...] = 0  # there is none before the first backward pass

    assert gradcheck.check(Zeroes(), [X]).verdict == "agree"


def test_a_first_input_named_y_is_a_target_beside_a_prediction_only():
    class Dynamics(MeanSquare):
        def forward(self, y, x):
            return super().forward(y, x)

    with pytest.raises(CodeError, match=r"held=\['x'\]"):
        layer(Dynamics(), [X, SHARES])


def test_the_reading_is_said():
    assert "which is not handed a cotangent" in layer(GivesDerivative(), [X]).found


def test_a_property_that_raises_is_no_method():
    class Trained(TakesCotangent):
        @property
        def fprop(self):
            raise RuntimeError("train first")

    assert layer(Trained(), [X]).found.startswith("Trained.forward(x)")


def test_a_slope_is_not_taken_for_the_learning_rate():
    class Leaky(Stateless):
        def __init__(self):
            super().__init__()
            self.alpha, self.lr = 0.25, 0.01

        def forward(self, x):
            self.x, z = x, x @ self.weights
            self.slopes = np.where(z > 0, 1.0, self.alpha)
            return self.slopes * z

        def backward(self, grad):
            dz = grad * self.slopes
            dx = dz @ self.weights.T
            self.weights = self.weights - self.lr * (self.x.T @ dz)
            return dx

    assert gradcheck.check(Leaky(), [X]).verdict == "agree"


def test_a_step_of_a_number_is_a_gradient():
    class Line:
        def __init__(self):
            self.m, self.b = 0.5, 0.125

        def forward(self, x):
            self.x = x
            return self.m * x + self.b

        def backward(self, grad, lr):
            dx = grad * self.m
            self.m -= lr * (grad * self.x).sum()
            self.b -= lr * grad.sum()
            return dx

    report = gradcheck.check(Line(), [X])
    assert (report.verdict, layer(Line(), [X]).parameters) == ("agree", ("m", "b"))


def test_whole_numbers_that_come_first_are_no_target():
    class Distance(MeanSquare):
        def forward(self, a, b):
            return super().forward(a, b)

    with pytest.raises(CodeError, match=r"held=\['b'\]"):
        layer(Distance(), [np.rint(X), X])


def test_a_cached_array_of_another_shape_is_no_gradient():
    class Scaled:
        def __init__(self):
            self.scale = array(3)

        def forward(self, x):
            self.x = x
            return x * self.scale

        def backward(self, grad):
            self.ds = 2 * grad
            self.grad_scale = (grad * self.x).sum(axis=0)
            return grad * self.scale

    assert gradcheck.check(Scaled(), [X]).verdict == "agree"
