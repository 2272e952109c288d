"""Before code that only floats can follow is called wrong, rounding is given its due."""

import math

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.operation_of import operation_of
from gradcheck.adapters.recognition import layer
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.excuses import invisible, noise_at
from gradcheck.notation import CODE


def entrywise(function):
    """Return a function of arrays that balls cannot follow: it asks for floats."""
    return lambda *arrays: np.array(
        [function(*map(float, entries)) for entries in zip(*arrays, strict=True)]
    )


tanh = entrywise(math.tanh)
from_output = entrywise(lambda d, x: d * (1 - math.tanh(x) ** 2))
without_square = entrywise(lambda d, x: d * (1 - math.tanh(x)))


def evaluation_at(*x):
    return Evaluation(*_placed(operation_of(layer(tanh, from_output, [np.array(x)]))))


def _placed(pair):
    operation, point = pair
    return operation, CODE, point


@pytest.mark.parametrize("x", [0.01, 5.0, 15.0, 18.0, 20.0, 40.0])
def test_cancellation_in_a_right_gradient_is_not_accused(x):
    report = gradcheck.check(tanh, from_output, [np.array([x])], laws=False)
    assert report.verdict != "disagree"


@pytest.mark.parametrize("x", [0.01, 5.0, 15.0])
def test_a_mistake_at_the_same_place_is_caught(x):
    report = gradcheck.check(tanh, without_square, [np.array([x])], laws=False)
    assert report.verdict == "disagree"


def test_noise_of_a_gradient_covers_its_rounding():
    rounding = abs(from_output([1.0], [15.0])[0] - 1 / math.cosh(15.0) ** 2)
    assert rounding < 8 * noise_at(evaluation_at(15.0), "x0", (0,))


def test_what_is_invisible_in_the_output_is_small_next_to_a_slope():
    assert invisible(evaluation_at(0.5), "x0")[0] < 1e-14
