"""Functions that are smooth along every line and have no derivative: no gradient is accused."""

import numpy as np
import pytest

import gradcheck


def middle(x):
    return np.sort(x, axis=1)[:, 1]


def of_the_second(dout, x):
    """One of the gradients nearby: the middle of three equal numbers may be any of them."""
    gradient = np.zeros_like(x)
    gradient[np.arange(len(x)), np.argsort(x, axis=1)[:, 1]] = dout
    return gradient


def doubled(dout, x):
    return 2 * of_the_second(dout, x)


@pytest.mark.parametrize("x", [[[1.0, 1.0, 1.0]], [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]])
def test_median_of_equal_numbers_is_not_accused(x):
    report = gradcheck.check(middle, of_the_second, [np.array(x)], laws=False)
    assert report.verdict != "disagree"


def test_gradient_outside_those_nearby_is_caught():
    x = np.array([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]])
    report = gradcheck.check(middle, doubled, [x], laws=False, explain=False)
    assert report.verdict == "disagree"


def test_generic_median_agrees():
    x = np.array([[1.0, 3.0, 2.0], [0.5, -1.0, 2.0]])
    assert gradcheck.check(middle, of_the_second, [x], laws=False).verdict == "agree"
