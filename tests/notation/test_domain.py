"""Domains: what lies outside is named by index, value and reason; what is drawn lies inside."""

import numpy as np
import pytest

from gradcheck.notation import (
    NON_NEGATIVE,
    POSITIVE,
    UNIT_INTERVAL,
    Binary,
    Integers,
    Interval,
    NotationError,
    OneHot,
    Probabilities,
    Reals,
    Signs,
)
from gradcheck.notation.domain import renamed

SIZES = {"v": 5}
OUTSIDE = [
    (Reals(), [[0.0, np.inf]], "[0, 1] = inf is not finite"),
    (Reals(), np.nan, " = nan is not finite"),
    (Interval(-1, 1), [0.0, -1.0], "[1] = -1.0 is not in (-1, 1)"),
    (Interval(-1, 1), [np.nan], "[0] = nan is not in (-1, 1)"),
    (POSITIVE, [0.0], "[0] = 0.0 is not in (0, inf)"),
    (UNIT_INTERVAL, 1.0, " = 1.0 is not in (0, 1)"),
    (NON_NEGATIVE, [0.0, -0.5], "[1] = -0.5 is not in [0, inf)"),
    (NON_NEGATIVE, np.inf, " = inf is not in [0, inf)"),
    (Interval(0, 1, closed=True), [1.0, 1.5], "[1] = 1.5 is not in [0, 1]"),
    (Signs(), [1.0, 0.0], "[1] = 0.0 is neither -1 nor 1"),
    (Integers(1, "v"), [4, 5], "[1] = 5 is not in 1, ..., 4"),
    (Integers(1, 3), [0], "[0] = 0 is not in 1, ..., 2"),
    (Integers(0, "v"), [1.0], " has dtype float64, but counts or indices are integers"),
    (Binary(), [1.0, np.nan], "[1] = nan is neither 0 nor 1"),
    (OneHot(), [[1.0, 0.0], [0.0, 0.0]], "[1] = [0. 0.] is not one-hot"),
    (OneHot(), [0.5, 0.5], " = [0.5 0.5] is not one-hot"),
    (Probabilities(), [1.5, -0.5], "[1] = -0.5 is negative"),
    (Probabilities(positive=True), [1.0, 0.0], "[1] = 0.0 is not positive"),
    (Probabilities(), [0.5, 0.25], " = [0.5  0.25] does not sum to 1"),
    (Probabilities(), [np.nan, 1.0], " = [nan  1.] does not sum to 1"),
]
INSIDE = [
    (Reals(), [0.0, -1e300]),
    (Interval(-1, 1), [np.nextafter(1, 0), -0.999]),
    (POSITIVE, [5e-324, 1e308]),
    (NON_NEGATIVE, [0.0, 1e308]),
    (Interval(0, 1, closed=True), [0.0, 0.5, 1.0]),
    (Signs(), [-1, 1, 1]),
    (Integers(0, "v"), [0, 4]),
    (Binary(), [0, 1, 1]),
    (OneHot(), [[0, 1], [1, 0]]),
    (Probabilities(), [0.1] * 10),
    (Probabilities(), [0.0, 1.0]),
]
DOMAINS = [
    Reals(),
    Reals(scale=1e-6),
    Interval(-3, 7),
    Interval(-np.inf, 2),
    Interval(-np.inf, np.inf),
    POSITIVE,
    NON_NEGATIVE,
    Interval(-1, 1, closed=True),
    Integers(0, "v"),
    Binary(),
    Signs(),
    OneHot(),
    Probabilities(),
    Probabilities(positive=True),
]


@pytest.mark.parametrize(("domain", "x", "complaint"), OUTSIDE)
def test_what_lies_outside_is_named_with_its_value(domain, x, complaint):
    assert domain.violation(np.array(x), SIZES) == complaint


@pytest.mark.parametrize(("domain", "x"), INSIDE)
def test_what_lies_inside_is_accepted(domain, x):
    assert domain.violation(np.array(x), SIZES) == ""


@pytest.mark.parametrize("domain", DOMAINS, ids=str)
def test_what_a_domain_draws_lies_inside_of_it(domain):
    drawn = domain.sample(np.random.default_rng(0), (50, 4), SIZES)
    assert (drawn.shape, domain.violation(drawn, SIZES)) == ((50, 4), "")


@pytest.mark.parametrize("domain", DOMAINS, ids=str)
def test_the_same_seed_draws_the_same_numbers(domain):
    first, second = (domain.sample(np.random.default_rng(7), (3, 4), SIZES) for _ in range(2))
    assert np.array_equal(first, second)


def test_real_numbers_have_short_decimals_so_that_failures_print_legibly():
    drawn = Reals().sample(np.random.default_rng(0), (100,), {})
    assert max(len(repr(float(x))) for x in drawn) <= len("-0.123")


@pytest.mark.parametrize(("low", "high"), [(1, 0), (2, 2), (0, np.nan)])
def test_an_empty_interval_is_refused(low, high):
    with pytest.raises(NotationError, match=rf"interval in \({low}, {high}\) is empty: give the"):
        Interval(low, high)


@pytest.mark.parametrize(
    ("domain", "text"),
    [
        (Reals(), "real"),
        (POSITIVE, "in (0, inf)"),
        (Integers(0, "v"), "integer, 0 <= . < v"),
        (NON_NEGATIVE, "in [0, inf)"),
        (Interval(0, 1, closed=True), "in [0, 1]"),
        (Binary(), "0 or 1"),
        (Signs(), "-1 or 1"),
        (OneHot(), "one-hot"),
        (Probabilities(), "probabilities"),
        (Probabilities(positive=True), "positive probabilities"),
    ],
)
def test_a_domain_prints_as_a_reader_would_write_it(domain, text):
    assert str(domain) == text


def test_integers_follow_a_dimension_to_its_new_name():
    assert renamed(Integers(0, "k"), {"k": "u2"}) == Integers(0, "u2")


def test_integers_below_a_fixed_number_follow_nothing():
    assert renamed(Integers(0, 10), {"k": "u2"}) == Integers(0, 10)


def test_domains_without_dimensions_stay_as_they_are():
    assert renamed(POSITIVE, {"k": "u2"}) is POSITIVE
