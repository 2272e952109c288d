"""Layers as tutorials and courses write them, right and each with a planted mistake."""

# ruff: noqa: D101, D102 - classes of strangers have no docstrings

from __future__ import annotations

import numpy as np

from tests.adapters.sample_arrays import HIDDEN, TOKENS, WORDS, X, array


class TwoLayerNet:
    """A dictionary of parameters, and a loss that returns a dictionary of gradients."""

    def __init__(self):
        self.params = {"W1": array(3, 5), "b1": array(5), "W2": array(5, 2), "b2": array(2)}

    def loss(self, X, y=None, reg=0.125):
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        hidden = np.maximum(0, X @ W1 + b1)
        scores = hidden @ W2 + b2
        exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
        rows = np.arange(len(X))
        loss = -np.log(probabilities[rows, y]).mean() + reg * ((W1**2).sum() + (W2**2).sum())
        probabilities[rows, y] -= 1
        dscores = probabilities / len(X)
        dhidden = dscores @ W2.T * (hidden > 0)
        grads = {"W2": hidden.T @ dscores + 2 * reg * W2, "b2": dscores.sum(axis=0)}
        grads.update(W1=X.T @ dhidden + 2 * reg * W1, b1=dhidden.sum(axis=0))
        return loss, grads


class TwoLayerNetWithHalfTheDecay(TwoLayerNet):
    def loss(self, X, y=None, reg=0.125):
        loss, grads = super().loss(X, y, reg)
        grads["W1"] -= reg * self.params["W1"]
        return loss, grads


class ReLU:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask


class ReLUThatLeaks(ReLU):
    def backward(self, grad):
        return np.where(self.mask, grad, 0.01 * grad)


class Sequential:
    """A net of layers, each with its own parameters."""

    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad


class BatchNorm:
    """Running statistics, one replaced and one written in place."""

    def __init__(self, features=3):
        self.gamma, self.beta = array(features) + 1, array(features)
        self.eps, self.momentum, self.training = 1e-5, 0.9, True
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)

    def forward(self, x):
        mean, var = x.mean(axis=0), x.var(axis=0)
        self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mean
        self.running_var *= self.momentum
        self.running_var += (1 - self.momentum) * var
        self.std = np.sqrt(var + self.eps)
        self.normed = (x - mean) / self.std
        return self.gamma * self.normed + self.beta

    def backward(self, dout):
        self.dgamma = (dout * self.normed).sum(axis=0)
        self.dbeta = dout.sum(axis=0)
        d = dout * self.gamma
        return (d - d.mean(axis=0) - self.normed * (d * self.normed).mean(axis=0)) / self.std


class BatchNormWithConstantMean(BatchNorm):
    def backward(self, dout):
        super().backward(dout)
        d = dout * self.gamma
        return (d - self.normed * (d * self.normed).mean(axis=0)) / self.std


class Dropout:
    def forward(self, x):
        self.mask = (np.random.rand(*x.shape) > 0.5) / 0.5  # noqa: NPY002 - as tutorials write it
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class DropoutThatForgetsItsScale(Dropout):
    def backward(self, dout):
        return dout * (self.mask > 0)


class RNNCell:
    """Two inputs, a cache, and gradients in a dictionary made by backward."""

    def __init__(self):
        self.Wx, self.Wh, self.b = array(3, 2), array(2, 2), array(2)

    def forward(self, x, h_prev):
        h = np.tanh(x @ self.Wx + h_prev @ self.Wh + self.b)
        self.cache = (x, h_prev, h)
        return h

    def backward(self, dh):
        x, h_prev, h = self.cache
        dz = dh * (1 - h**2)
        self.grads = {"Wx": x.T @ dz, "Wh": h_prev.T @ dz, "b": dz.sum(axis=0)}
        return dz @ self.Wx.T, dz @ self.Wh.T


class RNNCellWithoutSquare(RNNCell):
    def backward(self, dh):
        x, h_prev, h = self.cache
        self.cache = x, h_prev, np.sqrt(np.abs(h))
        return super().backward(dh)


class Sigmoid:
    """An activation with its derivative."""

    def __call__(self, x):
        return 1 / (1 + np.exp(-x))

    def gradient(self, x):
        return self(x) * (1 - self(x))


class SigmoidOfItsOutput(Sigmoid):
    def gradient(self, x):
        return x * (1 - x)


class PReLU:
    """A parameter that is a number."""

    def __init__(self):
        self.alpha, self.dalpha = 0.25, 0.0

    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, self.alpha * x)

    def backward(self, d):
        self.dalpha = np.sum(d * np.minimum(self.x, 0))
        return np.where(self.x > 0, d, self.alpha * d)


class PReLUOfEverything(PReLU):
    def backward(self, d):
        dx = super().backward(d)
        self.dalpha = np.sum(d * self.x)
        return dx


class Embedding:
    """Integer inputs; gradients are added up."""

    def __init__(self):
        self.W, self.dW = array(5, 3), np.zeros((5, 3))

    def forward(self, tokens):
        self.tokens = tokens
        return self.W[tokens]

    def backward(self, d):
        self.dW[...] = 0
        np.add.at(self.dW, self.tokens, d)


class EmbeddingThatOverwrites(Embedding):
    def backward(self, d):
        self.dW[...] = 0
        self.dW[self.tokens] = d


class Slots:
    __slots__ = ("dw", "w", "x")

    def __init__(self):
        self.w = array(3)

    def forward(self, x):
        self.x = x
        return x * self.w

    def backward(self, d):
        self.dw = (d * self.x).sum(axis=0)
        return d * self.w


class SlotsThatForget(Slots):
    __slots__ = ()

    def backward(self, d):
        self.dw = None
        return d * self.w


class Neuron:
    """Lists and floats, no arrays."""

    def __init__(self):
        self.w, self.b = [0.5, -0.25, 1.0], 0.125

    def forward(self, x):
        self.x = x
        return sum(w * v for w, v in zip(self.w, x, strict=True)) + self.b

    def backward(self, g):
        self.dw, self.db = [g * v for v in self.x], g
        return [g * w for w in self.w]


class NeuronWithoutBias(Neuron):
    def backward(self, g):
        dx = super().backward(g)
        self.db = 0.0 * g
        return dx


PAIRS = [
    (TwoLayerNet, TwoLayerNetWithHalfTheDecay, [X, np.array([0, 1, 1, 0])], "W1"),
    (ReLU, ReLUThatLeaks, [X], "x"),
    (BatchNorm, BatchNormWithConstantMean, [X], "x"),
    (Dropout, DropoutThatForgetsItsScale, [X], "x"),
    (RNNCell, RNNCellWithoutSquare, [X, HIDDEN], "Wh"),
    (Sigmoid, SigmoidOfItsOutput, [X], "x"),
    (PReLU, PReLUOfEverything, [X], "alpha"),
    (Embedding, EmbeddingThatOverwrites, [TOKENS], "W"),
    (Slots, SlotsThatForget, [X], "w"),
    (Neuron, NeuronWithoutBias, [WORDS], "b"),
]
"""Right class, the same with a mistake, inputs, and the symbol whose gradient is wrong."""
