"""Numbers to test with: inside their bounds, awkward, and simple when a failure shrinks."""

import math

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from gradcheck.search import real_numbers

STEADY = settings(derandomize=True, database=None, max_examples=2000)
BOUNDS = [(0, 1), (-1, 1), (0, math.inf), (-math.inf, 2), (3, 5), (1e5, math.inf), (0, 1e-6)]


def found(condition, *bounds, **options):
    return find(real_numbers(*bounds, **options), condition, settings=STEADY)


@pytest.mark.parametrize(("low", "high"), BOUNDS)
@given(data=st.data())
@settings(derandomize=True, max_examples=50)
def test_numbers_lie_strictly_between_their_bounds(low, high, data):
    assert low < data.draw(real_numbers(low, high)) < high


@given(real_numbers())
@settings(derandomize=True, max_examples=50)
def test_numbers_are_moderate_by_default(x):
    assert abs(x) <= 1e3


@given(real_numbers(magnitude=1e-3))
@settings(derandomize=True, max_examples=50)
def test_no_number_is_larger_than_the_magnitude(x):
    assert abs(x) <= 1e-3


@given(real_numbers())
@settings(derandomize=True, max_examples=50)
def test_no_number_is_so_small_that_products_underflow(x):
    assert x == 0 or abs(x) >= 1e-8


@pytest.mark.parametrize("x", [0.0, 1.0, -1.0, 1e-8, -1e-8, 1e3, -1e3])
def test_awkward_numbers_are_among_them(x):
    assert found(lambda drawn: drawn == x) == x


def test_floats_with_all_their_digits_are_among_them():
    assert found(lambda x: len(repr(x)) > 15)


def test_numbers_next_to_a_bound_are_among_them():
    assert found(lambda x: x > 1 - 1e-7, 0, 1) < 1


@pytest.mark.parametrize(
    ("bounds", "simplest"), [((), 0.0), ((0, 1), 0.5), ((0, math.inf), 1.0), ((3, 5), 4.0)]
)
def test_a_failure_shrinks_to_the_simplest_number(bounds, simplest):
    assert found(lambda x: True, *bounds) == simplest


def test_a_failure_above_one_shrinks_to_two():
    assert found(lambda x: x > 1) == 2.0


def test_a_failure_in_the_decimals_shrinks_to_few_of_them():
    assert len(repr(found(lambda x: 0 < x < 0.5))) <= len("0.001")


@pytest.mark.parametrize("magnitude", [0.0, -1.0, math.inf, math.nan])
def test_an_impossible_magnitude_is_refused_by_its_value(magnitude):
    with pytest.raises(ValueError, match=f"magnitude = {magnitude}: give a positive finite number"):
        real_numbers(magnitude=magnitude)
