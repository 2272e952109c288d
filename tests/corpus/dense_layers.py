"""Dense layers, normalisations and losses as strangers write them."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "layers")


def _batch_norm(x, gamma, beta):
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)
    return gamma * x_hat + beta


def _batch_norm_gradient(dout, x, gamma, beta):
    std = np.sqrt(x.var(axis=0) + 1e-5)
    x_hat = (x - x.mean(axis=0)) / std
    dgamma = (dout * x_hat).sum(axis=0)
    dbeta = dout.sum(axis=0)
    dx = gamma / (len(x) * std) * (len(x) * dout - dbeta - x_hat * dgamma)
    return dx, dgamma, dbeta


def _layer_norm(x, g):
    mu = x.mean(axis=-1, keepdims=True)
    sigma = np.sqrt(((x - mu) ** 2).mean(axis=-1, keepdims=True) + 1e-6)
    return g * (x - mu) / sigma


def _layer_norm_gradient(dy, x, g):
    mu = x.mean(axis=-1, keepdims=True)
    sigma = np.sqrt(((x - mu) ** 2).mean(axis=-1, keepdims=True) + 1e-6)
    n = (x - mu) / sigma
    dn = dy * g
    centred = dn - dn.mean(axis=-1, keepdims=True)
    return (centred - n * (dn * n).mean(axis=-1, keepdims=True)) / sigma, (dy * n).sum(axis=0)


def _rms_norm(x, g):
    return g * x / np.sqrt(np.mean(np.square(x), axis=1, keepdims=True))


def _rms_norm_gradient(dy, x, g):
    r = np.sqrt(np.mean(np.square(x), axis=1, keepdims=True))
    dn = dy * g
    return dn / r - x * np.mean(dn * x, axis=1, keepdims=True) / r**3, np.sum(dy * x / r, axis=0)


def _softmax_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


def _softmax_loss_gradient(dout, scores, y):
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return dout * p / len(y), None


def _dropout(x, keep):
    return x * keep / 0.8


def _dropout_gradient(dout, x, keep):
    return dout * keep / 0.8, None


def _elu(x):
    return np.where(x > 0, x, 0.5 * (np.exp(np.minimum(x, 0.0)) - 1.0))


def _elu_gradient(dout, x):
    return (dout * np.where(x > 0, 1.0, 0.5 * np.exp(np.minimum(x, 0.0))),)


def _buffered(x, w):
    out = np.empty_like(x)
    np.multiply(x, w, out=out)
    np.tanh(out, out=out)
    return out


def _buffered_gradient(dout, x, w):
    delta = np.ones_like(x)
    delta -= _buffered(x, w) ** 2
    delta *= dout
    return delta * w, delta * x


def _two_layers(x, w1, b1, w2):
    return np.tanh(x @ w1 + b1) @ w2 + x


def _two_layers_gradient(dout, x, w1, b1, w2):
    a = np.tanh(x @ w1 + b1)
    dz = dout @ w2.T * (1 - a * a)
    return dout + dz @ w1.T, x.T @ dz, dz.sum(0), a.T @ dout


def _cosine(u, v):
    return u @ v / (np.linalg.norm(u) * np.linalg.norm(v))


def _cosine_gradient(dout, u, v):
    nu, nv, c = np.linalg.norm(u), np.linalg.norm(v), _cosine(u, v)
    return dout * (v / nv - c * u / nu) / nu, dout * (u / nu - c * v / nv) / nv


def _trilinear(a, core, b):
    return np.einsum("ni,ijk,nj->nk", a, core, b)


def _trilinear_gradient(dout, a, core, b):
    da = np.einsum("nk,ijk,nj->ni", dout, core, b)
    dcore = np.einsum("nk,ni,nj->ijk", dout, a, b)
    return da, dcore, np.einsum("nk,ijk,ni->nj", dout, core, a)


def _mixture(x, logits):
    e = np.exp(logits - logits.max())
    return np.log(np.sum(e / e.sum() * np.exp(-0.5 * (x[:, None] - CENTRES) ** 2), axis=1))


def _mixture_gradient(dout, x, logits):
    e = np.exp(logits - logits.max())
    pi = e / e.sum()
    joint = pi * np.exp(-0.5 * (x[:, None] - CENTRES) ** 2)
    r = joint / joint.sum(axis=1, keepdims=True)
    return -dout * (r * (x[:, None] - CENTRES)).sum(axis=1), dout @ (r - pi)


CENTRES = np.array([-1.0, 0.5, 2.0])

DENSE_LAYERS = (
    _entry(
        "batch normalisation",
        "Every output depends on every row, and gradients along a constant vanish.",
        _batch_norm,
        _batch_norm_gradient,
        (draw(60, 5, 3), draw(61, 3), draw(62, 3)),
    ),
    _entry(
        "batch normalisation of large activations",
        "At a standard deviation of 1000 the epsilon is 1e-11 of the variance.",
        _batch_norm,
        _batch_norm_gradient,
        (1000.0 * draw(63, 4, 2), draw(64, 2), draw(65, 2)),
    ),
    _entry(
        "layer normalisation",
        "The Jacobian annihilates constants, so an all-ones direction sees nothing.",
        _layer_norm,
        _layer_norm_gradient,
        (draw(66, 3, 4), draw(67, 4)),
    ),
    _entry(
        "root-mean-square normalisation",
        "The Jacobian annihilates the input itself.",
        _rms_norm,
        _rms_norm_gradient,
        (draw(68, 2, 4), draw(69, 4)),
    ),
    _entry(
        "softmax cross-entropy with integer labels",
        "Labels index the scores, and every row of the gradient sums to 0.",
        _softmax_loss,
        _softmax_loss_gradient,
        (draw(70, 3, 4), np.array([2, 0, 3])),
    ),
    _entry(
        "dropout with a given mask",
        "Dropped entries have a gradient of exactly 0.",
        _dropout,
        _dropout_gradient,
        (draw(71, 2, 4), np.array([[1, 0, 1, 1], [0, 1, 1, 1]], dtype=np.int8)),
    ),
    _entry(
        "elu with alpha 1/2",
        "np.where evaluates both branches, and the slope jumps at 0.",
        _elu,
        _elu_gradient,
        (np.array([0.8, -0.5, -30.0, 800.0]),),
    ),
    _entry(
        "layer with out= buffers",
        "Ufuncs write into an array that np.empty_like made.",
        _buffered,
        _buffered_gradient,
        (draw(72, 2, 3), draw(73, 2, 3)),
    ),
    _entry(
        "two layers with a skip connection",
        "The input arrives at the output twice.",
        _two_layers,
        _two_layers_gradient,
        (draw(74, 3, 2), draw(75, 2, 4), draw(76, 4), draw(77, 4, 2)),
    ),
    _entry(
        "cosine similarity",
        "The gradient is orthogonal to its input.",
        _cosine,
        _cosine_gradient,
        (draw(78, 4), draw(79, 4)),
    ),
    _entry(
        "trilinear einsum",
        "Three operands, three subscripts each.",
        _trilinear,
        _trilinear_gradient,
        (draw(80, 2, 3), draw(81, 3, 2, 2), draw(82, 2, 2)),
    ),
    _entry(
        "mixture of Gaussians",
        "Responsibilities and weights are two softmaxes whose gradients subtract.",
        _mixture,
        _mixture_gradient,
        (draw(83, 3), draw(84, 3)),
    ),
)
