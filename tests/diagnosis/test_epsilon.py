"""Another ε in the backward pass, wherever it stands in the code."""

from __future__ import annotations

import numpy as np
import pytest

from tests.diagnosis.causes import cause, numbers

ROWS = numbers(6, 3, seed=4)
QUESTION = "is the ε of backward that of forward?"


def standardised(x, axis=0, eps=1e-5):
    return (x - x.mean(axis, keepdims=True)) / np.sqrt(x.var(axis, keepdims=True) + eps)


def standardised_backward(d, x, axis=0, eps=1e-5):
    y, scale = standardised(x, axis, eps), np.sqrt(x.var(axis, keepdims=True) + eps)
    mean = d.mean(axis, keepdims=True)
    return (d - mean - y * (d * y).mean(axis, keepdims=True)) / scale


@pytest.mark.parametrize(("axis", "eps"), [(0, 1e-3), (1, 1e-8), (1, 0.1)])
def test_epsilon_of_a_variance_is_named(axis, eps):
    def backward(d, x):
        return standardised_backward(d, x, axis, eps)

    text = cause(lambda x: standardised(x, axis), backward, [ROWS])
    assert text.endswith(QUESTION)
    assert f"({eps / 1e-5:.6g} × as large beside squares" in text


def test_epsilon_of_a_scale_is_named():
    def scaled(x, gamma):
        return standardised(x) * gamma

    def backward(d, x, gamma):
        y = standardised(x, eps=1e-3)
        return standardised_backward(d * gamma, x), (d * y).sum(axis=0)

    text = cause(scaled, backward, [ROWS, np.array([0.5, -2.0, 3.0])], "delta_gamma")
    assert text.endswith(QUESTION)


def test_epsilon_of_a_logarithm_is_named():
    text = cause(
        lambda x: np.log(x + 1e-3), lambda d, x: d / (x + 1e-8), [np.abs(numbers(5)) + 0.1]
    )
    assert text.endswith(QUESTION)


def test_epsilon_that_is_the_same_is_no_cause():
    """Another mistake of the same layer does not pass for an ε."""

    def backward(d, x):
        return standardised_backward(d, x) * np.exp(x)

    assert QUESTION not in cause(lambda x: standardised(x), backward, [ROWS])
