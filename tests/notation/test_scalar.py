"""Elementary functions of one number of any kind."""

import cmath
import math

import numpy as np
import pytest

from gradcheck.notation import scalar

NAMES = ["exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tanh", "arctan"]
IEEE = [
    ("exp", 1000.0, math.inf),
    ("exp", -1000.0, 0.0),
    ("expm1", 1000.0, math.inf),
    ("log", 0.0, -math.inf),
    ("log1p", -1.0, -math.inf),
    ("exp", -math.inf, 0.0),
    ("tanh", math.inf, 1.0),
    ("arctan", math.inf, math.pi / 2),
    ("erf", -math.inf, -1.0),
    ("ndtr", -math.inf, 0.0),
]
INVALID = [("log", -1.0), ("log1p", -2.0), ("sqrt", -1.0), ("sin", math.inf), ("cos", math.inf)]
EXACT = [
    ("exp", 0.0, 1.0),
    ("expm1", 1e-20, 1e-20),
    ("log", 1.0, 0.0),
    ("log1p", 1e-20, 1e-20),
    ("sqrt", 6.25, 2.5),
    ("sin", 0.0, 0.0),
    ("cos", 0.0, 1.0),
    ("tanh", 0.0, 0.0),
    ("arctan", 0.0, 0.0),
    ("erf", 0.0, 0.0),
    ("ndtr", 0.0, 0.5),
]


LACKED_BY_NUMPY = ["erf", "ndtr"]


class Named:
    """A number that answers each function with its name, as balls and symbols do."""

    def __getattr__(self, name):
        return lambda: name


@pytest.mark.parametrize(("name", "x", "value"), EXACT)
def test_exact_values_are_exact(name, x, value):
    assert getattr(scalar, name)(x) == value


@pytest.mark.parametrize(("name", "x", "value"), IEEE)
def test_floats_follow_ieee_754_where_math_would_raise(name, x, value):
    assert getattr(scalar, name)(x) == value


@pytest.mark.parametrize(("name", "x"), INVALID)
def test_an_invalid_argument_gives_not_a_number(name, x):
    assert math.isnan(getattr(scalar, name)(x))


@pytest.mark.parametrize("name", [*NAMES, *LACKED_BY_NUMPY])
def test_not_a_number_is_passed_on(name):
    assert math.isnan(getattr(scalar, name)(math.nan))


@pytest.mark.parametrize(
    ("name", "x"), [*INVALID, *((name, x) for name, x, _ in IEEE), ("exp", 1.0)]
)
def test_a_float_stays_a_python_float(name, x):
    assert type(getattr(scalar, name)(x)) is float


@pytest.mark.parametrize("name", [name for name in NAMES if hasattr(cmath, name)])
def test_a_complex_number_is_taken_by_the_complex_function(name):
    assert getattr(scalar, name)(0.5 + 0.25j) == getattr(cmath, name)(0.5 + 0.25j)


@pytest.mark.parametrize(("name", "x"), [("expm1", 1e-3 + 1e-30j), ("log1p", 1e-3 + 1e-30j)])
def test_a_small_imaginary_part_survives(name, x):
    """The complex step reads the derivative off it: 1 + x and 1 / (1 + x), within 3 percent."""
    assert getattr(scalar, name)(x).imag == pytest.approx(1e-30, rel=0.03)


def test_a_complex_overflow_is_no_error():
    assert scalar.exp(1000 + 0j).real == math.inf


def test_the_complex_logarithm_of_zero_is_no_error():
    assert scalar.log(0j).real == -math.inf


@pytest.mark.parametrize("kind", [np.float32, np.longdouble, np.complex128])
def test_a_numpy_scalar_keeps_its_type(kind):
    assert type(scalar.exp(kind(1.0))) is kind


def test_a_numpy_scalar_overflows_without_a_warning():
    assert scalar.exp(np.float64(1000.0)) == np.inf


def test_longdouble_is_not_rounded_to_float64():
    assert np.float64(scalar.exp(np.longdouble(1))) == math.e


def test_an_integer_is_taken_for_a_real_number():
    assert scalar.sqrt(4) == 2.0


@pytest.mark.parametrize("name", [*NAMES, *LACKED_BY_NUMPY])
def test_any_other_number_brings_its_own_method(name):
    assert getattr(scalar, name)(Named()) == name


@pytest.mark.parametrize("name", [*NAMES, *LACKED_BY_NUMPY])
def test_a_function_is_named_for_what_it_computes(name):
    assert getattr(scalar, name).__name__ == name


@pytest.mark.parametrize("name", LACKED_BY_NUMPY)
@pytest.mark.parametrize("x", [np.longdouble(0.5), 0.5 + 0.25j])
def test_what_is_known_to_53_bits_and_for_real_numbers_refuses_others(name, x):
    with pytest.raises(AttributeError, match=name):
        getattr(scalar, name)(x)


def test_the_lower_tail_of_the_normal_distribution_keeps_its_digits():
    """It lies between the density over x and that less a relative 1 / x^2."""
    upper = math.exp(-200) / math.sqrt(2 * math.pi) / 20
    assert upper * (1 - 1 / 400) < scalar.ndtr(-20.0) < upper


@pytest.mark.parametrize("kind", [np.float32, np.longdouble, np.complex128])
def test_a_number_like_another_is_of_its_kind(kind):
    assert type(scalar.number_like(kind(3), 2)) is kind


def test_pi_is_as_precise_as_the_number_beside_it():
    """The error of the double nearest to pi is 1.2246e-16, the sine of that double."""
    assert float(scalar.pi(np.longdouble(1)) - math.pi) == pytest.approx(
        math.sin(math.pi) if np.finfo(np.longdouble).nmant > 52 else 0.0, rel=1e-3
    )


@pytest.mark.parametrize(
    ("x", "y", "smaller"), [(2.0, 3.0, 2.0), (3.0, 2.0, 2.0), (-1.0, -2.0, -2.0)]
)
def test_the_minimum_is_the_smaller_one(x, y, smaller):
    assert scalar.minimum(x, y) == smaller


def test_the_first_of_two_equal_numbers_is_their_minimum():
    assert math.copysign(1.0, scalar.minimum(0.0, -0.0)) == 1.0


@pytest.mark.parametrize(
    ("x", "y", "larger"), [(2.0, 3.0, 3.0), (3.0, 2.0, 3.0), (-1.0, -2.0, -1.0)]
)
def test_the_maximum_is_the_larger_one(x, y, larger):
    assert scalar.maximum(x, y) == larger


def test_the_first_of_two_equal_numbers_is_their_maximum():
    assert math.copysign(1.0, scalar.maximum(-0.0, 0.0)) == -1.0


@pytest.mark.parametrize(("x", "value"), [(2.0, 2.0), (-2.0, 2.0), (0.0, 0.0)])
def test_the_absolute_value_is_not_negative(x, value):
    assert scalar.absolute(x) == value


def test_a_total_is_added_in_the_order_of_its_terms():
    """2^53 + 1 rounds to 2^53: another order of the same terms gives another sum."""
    big = 2.0**53
    assert scalar.total([big, 1.0, -big]) == 0.0
    assert scalar.total([big, -big, 1.0]) == 1.0


def test_the_empty_total_is_zero():
    assert scalar.total([]) == 0.0
