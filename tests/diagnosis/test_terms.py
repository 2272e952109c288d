"""Terms too few or too many: forgotten means, weight decay, what is left of an earlier pass."""

from __future__ import annotations

import numpy as np

from tests.diagnosis.causes import cause, numbers

X, W = numbers(4, 3), numbers(3, 2, seed=1)
ROWS = numbers(6, 3, seed=4)


def linear(x, w):
    return x @ w


def centred(x):
    return x - x.mean(axis=0)


def standardised(x, eps=1e-5):
    return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def standardised_backward(d, x, *, mean=True, variance=True, ddof=0):
    y, scale = standardised(x), np.sqrt(x.var(axis=0) + 1e-5)
    dx = d - mean * d.mean(axis=0) - variance * y * (d * y).sum(axis=0) / (len(x) - ddof)
    return dx / scale


def test_weight_decay_is_named():
    def backward(d, x, w):
        return d @ w.T, x.T @ d + 0.1 * w

    text = cause(linear, backward, [X, W], "delta_w")
    assert text == (
        "all 6 entries differ from the true gradient by 0.1000000 × w: "
        "is this term left out, or one too many, or its sign wrong?"
    )


def test_forgotten_regularisation_of_a_loss_is_named():
    def loss(w):
        return np.log(np.cosh(w)).sum() + 0.05 * (w @ w)

    text = cause(loss, lambda d, w: d * np.tanh(w), [numbers(5)], "delta_w")
    assert "differ from the true gradient by -0.1000000 × the cotangent × w" in text


def test_forgotten_one_of_a_logarithm_is_named():
    def entropy(p):
        return (p * np.log(p)).sum()

    text = cause(entropy, lambda d, p: d * np.log(p), [np.array([0.2, 0.3, 0.6])], "delta_p")
    assert "by -1.000000 × the cotangent:" in text


def test_wrong_sign_of_one_term_is_told_from_the_others():
    def rosenbrock(x):
        return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()

    def backward(d, x):
        g = np.zeros_like(x)
        g[:-1] = -400 * x[:-1] * (x[1:] - x[:-1] ** 2) + 2 * (1 - x[:-1])
        g[1:] += 200 * (x[1:] - x[:-1] ** 2)
        return d * g

    text = cause(rosenbrock, backward, [numbers(6)])
    assert text.startswith("the 5 wrong entries differ from the true gradient by")
    assert "(4 + -4 × x)" in text


def test_forgotten_mean_is_named_with_its_axis():
    for forward, backward in (
        (centred, lambda d, x: d),
        (standardised, lambda d, x: standardised_backward(d, x, mean=False)),
    ):
        assert cause(forward, backward, [ROWS]) in (
            "the difference to the true gradient is constant along axis 0, in all 18 entries: "
            "is a mean or a sum over axis 0 left out?",
            "all 18 entries are the cotangent: is the derivative of the layer itself left out?",
        )


def test_forgotten_variance_is_named():
    text = cause(standardised, lambda d, x: standardised_backward(d, x, variance=False), [ROWS])
    assert "y (y is the output) times something that is constant along axis 0" in text


def test_n_minus_one_in_one_term_is_named():
    text = cause(standardised, lambda d, x: standardised_backward(d, x, ddof=1), [ROWS])
    assert text.endswith("is a term with a sum over axis 0 left out, or scaled wrongly?")


def test_forgotten_mean_and_variance_are_named_together():
    def scaled(x):
        return 2.0 + np.array([0.5, -2.0, 3.0]) * standardised(x)

    def backward(d, x):
        dy = d * np.array([0.5, -2.0, 3.0])
        return standardised_backward(dy, x, mean=False, variance=False)

    text = cause(scaled, backward, [ROWS])
    assert "is an affine function of x along axis 0" in text
    assert text.endswith("depends on x, or is N taken for N − 1?")


def test_forgotten_sum_of_a_softmax_is_named():
    text = cause(softmax, lambda d, x: d * softmax(x), [X])
    assert "y (y is the output) times something that is constant along axis 1" in text


def test_gradient_that_is_added_to_what_was_there_is_named():
    left = numbers(3, 2, seed=7)

    def backward(d, x, w):
        return d @ w.T, left + x.T @ d

    assert "is it added to what an earlier pass left?" in cause(linear, backward, [X, W], "delta_w")


def test_sum_over_the_wrong_thing_is_stated():
    def scaled(x, gamma):
        return standardised(x) * gamma

    def backward(d, x, gamma):
        return standardised_backward(d * gamma, x), (d * x).sum(axis=0)

    text = cause(scaled, backward, [ROWS, np.array([0.5, -2.0, 3.0])], "delta_gamma")
    assert text == (
        "all 3 entries are sums over axis 0 of the cotangent × x: is x taken for something else?"
    )


def test_difference_without_a_pattern_has_no_cause():
    noise = numbers(4, 3, seed=9)
    assert cause(np.tanh, lambda d, x: d * (1 - np.tanh(x) ** 2) * (1 + noise * x), [X]) == ""
