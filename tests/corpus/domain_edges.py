"""Points on or next to the edge of a function's domain."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward

_entry = partial(Awkward, "domain edges")


def _root(x):
    return np.sqrt(x)


def _root_gradient(cotangent, x):
    return (cotangent * 0.5 / np.sqrt(x),)


def _root_cubed(x):
    return x * np.sqrt(x)


def _root_cubed_gradient(cotangent, x):
    return (cotangent * 1.5 * np.sqrt(x),)


def _power(x):
    return x**1.5


def _power_gradient(cotangent, x):
    return (cotangent * 1.5 * x**0.5,)


def _log(x):
    return np.log(x)


def _log_gradient(cotangent, x):
    return (cotangent / x,)


def _angle(x):
    return np.arccos(x)


def _angle_gradient(cotangent, x):
    return (-cotangent / np.sqrt((1.0 - x) * (1.0 + x)),)


def _rapidity(x):
    return np.arctanh(x)


def _rapidity_gradient(cotangent, x):
    return (cotangent / ((1.0 - x) * (1.0 + x)),)


def _semicircle(x):
    return np.sqrt((1.0 - x) * (1.0 + x))


def _semicircle_gradient(cotangent, x):
    return (-cotangent * x / _semicircle(x),)


def _weighted_entropy(p):
    return np.sum(np.where(p > 0, p**2 * np.log(np.where(p > 0, p, 1.0)), 0.0))


def _weighted_entropy_gradient(cotangent, p):
    log_p = np.log(np.where(p > 0, p, 1.0))
    return (cotangent * (2.0 * p * log_p + p),)


def _log_likelihood(p, count):
    return np.sum(count * np.log(np.where(count > 0, p, 1.0)))


def _log_likelihood_gradient(cotangent, p, count):
    return cotangent * count / np.where(count > 0, p, 1.0), None


def _certain_labels(p, label):
    return -np.mean(np.log(np.where(label, p, 1.0 - p)))


def _certain_labels_gradient(cotangent, p, label):
    sign = np.where(label, 1.0, -1.0)
    return -cotangent * sign / np.where(label, p, 1.0 - p) / p.size, None


def _kullback_leibler(p, q):
    return np.sum(p * np.log(p / q))


def _kullback_leibler_gradient(cotangent, p, q):
    return cotangent * (np.log(p / q) + 1.0), -cotangent * p / q


def _log1p(x):
    return np.log1p(x)


def _log1p_gradient(cotangent, x):
    return (cotangent / (1.0 + x),)


def _root_product(a, b):
    return np.sqrt(a) * np.sqrt(b) * a * b


def _root_product_gradient(cotangent, a, b):
    r = 1.5 * np.sqrt(a) * np.sqrt(b)
    return cotangent * r * b, cotangent * r * a


DOMAIN_EDGES = (
    _entry(
        "square root near 0",
        "A step of 1e-8 leaves the domain, and the slope is 5e9.",
        _root,
        _root_gradient,
        (np.array([1e-20, 1e-300, 0.3]),),
    ),
    _entry(
        "x times its root, at 0",
        "The factor sqrt has an infinite slope at 0, the product has slope 0 from the right only.",
        _root_cubed,
        _root_cubed_gradient,
        (np.array([0.0, 0.49, 2.0]),),
    ),
    _entry(
        "power 3/2 at 0",
        "Undefined to the left, slope 0 to the right, and infinite curvature.",
        _power,
        _power_gradient,
        (np.array([0.0, 1e-12, 1.7]),),
    ),
    _entry(
        "logarithm at 1e-300",
        "The domain ends 1e-300 away and the slope is 1e300.",
        _log,
        _log_gradient,
        (np.array([1e-300, 0.5]),),
    ),
    _entry(
        "angle of nearly parallel vectors",
        "arccos is undefined one part in 1e10 further.",
        _angle,
        _angle_gradient,
        (np.array([1.0 - 1e-10, -1.0 + 1e-8, 0.3]),),
    ),
    _entry(
        "rapidity near the speed of light",
        "arctanh has its pole 1e-12 away.",
        _rapidity,
        _rapidity_gradient,
        (np.array([1.0 - 1e-12, -0.4]),),
    ),
    _entry(
        "semicircle near its end",
        "The slope grows beyond all bounds, and the domain ends.",
        _semicircle,
        _semicircle_gradient,
        (np.array([1.0 - 1e-12, -0.6]),),
    ),
    _entry(
        "p² log p at p = 0",
        "The logarithm is guarded at 0, where the slope from the right is 0.",
        _weighted_entropy,
        _weighted_entropy_gradient,
        (np.array([0.0, 0.25, 1.0]),),
    ),
    _entry(
        "likelihood with a probability of 0 never seen",
        "count·log p is 0 where the count is 0, whatever p is.",
        _log_likelihood,
        _log_likelihood_gradient,
        (np.array([0.0, 0.3, 0.7]), np.array([0, 2, 5])),
    ),
    _entry(
        "cross-entropy with certain and right predictions",
        "Probabilities of exactly 0 and 1, where the other branch of the loss is infinite.",
        _certain_labels,
        _certain_labels_gradient,
        (np.array([1.0, 0.0, 0.8, 0.3]), np.array([True, False, True, False])),
    ),
    _entry(
        "Kullback-Leibler divergence of tiny probabilities",
        "Gradients of 1e150 stand beside gradients of 1.",
        _kullback_leibler,
        _kullback_leibler_gradient,
        (np.array([1e-100, 0.4, 0.6]), np.array([1e-250, 0.5, 0.5])),
    ),
    _entry(
        "log1p near -1",
        "The domain ends 2^-40 away.",
        _log1p,
        _log1p_gradient,
        (np.array([-1.0 + 2.0**-40, 1e-18, 0.4]),),
    ),
    _entry(
        "two roots at a corner of the domain",
        "Both inputs are at 0 in one place: only one quadrant can be looked at.",
        _root_product,
        _root_product_gradient,
        (np.array([0.0, 0.9]), np.array([0.0, 1.6])),
    ),
)
