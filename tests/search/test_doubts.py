"""Right code is not accused for what only a search does to it; wrong code is, there as well."""

import numpy as np
import pytest

from gradcheck import layer
from gradcheck.checks.budget import Budget
from gradcheck.checks.finding import Verdict
from gradcheck.search.candidate import Candidate
from gradcheck.search.judging import OutsideDomain, judged

SAMPLE = np.array([0.31, -1.72, 0.44])


def finding_at(x, forward, backward):
    given = layer(forward, backward, [SAMPLE])
    candidate = Candidate(kind="test", what="test", values={"x": np.array(x)})
    return judged(given, candidate, Budget(60.0))[0]


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def sigmoid_gradient(dout, x):
    s = sigmoid(x)
    return dout * s * (1 - s)


def test_a_function_cut_off_where_it_is_flat_is_not_accused():
    finding = finding_at([-1000.0, 0.5, 40.0], lambda x: sigmoid(x) ** 2, lambda dout, x: (
        2 * sigmoid(x) * sigmoid_gradient(dout, x)
    ))  # fmt: skip
    assert finding.verdict is Verdict.INCONCLUSIVE
    assert "approximations" in finding.note


def test_the_same_function_cut_off_where_it_is_not_flat_is_accused():
    finding = finding_at(
        [-4.0, 0.5, 0.2], lambda x: np.tanh(np.clip(x, -2, 2)), lambda d, x: d / np.cosh(x) ** 2
    )
    assert finding.verdict is Verdict.DISAGREE


def softplus(x):
    return np.where(x > 20, x, np.log1p(np.exp(np.minimum(x, 20))))


def test_a_threshold_beyond_which_half_of_the_digits_agree_is_not_accused():
    finding = finding_at([21.0, 0.5, 0.2], softplus, lambda dout, x: dout / (1 + np.exp(-x)))
    assert finding.verdict is Verdict.INCONCLUSIVE
    assert "approximations" in finding.note


def median(x):
    return np.median(x)


def median_gradient(dout, x):
    return dout * (np.arange(x.size) == np.argsort(x, kind="stable")[x.size // 2])


def test_a_median_of_equal_numbers_is_not_accused():
    """Along every line it is smooth, and moving one of three entries moves nothing."""
    assert finding_at([1.0, 1.0, 1.0], median, median_gradient).verdict is not Verdict.DISAGREE


def test_a_loop_until_a_tolerance_is_not_accused():
    def root(x):
        y = np.ones_like(x)
        while np.abs(y * y - x * x - 1).max() > 1e-3:
            y = (y + (x * x + 1) / y) / 2
        return y

    finding = finding_at([0.01, 0.02, 0.0], root, lambda dout, x: dout * x / np.sqrt(x * x + 1))
    assert finding.verdict is not Verdict.DISAGREE


def test_a_gradient_beyond_the_range_of_floats_is_not_accused():
    finding = finding_at([1e-160, 0.5, 0.2], lambda x: 1 / x, lambda dout, x: -dout / x**2)
    assert finding.verdict is Verdict.INCONCLUSIVE
    assert "beyond the range of floats" in finding.note


def test_not_a_number_is_accused_at_any_size():
    finding = finding_at([1e-200, 0.5, 0.2], np.abs, lambda dout, x: dout * (x / x**2) * 0 / 0)
    assert finding.verdict is Verdict.DISAGREE


def test_a_factor_of_two_is_accused_next_to_zero():
    finding = finding_at([1e-6, 1e-7, 0.0], np.square, lambda dout, x: dout * x)
    assert finding.verdict is Verdict.DISAGREE


def test_values_that_forward_does_not_take_are_outside():
    with pytest.raises(OutsideDomain, match="not finite"):
        finding_at([-1.0, 0.5, 0.2], np.log, lambda dout, x: dout / x)
