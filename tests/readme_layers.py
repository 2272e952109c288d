"""The layers that the README's examples call: what stands in for the reader's own code."""

from __future__ import annotations

import numpy as np

rng = np.random.default_rng(0)
x, w, b = rng.standard_normal((5, 3)), rng.standard_normal((3, 4)), rng.standard_normal(4)
scores, labels = rng.standard_normal((5, 4)), rng.integers(4, size=5)
prediction, target = rng.standard_normal(5), rng.standard_normal(5)
x0 = rng.standard_normal(4)


def swish(x):
    return x / (1 + np.exp(-x))


def swish_backward(dout, x):
    s = 1 / (1 + np.exp(-x))
    return dout * (s + x * s * (1 - s))


def affine_forward(x, w, b):
    return x @ w + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)


class Dense:
    """A layer that keeps its parameters, their gradients and what it last saw."""

    def __init__(self, fan_in, fan_out):
        self.W = np.random.default_rng(1).standard_normal((fan_in, fan_out))
        self.b = np.zeros(fan_out)

    def forward(self, x):
        """Return x W + b."""
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        """Keep the gradients of W and b, and return that of x."""
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T


class Scale:
    """A layer whose names nobody could guess."""

    def __init__(self, size):
        self.amount = np.ones(size)
        self.change = np.zeros(size)

    def run(self, x):
        """Return the scaled input."""
        self.seen = x
        return self.amount * x

    def unwind(self, grad):
        """Go back."""
        self.change = (grad * self.seen).sum(axis=0)
        return grad * self.amount


class SquaredError:
    """A loss that keeps the difference."""

    def forward(self, prediction, target):
        """Return half of the summed squares."""
        self.difference = prediction - target
        return 0.5 * np.sum(self.difference**2)

    def backward(self):
        """Return the gradient of the prediction."""
        return self.difference


def softmax_loss(scores, labels):
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = shifted / shifted.sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    gradient = p.copy()
    gradient[rows, labels] -= 1
    return -np.log(p[rows, labels]).mean(), gradient / len(labels)


def valley(x):
    return np.sum((1 - x[:-1]) ** 2 + 100 * (x[1:] - x[:-1] ** 2) ** 2)


def valley_gradient(x):
    g = np.zeros_like(x)
    g[:-1] = -2 * (1 - x[:-1]) - 400 * x[:-1] * (x[1:] - x[:-1] ** 2)
    g[1:] += 200 * (x[1:] - x[:-1] ** 2)
    return g


def polar(x):
    return np.array([x[0] * np.cos(x[1]), x[0] * np.sin(x[1]), x[2] * x[3]])


def polar_jacobian(x):
    return np.array(
        [
            [np.cos(x[1]), -x[0] * np.sin(x[1]), 0, 0],
            [np.sin(x[1]), x[0] * np.cos(x[1]), 0, 0],
            [0, 0, x[3], x[2]],
        ]
    )
