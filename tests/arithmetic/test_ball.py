"""One ball: exact lifting, decided comparisons, IEEE's infinities, and no way down to 53 bits."""

import copy
import math
import pickle

import numpy as np
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.arithmetic import (
    Ball,
    BallArray,
    NotLiftable,
    Undecided,
    midpoint,
    precision,
    radius,
    to_balls,
)

doubles = st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture(autouse=True)
def two_hundred_bits():
    with precision(200):
        yield


@given(doubles)
def test_lifting_a_double_is_exact_both_ways(x):
    assert Ball(x).arb.is_exact()
    assert midpoint(Ball(x)) == x


@given(st.integers(-(2**300), 2**300))
def test_integers_of_any_size_are_exact(n):
    assert int(Ball(n)) == n


@pytest.mark.skipif(np.finfo(np.longdouble).nmant <= 52, reason="longdouble is float64 here")
def test_longdouble_keeps_all_its_bits():
    x = np.longdouble(1) + np.longdouble(2) ** -60
    assert Ball(x) - 1 == 2.0**-60
    assert to_balls(np.array([x]))[0] - 1 == 2.0**-60


@pytest.mark.parametrize("number", [np.float32(0.1), np.int8(-3), np.uint64(2**63)])
def test_numpy_scalars_are_exact(number):
    assert Ball(number) == float(number)


@given(doubles, doubles)
def test_comparisons_of_exact_balls_are_those_of_the_doubles(x, y):
    assert bool(Ball(x) < Ball(y)) == (x < y)
    assert bool(Ball(x) <= y) == (x <= y)
    assert bool(Ball(x) == Ball(y)) == (x == y)


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">=", "==", "!="])
def test_comparison_of_overlapping_balls_is_undecided(sign):
    with pytest.raises(Undecided, match=f"{sign} 1.0: the two balls overlap"):
        eval(f"one {sign} 1", {"one": Ball(1) / 3 * 3})


def test_a_ball_is_equal_to_itself_however_wide():
    third = Ball(1) / 3
    assert third == third
    assert not third < third


def test_truth_of_a_ball_around_zero_is_undecided():
    with pytest.raises(Undecided):
        bool(Ball(1) / 3 * 3 - 1)


@pytest.mark.parametrize("cast", [float, complex, np.float64, np.float32, math.exp, math.sqrt])
def test_casts_are_refused_with_the_cure(cast):
    with pytest.raises(NotLiftable, match=r"leave the cast out|split real and imaginary"):
        cast(Ball(0.5))


def test_a_ball_is_no_index():
    with pytest.raises(NotLiftable, match="no index"):
        [1, 2][Ball(1)]


def test_int_truncates_exactly():
    assert int(Ball(-2.75)) == -2
    assert int(Ball(2) / 3) == 0


def test_int_is_undecided_where_an_integer_is_inside():
    with pytest.raises(Undecided):
        int(Ball(7) / 3 * 3)


def test_complex_operands_are_refused():
    with pytest.raises(NotLiftable, match="complex"):
        Ball(0.5) * 1j


def test_a_text_is_refused_by_name():
    with pytest.raises(NotLiftable, match=r"'0\.5' of type str"):
        Ball("0.5")


IEEE = [
    ("1 / x", 0.0),
    ("-1 / x", 0.0),
    ("0 / x", 0.0),
    ("x - x", np.inf),
    ("x + 1", -np.inf),
    ("x * 0", np.inf),
    ("x * -2", np.inf),
    ("2 / x", -np.inf),
    ("x ** 2", -np.inf),
    ("x ** 3", -np.inf),
    ("x ** -1", 0.0),
    ("x ** 0", 0.0),
    ("0.5 ** x", np.inf),
    ("2 ** x", -np.inf),
    ("x ** 0.5", -2.0),
    ("0.0 ** x", 0.5),
    ("np.exp(x)", -np.inf),
    ("np.exp(x)", np.inf),
    ("np.exp2(x)", -np.inf),
    ("np.expm1(x)", -np.inf),
    ("np.tanh(x)", -np.inf),
    ("np.log(x)", 0.0),
    ("np.log(x)", -1.0),
    ("np.log(x)", np.inf),
    ("np.log1p(x)", -1.0),
    ("np.log2(x)", 0.0),
    ("np.sqrt(x)", -1.0),
    ("np.sqrt(x)", np.inf),
    ("np.arctanh(x)", 1.0),
    ("np.arccos(x)", 2.0),
    ("np.sin(x)", np.inf),
    ("np.cbrt(x)", -np.inf),
    ("np.reciprocal(x)", 0.0),
    ("np.maximum(x, 0)", np.nan),
    ("np.fmax(x, 0)", np.nan),
    ("np.logaddexp(x, x)", -np.inf),
    ("np.hypot(x, 1)", -np.inf),
    ("np.arctan2(x, 1)", 0.0),
    ("np.heaviside(x, 0.5)", 0.0),
    ("np.remainder(x, np.inf)", 3.0),
    ("np.remainder(x, np.inf)", -3.0),
    ("np.sign(x)", np.nan),
    ("np.floor(x)", -np.inf),
]


@pytest.mark.parametrize(("expression", "x"), IEEE)
def test_infinities_and_poles_are_those_of_ieee(expression, x):
    with np.errstate(all="ignore"):
        expected = eval(expression, {"np": np}, {"x": np.float64(x)})
    result = eval(expression, {"np": np}, {"x": Ball(x)})
    assert np.array_equal(midpoint(result), expected, equal_nan=True)
    assert not radius(result)


@pytest.mark.parametrize(
    "expression",
    ["1 / x", "np.log(x)", "np.sqrt(x)", "np.cbrt(x)", "abs(x)", "np.sign(x)", "x**0.5"],
)
def test_function_of_a_ball_across_its_edge_is_undecided(expression):
    around_zero = Ball(1) / 3 * 3 - 1
    with pytest.raises(Undecided):
        eval(expression, {"np": np}, {"x": around_zero})


def test_nan_compares_as_nan():
    nan = Ball(np.nan)
    assert not np.equal(nan, nan)
    assert nan != nan
    assert not nan < 1


def test_rounding_goes_to_the_even_neighbour():
    assert [round(Ball(x)) for x in (0.5, 1.5, 2.5, -0.5)] == [0, 2, 2, 0]


def test_a_ball_behaves_as_a_numpy_scalar():
    x = Ball(2.5)
    assert (x.shape, x.ndim, x.size, x.dtype) == ((), 0, 1, np.float64)
    assert x.sum() == x.mean() == x.max() == x.T == x.item() == 2.5
    assert x.reshape(1, 1).shape == (1, 1)
    assert x.astype(int) == 2


def test_a_ball_counts_as_a_number():
    assert np.isscalar(Ball(1))


def test_power_of_zero_to_an_unknown_sign_is_undecided():
    with pytest.raises(Undecided, match=r"0 \*\* "):
        Ball(0) ** (Ball(1) / 3 * 3 - 1)


def test_power_of_a_negative_number_to_no_integer_is_nan():
    assert np.isnan(Ball(-2) ** (Ball(1) / 3))


def test_an_unknown_attribute_is_named():
    with pytest.raises(AttributeError, match="'ravine'"):
        Ball(1).ravine  # noqa: B018


def test_operations_with_arrays_give_arrays_of_balls():
    x = Ball(1) / 3
    assert isinstance(x * np.array([1.0, 2.0]), BallArray)
    assert isinstance(np.array([1.0, 2.0]) * x, BallArray)
    assert isinstance(np.float64(2.0) * x, Ball)


def test_showing_a_ball_says_what_is_known():
    assert repr(Ball(0.1)) == "0.1"
    assert repr(Ball(1) / 3) == "[0.33333333333333333 +/- 3.34e-18]"
    assert f"{Ball(2).sqrt():.3f}" == "1.414"


def test_copies_are_the_same_number():
    third = Ball(1) / 3
    assert copy.deepcopy(third) == third
    assert pickle.loads(pickle.dumps(third)).arb.overlaps(third.arb)


def test_radius_bounds_from_above():
    third = Ball(1) / 3
    assert arb(float(radius(third))) >= third.arb.rad()
    assert radius(Ball(0.1)) == 0
