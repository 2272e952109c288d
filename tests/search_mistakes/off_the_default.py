"""Mistakes that show only where a parameter is not what it usually is."""

import numpy as np

from tests.search_mistakes.hidden import Hidden, normal


def layer_norm_forward(x, gamma, beta):
    """Normalise rows, then scale and shift."""
    centred = x - x.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    normed = centred / deviation
    return gamma * normed + beta, (normed, deviation, gamma)


def layer_norm_backward(dout, cache):
    """Return the gradients in input, scale and shift."""
    normed, deviation, gamma = cache
    dn = dout * gamma
    dx = dn - dn.mean(axis=1, keepdims=True) - normed * (dn * normed).mean(axis=1, keepdims=True)
    return dx / deviation, (dout * normed).sum(axis=0), dout.sum(axis=0)


def layer_norm_backward_without_gamma(dout, cache):
    """Forget the scale."""
    normed, deviation, _ = cache
    return layer_norm_backward(dout, (normed, deviation, 1.0))


def _convolution(x, w, stride):
    count = (len(x) - len(w)) // stride + 1
    return np.array([x[n * stride : n * stride + len(w)] @ w for n in range(count)])


def _convolution_right(dout, x, w, stride):
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for n, d in enumerate(dout):
        dx[n * stride : n * stride + len(w)] += d * w
        dw += d * x[n * stride : n * stride + len(w)]
    return dx, dw, None


def _convolution_in_steps_of_one(dout, x, w, stride):
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for n, d in enumerate(dout):
        dx[n : n + len(w)] += d * w
        dw += d * x[n * stride : n * stride + len(w)]
    return dx, dw, None


def _log_softmax(z, axis):
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def _log_softmax_right(dout, z, axis):
    p = np.exp(_log_softmax(z, axis))
    return dout - p * dout.sum(axis=axis, keepdims=True), None


def _log_softmax_of_rows(dout, z, axis):
    p = np.exp(_log_softmax(z, axis))
    return dout - p * dout.sum(axis=-1, keepdims=True), None


def _padded(x, padding, value):
    return np.pad(x, padding, constant_values=value) ** 2


def _padded_right(dout, x, padding, value):
    inner = tuple(slice(padding, padding + n) for n in x.shape)
    d = 2 * dout * np.pad(x, padding, constant_values=value)
    return d[inner], None, d.sum() - d[inner].sum()


def _padded_with_zeros(dout, x, padding, value):
    inner = tuple(slice(padding, padding + n) for n in x.shape)
    d = 2 * dout * np.pad(x, padding)
    return d[inner], None, d.sum() - d[inner].sum()


OFF_THE_DEFAULT = (
    Hidden("layer normalisation with cache, a scale that is not 1", layer_norm_forward,
           layer_norm_backward, layer_norm_backward_without_gamma,
           (normal(19, 4, 3), np.ones(3), np.zeros(3))),
    Hidden("convolution, a stride that is not 1", _convolution, _convolution_right,
           _convolution_in_steps_of_one, (normal(20, 8), normal(21, 3), 1)),
    Hidden("log-softmax, an axis that is not the last", _log_softmax, _log_softmax_right,
           _log_softmax_of_rows, (normal(22, 3, 4), 1)),
    Hidden("squares of padded images, a padding that is not 0", _padded, _padded_right,
           _padded_with_zeros, (normal(23, 3, 3), 1, 0.0)),
)  # fmt: skip
