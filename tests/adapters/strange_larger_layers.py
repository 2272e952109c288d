"""Larger layers as courses write them, with loops, caches and buffers; right and with a mistake."""

# ruff: noqa: D101, D102 - classes of strangers have no docstrings

from __future__ import annotations

import numpy as np

from tests.adapters.sample_arrays import X, array

IMAGES = array(2, 1, 5, 5)


class Conv:
    """Loops over places, a dictionary as cache, gradients under keys that begin with d."""

    def __init__(self, stride=1, pad=1):
        self.W, self.b = array(2, 1, 3, 3), array(2)
        self.stride, self.pad = stride, pad
        self.cache, self.grads = {}, {"dW": None, "db": None}

    def forward(self, x):
        pad = self.pad
        padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        size = (x.shape[2] + 2 * pad - 3) // self.stride + 1
        out = np.zeros((len(x), len(self.W), size, size))
        for i, j in np.ndindex(size, size):
            window = self.window(padded, i, j)
            out[:, :, i, j] = np.tensordot(window, self.W, axes=([1, 2, 3], [1, 2, 3])) + self.b
        self.cache["padded"] = padded
        return out

    def backward(self, dout):
        padded, pad = self.cache["padded"], self.pad
        dpadded, dW = np.zeros_like(padded), np.zeros_like(self.W)
        for i, j in np.ndindex(dout.shape[2:]):
            dW += np.tensordot(dout[:, :, i, j], self.window(padded, i, j), axes=([0], [0]))
            added = np.tensordot(dout[:, :, i, j], self.W, axes=([1], [0]))
            self.add(self.window(dpadded, i, j), added)
        self.grads["dW"], self.grads["db"] = dW, dout.sum(axis=(0, 2, 3))
        return dpadded[:, :, pad:-pad, pad:-pad]

    def window(self, padded, i, j):
        top, left = i * self.stride, j * self.stride
        return padded[:, :, top : top + 3, left : left + 3]

    def add(self, window, added):
        window += added


class ConvThatOverwrites(Conv):
    def add(self, window, added):
        window[...] = added


class Rnn:
    """A loop over time; lists of states; a second dictionary, named dparams, of buffers."""

    def __init__(self):
        self.params = {"Wx": array(3, 2), "Wh": array(2, 2), "b": array(2)}
        self.dparams = {name: np.zeros_like(value) for name, value in self.params.items()}

    def forward(self, xs):
        self.xs, self.hs = xs, [np.zeros(2)]
        for x in xs:
            z = x @ self.params["Wx"] + self.hs[-1] @ self.params["Wh"] + self.params["b"]
            self.hs.append(np.tanh(z))
        return np.array(self.hs[1:])

    def backward(self, dhs):
        for buffer in self.dparams.values():
            buffer[:] = 0
        dxs, carried = np.zeros_like(self.xs), np.zeros(2)
        for t in reversed(range(len(self.xs))):
            dz = (dhs[t] + carried) * (1 - self.hs[t + 1] ** 2)
            self.dparams["Wx"] += np.outer(self.xs[t], dz)
            self.dparams["Wh"] += np.outer(self.hs[t], dz)
            self.dparams["b"] += dz
            dxs[t] = self.params["Wx"] @ dz
            carried = self.back_in_time(dz)
        return dxs

    def back_in_time(self, dz):
        return self.params["Wh"] @ dz


class RnnWithoutTime(Rnn):
    def back_in_time(self, dz):
        return 0 * dz


class Attention:
    """Three weights, whose gradients are set together."""

    def __init__(self):
        self.Wq, self.Wk, self.Wv = array(3, 3), array(3, 3), array(3, 3)
        self.d_k = 3

    def forward(self, x):
        self.x = x
        self.q, self.k, self.v = x @ self.Wq, x @ self.Wk, x @ self.Wv
        scores = self.q @ self.k.T / np.sqrt(self.d_k)
        exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
        self.a = exponentials / exponentials.sum(axis=-1, keepdims=True)
        return self.a @ self.v

    def backward(self, dout):
        da = dout @ self.v.T
        dscores = self.a * (da - (da * self.a).sum(axis=-1, keepdims=True)) / self.scale()
        dq, dk, dv = dscores @ self.k, dscores.T @ self.q, self.a.T @ dout
        self.dWq, self.dWk, self.dWv = self.x.T @ dq, self.x.T @ dk, self.x.T @ dv
        return dq @ self.Wq.T + dk @ self.Wk.T + dv @ self.Wv.T

    def scale(self):
        return np.sqrt(self.d_k)


class AttentionWithoutScale(Attention):
    def scale(self):
        return 1.0


class LearnsWithMomentum:
    """A step inside backward, with a momentum that backward moves as well."""

    def __init__(self):
        self.W, self.v = array(3, 2), np.zeros((3, 2))

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, grad, lr, momentum=0.9):
        dx = grad @ self.W.T
        self.v = momentum * self.v - lr * self.direction(grad)
        self.W += self.v
        return dx

    def direction(self, grad):
        return self.x.T @ grad


class LearnsSigns(LearnsWithMomentum):
    def direction(self, grad):
        return np.sign(self.x.T @ grad)


class ReturnsDictionary:
    """Backward returns the gradient of the input, and a dictionary of the others."""

    def __init__(self):
        self.params = {"W": array(3, 2), "b": array(2)}

    def forward(self, x):
        self.x = x
        return x @ self.params["W"] + self.params["b"]

    def backward(self, grad):
        return grad @ self.params["W"].T, {"b": grad.sum(axis=0), "W": self.x.T @ grad}


class ReturnsDictionaryOfMeans(ReturnsDictionary):
    def backward(self, grad):
        dx, gradients = super().backward(grad)
        return dx, {**gradients, "b": grad.mean(axis=0)}


class Decoder:
    """The same weights forward and, transposed, back."""

    def __init__(self):
        self.W, self.dW = array(3, 2), np.zeros((3, 2))

    def forward(self, x):
        self.x = x
        self.h = np.tanh(x @ self.W)
        return self.h @ self.W.T

    def backward(self, d):
        dh = d @ self.W * (1 - self.h**2)
        self.dW = self.x.T @ dh + d.T @ self.h
        return dh @ self.W.T


class DecoderOfOneUse(Decoder):
    def backward(self, d):
        dx = super().backward(d)
        self.dW = self.dW - d.T @ self.h
        return dx


PAIRS = [
    (Conv, ConvThatOverwrites, [IMAGES], "x"),
    (Rnn, RnnWithoutTime, [X], "Wh"),
    (Attention, AttentionWithoutScale, [X], "Wq"),
    (LearnsWithMomentum, LearnsSigns, [X], "W"),
    (ReturnsDictionary, ReturnsDictionaryOfMeans, [X], "b"),
    (Decoder, DecoderOfOneUse, [X], "W"),
]
"""Right class, the same with a mistake, inputs, and the symbol whose gradient is wrong."""
