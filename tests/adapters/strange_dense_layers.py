"""Dense layers as tutorials and courses write them, right and each with a planted mistake.

Every class keeps its parameters and gradients in another way.  The mistakes are the usual ones.
"""

# ruff: noqa: D101, D102 - classes of strangers have no docstrings

from __future__ import annotations

import numpy as np

from tests.adapters.sample_arrays import COLUMN, X, array


class LayerDense:
    """Attributes only: forward leaves ``output``, backward leaves ``dinputs``; both return None."""

    def __init__(self):
        self.weights = array(3, 2)
        self.biases = np.zeros((1, 2))

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)


class LayerDenseOfMean(LayerDense):
    def backward(self, dvalues):
        super().backward(dvalues)
        self.dweights /= len(dvalues)


class Affine:
    """Parallel lists that are written in place."""

    def __init__(self):
        W, b = array(3, 2), array(2)
        self.params = [W, b]
        self.grads = [np.zeros_like(W), np.zeros_like(b)]
        self.x = None

    def forward(self, x):
        W, b = self.params
        self.x = x
        return np.dot(x, W) + b

    def backward(self, dout):
        W, _ = self.params
        self.grads[0][...] = np.dot(self.x.T, dout)
        self.grads[1][...] = np.sum(dout, axis=0)
        return np.dot(dout, W.T)


class AffineWithoutTranspose(Affine):
    def backward(self, dout):
        super().backward(dout)
        return np.dot(dout, self.params[0].reshape(2, 3))


class DenseThatLearns:
    """A step of gradient descent inside backward, for one column."""

    def __init__(self):
        self.weights = array(2, 3)
        self.bias = array(2, 1)

    def forward(self, input):  # noqa: A002 - as tutorials write it
        self.input = input
        return np.dot(self.weights, self.input) + self.bias

    def backward(self, output_gradient, learning_rate):
        weights_gradient = np.dot(output_gradient, self.input.T)
        input_gradient = np.dot(self.weights.T, output_gradient)
        self.weights -= learning_rate * weights_gradient
        self.bias -= learning_rate * output_gradient
        return input_gradient


class DenseThatLearnsTooEarly(DenseThatLearns):
    def backward(self, output_gradient, learning_rate):
        super().backward(output_gradient, learning_rate)
        return np.dot(self.weights.T, output_gradient)


class LearnsAtItsOwnRate:
    """A step inside backward whose length is an attribute."""

    def __init__(self):
        self.W = array(3, 2)
        self.lr = 0.01

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, grad):
        dx = grad @ self.W.T
        self.W = self.W - self.lr * (self.x.T @ grad)
        return dx


class LearnsUphill(LearnsAtItsOwnRate):
    def backward(self, grad):
        dx = grad @ self.W.T
        self.W = self.W + self.lr * (self.x.T @ grad)
        return dx


class Parameter:
    def __init__(self, data):
        self.data = data
        self.grad = np.zeros_like(data)


class Linear:
    """Parameters that are objects; gradients are added up until zero_grad."""

    def __init__(self, n_in=3, n_out=2):
        self.weight = Parameter(array(n_out, n_in))
        self.bias = Parameter(array(n_out))

    def parameters(self):
        return [self.weight, self.bias]

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.grad[:] = 0

    def __call__(self, x):
        return self.forward(x)

    def forward(self, x):
        self._x = x
        return x @ self.weight.data.T + self.bias.data

    def backward(self, grad):
        self.weight.grad += grad.T @ self._x
        self.bias.grad += grad.sum(axis=0)
        return grad @ self.weight.data


class LinearWithoutSum(Linear):
    def backward(self, grad):
        dx = super().backward(grad)
        self.bias.grad = grad
        return dx


class ReturnsAll:
    """Everything is returned: dx, dw, db."""

    def __init__(self):
        self.w, self.b = array(3, 2), array(2)

    def fprop(self, x):
        self.x = x
        return x.dot(self.w) + self.b

    def bprop(self, delta):
        return delta.dot(self.w.T), self.x.T.dot(delta), delta.sum(0)


class ReturnsAllTwice(ReturnsAll):
    def bprop(self, delta):
        dx, dw, db = super().bprop(delta)
        return dx, dw, 2 * db


class HandsOutPairs:
    """Private attributes, and a method that hands out pairs of parameter and gradient."""

    def __init__(self):
        self._w, self._b = array(3, 3), array(3)
        self._gw = self._gb = None

    def forward(self, x):
        self._x = x
        return x @ self._w + self._b

    def backward(self, g):
        self._gw, self._gb = self._x.T @ g, g.sum(axis=0)
        return g @ self._w.T

    def get_params_grads(self):
        return [(self._w, self._gw), (self._b, self._gb)]


class HandsOutTransposed(HandsOutPairs):
    def backward(self, g):
        dx = super().backward(g)
        self._gw = self._gw.T
        return dx


class Lazy:
    """Parameters that the first forward pass makes, and NumPy as an attribute."""

    def __init__(self):
        self.W = None
        self.xp = np

    def forward(self, x):
        if self.W is None:
            self.W = self.xp.full((x.shape[1], 2), 0.5)
            self.grad_W = self.xp.zeros(self.W.shape)
        self.x = x
        return x @ self.W

    def backward(self, d):
        self.grad_W += self.x.T @ d
        return d @ self.W.T


class LazyAndNegative(Lazy):
    def backward(self, d):
        self.grad_W -= self.x.T @ d
        return d @ self.W.T


class Cached:
    """Forward returns a cache; the keys of the gradients have a prefix."""

    def __init__(self):
        self.params, self.grads = {"W": array(3, 2)}, {}

    def forward(self, x):
        return x @ self.params["W"], (x,)

    def backward(self, dout, cache):
        self.grads["dW"] = cache[0].T @ dout
        return dout @ self.params["W"].T


class CachedOfOnes(Cached):
    def backward(self, dout, cache):
        self.grads["dW"] = cache[0].T @ np.ones_like(dout)
        return dout @ self.params["W"].T


class KeepsTranspose:
    """A view of the weights is kept beside them."""

    def __init__(self):
        self.W = array(3, 2)
        self.W_T = self.W.T

    def forward(self, x):
        self.x = x
        return (self.W_T @ x.T).T

    def backward(self, grad):
        self.grad_W = self.x.T @ grad
        return grad @ self.W_T


class KeepsTransposeOfHalf(KeepsTranspose):
    def backward(self, grad):
        dx = super().backward(grad)
        self.grad_W = self.grad_W / 2
        return dx


PAIRS = [
    (LayerDense, LayerDenseOfMean, [X], "weights"),
    (Affine, AffineWithoutTranspose, [X], "x"),
    (DenseThatLearns, DenseThatLearnsTooEarly, [COLUMN], "input"),
    (LearnsAtItsOwnRate, LearnsUphill, [X], "W"),
    (Linear, LinearWithoutSum, [X], "bias"),
    (ReturnsAll, ReturnsAllTwice, [X], "b"),
    (HandsOutPairs, HandsOutTransposed, [X], "w"),
    (Lazy, LazyAndNegative, [X], "W"),
    (Cached, CachedOfOnes, [X], "W"),
    (KeepsTranspose, KeepsTransposeOfHalf, [X], "W"),
]
"""Right class, the same with a mistake, inputs, and the symbol whose gradient is wrong."""
