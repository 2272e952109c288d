"""Comparing arrays of floats whose error bounds are known."""

import numpy as np
import pytest

from gradcheck.checks.comparison import measured_verdict, numbers_at, relative, worst

NAN, INF = np.nan, np.inf


def verdict(candidate, reference, error):
    return measured_verdict(*(np.asarray(x, dtype=float) for x in (candidate, reference, error)))


def test_the_relative_error_is_zero_for_equal_values_only():
    assert relative(0.0, 3.0) == 0.0
    assert relative(1e-300, 1e8) > 0.0


def test_the_relative_error_against_zero_is_infinite():
    assert relative(1e-17, 0.0) == INF


def test_the_relative_error_of_two_zeros_is_zero():
    assert relative(0.0, 0.0) == 0.0


def test_the_relative_error_against_infinity_is_unknown():
    assert np.isnan(relative(INF, INF))


def test_the_worst_entry_is_the_largest():
    assert worst(np.array([[1.0, 5.0], [3.0, 2.0]])) == (0, 1)


def test_nan_is_worse_than_everything():
    assert worst(np.array([INF, NAN, 1e300])) in {(0,), (1,)}
    assert worst(np.array([1.0, NAN, 1e300])) == (1,)


def test_nothing_and_a_scalar_have_the_empty_index():
    assert worst(np.zeros((0, 3))) == () == worst(np.array(1.0))


def test_the_numbers_at_an_entry_are_both_values_and_their_difference():
    numbers = numbers_at((1,), np.array([0.0, 3.0]), np.array([0.0, 2.0]))
    assert numbers == {
        "worst_index": (1,),
        "candidate_value": 3.0,
        "reference_value": 2.0,
        "abs_error": 1.0,
        "rel_error": 0.5,
    }


def test_entries_within_their_bounds_agree():
    assert verdict([1.0, 2.0], [1.0, 2.0 + 1e-9], [1e-8, 1e-8])["verdict"] == "agree"


def test_one_entry_beyond_its_bound_disagrees():
    found = verdict([1.0, 2.0, 3.0], [1.0, 2.1, 3.0], [1e-8, 1e-8, 1e-8])
    assert (found["verdict"], found["worst_index"], found["wrong"]) == ("DISAGREE", (1,), 1)


def test_the_worst_entry_is_measured_in_what_its_bound_allows():
    """A difference of 1 within a bound of 10 is right, one of 0.1 beyond 0.01 is wrong."""
    found = verdict([5.0, 1.1], [6.0, 1.0], [10.0, 0.01])
    assert found["worst_index"] == (1,)


def test_equal_entries_agree_however_small_the_bound():
    assert verdict([1.0], [1.0], [0.0])["verdict"] == "agree"


def test_an_unknown_entry_makes_agreement_inconclusive():
    assert verdict([1.0, 2.0], [1.0, NAN], [1e-9, INF])["verdict"] == "inconclusive"


def test_an_unknown_entry_does_not_hide_a_wrong_one():
    found = verdict([1.5, 2.0], [1.0, NAN], [1e-9, INF])
    assert (found["verdict"], found["worst_index"]) == ("DISAGREE", (0,))


@pytest.mark.parametrize("candidate", [NAN, INF, -INF])
def test_what_is_not_finite_disagrees_with_what_is(candidate):
    assert verdict([candidate], [1.0], [1e-9])["verdict"] == "DISAGREE"


def test_a_bound_that_hides_six_digits_is_no_agreement():
    found = verdict([1.0], [1.0 + 1e-5], [1e-4])
    assert (found["verdict"], found["floor"]) == ("inconclusive", pytest.approx(1e-4, rel=1e-4))


def test_the_floor_is_the_largest_bound_relative_to_its_entry():
    assert verdict([2.0, 4.0], [2.0, 4.0], [2e-9, 2e-9])["floor"] == pytest.approx(1e-9)


def test_nothing_to_compare_agrees():
    assert verdict([], [], [])["verdict"] == "agree"
