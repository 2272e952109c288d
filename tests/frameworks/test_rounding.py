"""The rounding that a computation is entitled to covers the rounding that happens."""

import math
from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from gradcheck.arithmetic import Ball, precision
from tests.frameworks.rounding import ELEMENTARY, UNIT_ROUNDOFF, Rounded

NUMBERS = st.floats(-1e3, 1e3).filter(lambda x: x == 0 or abs(x) > 1e-8)
steady = settings(derandomize=True)


def true_error(result, exact):
    return abs(Fraction(result.value) - exact)


@given(NUMBERS, NUMBERS, NUMBERS)
@steady
def test_a_sum_is_within_its_bound(x, y, z):
    result = Rounded(x, 0.0) + y + z
    assert true_error(result, Fraction(x) + Fraction(y) + Fraction(z)) <= 2 * result.error


@given(NUMBERS, NUMBERS, NUMBERS)
@steady
def test_a_difference_of_products_is_within_its_bound(x, y, z):
    result = Rounded(x, 0.0) * y - Rounded(x, 0.0) * z
    exact = Fraction(x) * Fraction(y) - Fraction(x) * Fraction(z)
    assert true_error(result, exact) <= 2 * result.error


@given(NUMBERS, NUMBERS.filter(bool))
@steady
def test_a_quotient_is_within_its_bound(x, y):
    result = Rounded(x, 0.0) / y
    assert true_error(result, Fraction(x) / Fraction(y)) <= 2 * result.error


def test_an_input_may_be_off_by_one_rounding():
    assert Rounded(3.0).error == 3.0 * UNIT_ROUNDOFF


def test_cancellation_keeps_the_error_of_what_was_cancelled():
    """1 - tanh² at saturation: the value vanishes, what rounding may do to it does not."""
    a = Rounded(20.0, 0.0).tanh()
    slope = 1 - a * a
    assert (slope.value, slope.error > UNIT_ROUNDOFF) == (0.0, True)


@pytest.mark.parametrize("x", [0.5, 3.0, 500.0])
def test_an_error_in_an_exponent_grows_with_its_size(x):
    assert Rounded(x).exp().error >= x * UNIT_ROUNDOFF * math.exp(x)


@pytest.mark.parametrize("name", ELEMENTARY)
@pytest.mark.parametrize("x", [0.03, 0.7, 1.5])
def test_an_elementary_function_is_within_its_bound_of_what_an_error_makes_of_it(name, x):
    """An input that is 2^-40 off: the bound grows with the slope, up to the curvature."""
    off = 2.0**-40
    result = getattr(Rounded(x, off), name)()
    with precision(200):
        true = getattr(Ball(arb(x) - arb(off)), name)()
        error = abs(Ball(result.value) - true)
    assert 0.9 * result.error <= float(error.arb) <= 1.1 * result.error
