"""Losses as tutorials and courses write them, right and each with a planted mistake."""

# ruff: noqa: D101, D102 - classes of strangers have no docstrings

from __future__ import annotations

import numpy as np

from tests.adapters.sample_arrays import LABELS, ONE_HOT, SHARES, X


class SoftmaxWithLoss:
    """The optional cotangent is ignored."""

    def forward(self, x, t):
        self.t = t
        exponentials = np.exp(x - x.max(axis=1, keepdims=True))
        self.y = exponentials / exponentials.sum(axis=1, keepdims=True)
        return -np.sum(t * np.log(self.y)) / len(x)

    def backward(self, dout=1):
        return (self.y - self.t) / len(self.t)


class SoftmaxWithLossOfSum(SoftmaxWithLoss):
    def backward(self, dout=1):
        return self.y - self.t


class ScaledLoss(SoftmaxWithLoss):
    """The optional cotangent is used."""

    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.t)


class ScaledLossSquared(SoftmaxWithLoss):
    def backward(self, dout=1):
        return dout**2 * (self.y - self.t) / len(self.t)


class Loss:
    def calculate(self, output, y):
        return np.mean(self.forward(output, y))


class CategoricalCrossentropy(Loss):
    """Forward per sample, backward of the mean; backward takes the predictions again."""

    def forward(self, y_pred, y_true):
        if len(y_true.shape) == 1:
            return -np.log(y_pred[range(len(y_pred)), y_true])
        return -np.log(np.sum(y_pred * y_true, axis=1))

    def backward(self, dvalues, y_true):
        samples, labels = len(dvalues), len(dvalues[0])
        if len(y_true.shape) == 1:
            y_true = np.eye(labels)[y_true]
        self.dinputs = -y_true / dvalues / samples


class CategoricalCrossentropyOfSum(CategoricalCrossentropy):
    def backward(self, dvalues, y_true):
        super().backward(dvalues, y_true)
        self.dinputs *= len(dvalues)


class MeanSquare:
    """Backward takes nothing."""

    def forward(self, pred, target):
        self.difference = pred - target
        return np.mean(self.difference**2)

    def backward(self):
        return 2 * self.difference / self.difference.size


class MeanSquareWithoutTwo(MeanSquare):
    def backward(self):
        return self.difference / self.difference.size


class SquareLoss:
    """Entry by entry, with a gradient method of the same arguments, the target first."""

    def loss(self, y, y_pred):
        return 0.5 * np.power(y - y_pred, 2)

    def gradient(self, y, y_pred):
        return -(y - y_pred)


class SquareLossUphill(SquareLoss):
    def gradient(self, y, y_pred):
        return y - y_pred


class BothGradients:
    """A gradient for the target as well."""

    def __call__(self, a, b):
        self.difference = a - b
        return 0.5 * (self.difference**2).sum()

    def backward(self):
        return self.difference, -self.difference


class BothGradientsAlike(BothGradients):
    def backward(self):
        return self.difference, self.difference


def svm_loss(x, y):
    """Value and gradient, with integer targets."""
    rows = np.arange(len(x))
    margins = np.maximum(0, x - x[rows, y][:, np.newaxis] + 1.0)
    margins[rows, y] = 0
    dx = (margins > 0).astype(float)
    dx[rows, y] -= dx.sum(axis=1)
    return margins.sum() / len(x), dx / len(x)


def svm_loss_without_count(x, y):
    loss, dx = svm_loss(x, y)
    rows = np.arange(len(x))
    dx[rows, y] = -1 / len(x)
    return loss, dx


def ridge(X, y, w):
    """Value and a dictionary of gradients; the rest is held."""
    residual = X @ w - y
    return 0.5 * residual @ residual + 0.5 * w @ w, {"w": X.T @ residual + w}


def ridge_without_decay(X, y, w):
    loss, gradients = ridge(X, y, w)
    return loss, {"w": gradients["w"] - w}


WEIGHTS = np.array([0.5, -1.0, 2.0])
PAIRS = [
    (SoftmaxWithLoss, SoftmaxWithLossOfSum, [X, ONE_HOT]),
    (ScaledLoss, ScaledLossSquared, [X, ONE_HOT]),
    (CategoricalCrossentropy, CategoricalCrossentropyOfSum, [SHARES, ONE_HOT]),
    (CategoricalCrossentropy, CategoricalCrossentropyOfSum, [SHARES, LABELS]),
    (MeanSquare, MeanSquareWithoutTwo, [X, X[::-1].copy()]),
    (SquareLoss, SquareLossUphill, [X, X[::-1].copy()]),
    (BothGradients, BothGradientsAlike, [X, SHARES]),
    (svm_loss, svm_loss_without_count, [X, LABELS]),
    (ridge, ridge_without_decay, [X, np.array([0.5, 1.0, -1.0, 2.5]), WEIGHTS]),
]
"""Right loss, the same with a mistake, and inputs."""
