"""Convolutions and poolings as strangers write them."""

from functools import partial

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "layers")


def _columns(x, k):
    h, w = x.shape[0] - k + 1, x.shape[1] - k + 1
    cols = np.zeros((h * w, k * k))
    for i in range(h):
        for j in range(w):
            cols[i * w + j] = x[i : i + k, j : j + k].ravel()
    return cols


def _conv_by_columns(x, kernel, b):
    k = len(kernel)
    return (_columns(x, k) @ kernel.ravel()).reshape(x.shape[0] - k + 1, -1) + b


def _conv_by_columns_gradient(dout, x, kernel, b):
    k = len(kernel)
    dcols = np.outer(dout.ravel(), kernel.ravel())
    dx = np.zeros(x.shape)
    for row, (i, j) in enumerate(np.ndindex(*dout.shape)):
        dx[i : i + k, j : j + k] += dcols[row].reshape(k, k)
    return dx, (_columns(x, k).T @ dout.ravel()).reshape(k, k), dout.sum()


def _conv_by_windows(x, kernels):
    return np.einsum("chwij,fcij->fhw", sliding_window_view(x, (2, 2), axis=(1, 2)), kernels)


def _conv_by_windows_gradient(dout, x, kernels):
    windows = sliding_window_view(x, (2, 2), axis=(1, 2))
    padded = np.pad(dout, ((0, 0), (1, 1), (1, 1)))
    flipped = kernels[:, :, ::-1, ::-1]
    dx = np.einsum("fhwij,fcij->chw", sliding_window_view(padded, (2, 2), axis=(1, 2)), flipped)
    return dx, np.einsum("fhw,chwij->fcij", dout, windows)


def _conv_by_loops(x, kernel):
    out = np.zeros((2, 2))
    padded = np.pad(x, 1)
    for i in range(2):
        for j in range(2):
            out[i, j] = np.sum(padded[2 * i : 2 * i + 3, 2 * j : 2 * j + 3] * kernel)
    return out


def _conv_by_loops_gradient(dout, x, kernel):
    padded = np.pad(x, 1)
    dpadded, dkernel = np.zeros(padded.shape), np.zeros(kernel.shape)
    for i in range(2):
        for j in range(2):
            dpadded[2 * i : 2 * i + 3, 2 * j : 2 * j + 3] += dout[i, j] * kernel
            dkernel += dout[i, j] * padded[2 * i : 2 * i + 3, 2 * j : 2 * j + 3]
    return dpadded[1:-1, 1:-1], dkernel


def _max_pool(x):
    h, w = x.shape[0] - 1, x.shape[1] - 1
    out = np.empty((h, w))
    for i in range(h):
        for j in range(w):
            out[i, j] = np.max(x[i : i + 2, j : j + 2])
    return out


def _max_pool_gradient(dout, x):
    dx = np.zeros_like(x)
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            window = x[i : i + 2, j : j + 2]
            dx[i : i + 2, j : j + 2] += dout[i, j] * (window == window.max())
    return (dx,)


def _average_pool(x):
    n, h, w = x.shape
    return x.reshape(n, h // 2, 2, w // 2, 2).mean(axis=(2, 4))


def _average_pool_gradient(dout, x):
    return (dout.repeat(2, axis=1).repeat(2, axis=2) / 4,)


def _upsample(x):
    return np.sin(np.kron(x, np.ones((2, 2))))


def _upsample_gradient(dout, x):
    h, w = x.shape
    slopes = dout * np.cos(np.kron(x, np.ones((2, 2))))
    return (slopes.reshape(h, 2, w, 2).sum(axis=(1, 3)),)


def _global_contrast(x):
    centred = x - x.mean(axis=(1, 2), keepdims=True)
    return centred / np.sqrt((centred**2).sum(axis=(1, 2), keepdims=True))


def _global_contrast_gradient(dout, x):
    centred = x - x.mean(axis=(1, 2), keepdims=True)
    r = np.sqrt((centred**2).sum(axis=(1, 2), keepdims=True))
    y = centred / r
    g = (dout - y * (dout * y).sum(axis=(1, 2), keepdims=True)) / r
    return (g - g.mean(axis=(1, 2), keepdims=True),)


IMAGE_LAYERS = (
    _entry(
        "convolution by im2col",
        "The columns are copied into a float buffer.",
        _conv_by_columns,
        _conv_by_columns_gradient,
        (draw(110, 4, 3), draw(111, 2, 2), np.array(0.3)),
    ),
    _entry(
        "convolution by sliding windows",
        "Read-only overlapping views of five axes in an einsum.",
        _conv_by_windows,
        _conv_by_windows_gradient,
        (draw(112, 2, 3, 3), draw(113, 2, 2, 2, 2)),
    ),
    _entry(
        "convolution by loops with stride and padding",
        "Numbers are written one by one into a float buffer.",
        _conv_by_loops,
        _conv_by_loops_gradient,
        (draw(114, 3, 3), draw(115, 3, 3)),
    ),
    _entry(
        "overlapping max pooling by loops",
        "One pixel wins several windows and collects their cotangents.",
        _max_pool,
        _max_pool_gradient,
        (draw(116, 3, 4),),
    ),
    _entry(
        "average pooling by reshape",
        "Five axes on the way in, repeats on the way back.",
        _average_pool,
        _average_pool_gradient,
        (draw(117, 2, 2, 4),),
    ),
    _entry(
        "upsampling by a Kronecker product",
        "Each input is copied four times.",
        _upsample,
        _upsample_gradient,
        (draw(118, 2, 3),),
    ),
    _entry(
        "global contrast normalisation",
        "No epsilon: the Jacobian annihilates constants and the image itself.",
        _global_contrast,
        _global_contrast_gradient,
        (draw(119, 2, 2, 3),),
    ),
)
