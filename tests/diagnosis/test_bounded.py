"""Numbers with errors: every operation keeps the true number inside."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from gradcheck.diagnosis.bounded import Bounded, Constant, agree, exactly, quotient

RNG = np.random.default_rng(0)
TRUE = [Fraction(int(n), 997) for n in RNG.integers(1, 10**6, 20)]
OTHER = [Fraction(int(n), 991) for n in RNG.integers(1, 10**6, 20)]


def rounded(fractions):
    """Return floats next to the fractions, with what rounding them costs."""
    value = np.array([float(x) for x in fractions])
    return Bounded(value, np.spacing(value))


def holds(bounded, fractions):
    """Tell whether every fraction lies inside its bound, exactly."""
    pairs = zip(bounded.value.ravel(), bounded.error.ravel(), fractions, strict=True)
    return all(abs(Fraction(v) - x) <= Fraction(e) for v, e, x in pairs)


@pytest.mark.parametrize(
    "operation", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a / b], ids="+-/"
)
def test_arithmetic_keeps_the_true_number_inside(operation):
    found = operation(rounded(TRUE), rounded(OTHER))
    assert holds(found, [operation(a, b) for a, b in zip(TRUE, OTHER, strict=True)])


def test_factors_and_sums_keep_the_true_number_inside():
    assert holds(0.1 * rounded(TRUE), [Fraction(0.1) * x for x in TRUE])
    assert holds(rounded(TRUE).sum(), [sum(TRUE)])


def test_nothing_is_known_of_a_quotient_by_what_may_be_zero():
    found = exactly([1.0]) / Bounded(np.array([0.5]), np.array([0.6]))
    assert np.isnan(found.value).all()
    assert np.isinf(found.error).all()


def test_nan_agrees_with_nothing():
    assert not agree(exactly([np.nan]), exactly([np.nan])).any()


def test_quotient_is_the_constant_of_all_entries():
    ratio = quotient(rounded([3 * x for x in TRUE]), rounded(TRUE))
    assert ratio is not None
    assert ratio.may_be(3.0)
    assert ratio.high - ratio.low < 1e-12


def test_quotient_of_one_entry_that_differs_is_none():
    three = rounded([3 * x for x in TRUE[:-1]] + [3 * TRUE[-1] + Fraction(1, 10**9)])
    assert quotient(three, rounded(TRUE)) is None


def test_zero_entries_fit_any_constant_but_only_as_zeros():
    assert quotient(exactly([4.0, 0.0]), exactly([2.0, 0.0])).may_be(2.0)
    assert quotient(exactly([4.0, 1e-9]), exactly([2.0, 0.0])) is None


def test_intervals_meet_where_they_share_a_number():
    assert Constant(1.0, 2.0).meets(Constant(2.0, 3.0))
    assert not Constant(1.0, 2.0).meets(Constant(2.1, 3.0))
