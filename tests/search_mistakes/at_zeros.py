"""Mistakes that show only where something is exactly zero."""

import numpy as np

from tests.search_mistakes.hidden import Hidden, normal


def _norm(x):
    return np.sqrt((x**2).sum(axis=1))


def _norm_right(dout, x):
    length = _norm(x)[:, None]
    return dout[:, None] * np.where(length > 0, x / np.where(length > 0, length, 1.0), 0.0)


def _norm_divides_by_zero(dout, x):
    return dout[:, None] * x / _norm(x)[:, None]


def _product(x):
    return x.prod(axis=1)


def _product_right(dout, x):
    others = np.array([[np.delete(row, j).prod() for j in range(len(row))] for row in x])
    return dout[:, None] * others


def _product_divided_by_each(dout, x):
    return dout[:, None] * x.prod(axis=1, keepdims=True) / x


def prelu_forward(x, a):
    """Learn the slope for negative inputs; the cache is what backward needs."""
    return np.where(x > 0, x, a * x), (x, a)


def prelu_backward(dout, cache):
    """Return the gradients."""
    x, a = cache
    return dout * np.where(x > 0, 1.0, a), (dout * np.where(x > 0, 0.0, x)).sum()


def prelu_backward_by_quotient(dout, cache):
    """Recover the slope as output over input."""
    x, a = cache
    out = np.where(x > 0, x, a * x)
    return dout * out / x, (dout * np.where(x > 0, 0.0, x)).sum()


def _masked_mean(x, mask):
    return (x * mask).sum() / max(mask.sum(), 1.0)


def _masked_mean_right(dout, x, mask):
    return dout * mask / max(mask.sum(), 1.0), None


def _masked_mean_counts_all(dout, x, mask):
    return dout * mask / mask.size, None


AT_ZEROS = (
    Hidden("row norms, a row of zeros", _norm, _norm_right, _norm_divides_by_zero,
           (normal(1, 4, 3),)),
    Hidden("row products, a factor of zero", _product, _product_right, _product_divided_by_each,
           (normal(2, 3, 4),)),
    Hidden("PReLU with cache, an input of zero", prelu_forward, prelu_backward,
           prelu_backward_by_quotient, (normal(3, 4, 3), np.array(0.25))),
    Hidden("masked mean, zeros in the mask", _masked_mean, _masked_mean_right,
           _masked_mean_counts_all, (normal(4, 2, 3), np.ones((2, 3), dtype=bool))),
)  # fmt: skip
