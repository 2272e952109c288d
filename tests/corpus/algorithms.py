"""Loops and in-place algorithms that textbooks of numerics recommend."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "stable rewrites")


def _one_pass_variance(x):
    n = len(x)
    total = 0.0
    squares = 0.0
    for v in x:
        total = total + v
        squares = squares + v * v
    return (squares - total * total / n) / n


def _one_pass_variance_gradient(cotangent, x):
    return (cotangent * 2.0 * (x - x.mean()) / len(x),)


def _welford(x):
    mean, m2 = 0.0, 0.0
    for count, v in enumerate(x, start=1):
        change = v - mean
        mean = mean + change / count
        m2 = m2 + change * (v - mean)
    return m2 / (len(x) - 1)


def _welford_gradient(cotangent, x):
    return (cotangent * 2.0 * (x - x.mean()) / (len(x) - 1),)


def _in_place_polynomial(x):
    y = x.copy()
    y *= x
    y += 3.0
    y *= x
    y -= 1.0
    return y


def _in_place_polynomial_gradient(cotangent, x):
    g = x.copy()
    g *= x
    g *= 3.0
    g += 3.0
    g *= cotangent
    return (g,)


def _thomas(lower, diagonal, upper, right):
    d, r = diagonal.copy(), right.copy()
    for i in range(1, len(d)):
        factor = lower[i - 1] / d[i - 1]
        d[i] -= factor * upper[i - 1]
        r[i] -= factor * r[i - 1]
    r[-1] /= d[-1]
    for i in reversed(range(len(d) - 1)):
        r[i] = (r[i] - upper[i] * r[i + 1]) / d[i]
    return r


def _thomas_gradient(cotangent, lower, diagonal, upper, right):
    x = _thomas(lower, diagonal, upper, right)
    g = _thomas(upper, diagonal, lower, cotangent)
    return -g[1:] * x[:-1], -g * x, -g[:-1] * x[1:], g


def _compensated_sum(x):
    total, lost = 0.0, 0.0
    for v in x:
        y = v - lost
        t = total + y
        lost = (t - total) - y
        total = t
    return total**2


def _compensated_sum_gradient(cotangent, x):
    return (np.full(x.shape, 2.0 * cotangent * np.sum(x)),)


def _quadratic_roots(a, b, c):
    q = -0.5 * (b + np.sign(b) * np.sqrt(b * b - 4.0 * a * c))
    return np.stack([q / a, c / q])


def _quadratic_roots_gradient(cotangent, a, b, c):
    r = _quadratic_roots(a, b, c)
    delta = -cotangent / (2.0 * a * r + b)
    return (delta * r**2).sum(axis=0), (delta * r).sum(axis=0), delta.sum(axis=0)


ALGORITHMS = (
    _entry(
        "one-pass variance",
        "Differences of the accumulated squares lose the digits that the mean has.",
        _one_pass_variance,
        _one_pass_variance_gradient,
        (draw(4, 7) + 1000.0,),
    ),
    _entry(
        "variance after Welford",
        "The loop divides by its counter and updates two numbers in turn.",
        _welford,
        _welford_gradient,
        (draw(5, 6) + 50.0,),
    ),
    _entry(
        "polynomial in place",
        "The array is overwritten on every line of the forward and of the backward.",
        _in_place_polynomial,
        _in_place_polynomial_gradient,
        (draw(6, 2, 3),),
    ),
    _entry(
        "tridiagonal elimination in place",
        "Copies of two inputs are eliminated in a loop, the adjoint reuses the solver.",
        _thomas,
        _thomas_gradient,
        (draw(7, 4), draw(8, 5) + 6.0, draw(9, 4), draw(10, 5)),
    ),
    _entry(
        "square of a compensated sum",
        "The correction term is 0 in exact arithmetic and only rounding in float64.",
        _compensated_sum,
        _compensated_sum_gradient,
        (draw(11, 8) + 3.0,),
    ),
    _entry(
        "roots of a quadratic without cancellation",
        "The sign of b picks the branch, and the roots lie eight orders of magnitude apart.",
        _quadratic_roots,
        _quadratic_roots_gradient,
        (np.array([1.0, 0.5]), np.array([1e4, -3.0]), np.array([1.0, 2.0])),
    ),
)
