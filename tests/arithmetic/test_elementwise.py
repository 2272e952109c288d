"""Every elementwise function on balls contains the true value, as mpmath has it, to 50 digits."""

import mpmath
import numpy as np
import pytest
import scipy.special
from mpmath import mpf

from gradcheck.arithmetic import in_balls, midpoint

ANYWHERE = (-2.75, -1.0, -0.3125, 0.0, 1e-9, 0.625, 1.0, 3.5, 40.0)
POSITIVE = (1e-300, 0.3125, 1.0, 7.5, 1e8)
INSIDE = (-0.96875, -0.5, 0.0, 0.25, 0.75)
PAIRS = ((0.625, 2.5), (-0.75, 1.25), (3.0, -0.5), (-2.25, -4.0), (7.5, 7.5))


def half_even(x):
    return mpf(round(mpf(x))) if abs(x) % 1 != 0.5 else mpf(2 * round(x / 2))


ONE = {
    "absolute": (np.absolute, abs, ANYWHERE),
    "arccos": (np.arccos, mpmath.acos, INSIDE),
    "arccosh": (np.arccosh, mpmath.acosh, (1.0, 1.5, 100.0)),
    "arcsin": (np.arcsin, mpmath.asin, INSIDE),
    "arcsinh": (np.arcsinh, mpmath.asinh, ANYWHERE),
    "arctan": (np.arctan, mpmath.atan, ANYWHERE),
    "arctanh": (np.arctanh, mpmath.atanh, INSIDE),
    "cbrt": (np.cbrt, lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), ANYWHERE),
    "ceil": (np.ceil, mpmath.ceil, ANYWHERE),
    "conjugate": (np.conj, mpf, ANYWHERE),
    "cos": (np.cos, mpmath.cos, ANYWHERE),
    "cosh": (np.cosh, mpmath.cosh, ANYWHERE),
    "degrees": (np.degrees, mpmath.degrees, ANYWHERE),
    "exp": (np.exp, mpmath.exp, (*ANYWHERE, -1e5, 1e5)),
    "exp2": (np.exp2, lambda x: mpf(2) ** x, ANYWHERE),
    "expm1": (np.expm1, mpmath.expm1, ANYWHERE),
    "fabs": (np.fabs, abs, ANYWHERE),
    "fix": (np.fix, lambda x: mpmath.sign(x) * mpmath.floor(abs(x)), ANYWHERE),
    "floor": (np.floor, mpmath.floor, ANYWHERE),
    "log": (np.log, mpmath.log, POSITIVE),
    "log10": (np.log10, mpmath.log10, POSITIVE),
    "log1p": (np.log1p, mpmath.log1p, (-0.5, 0.0, 1e-9, 1e8)),
    "log2": (np.log2, lambda x: mpmath.log(x, 2), POSITIVE),
    "negative": (np.negative, lambda x: -mpf(x), ANYWHERE),
    "positive": (np.positive, mpf, ANYWHERE),
    "radians": (np.radians, mpmath.radians, ANYWHERE),
    "reciprocal": (np.reciprocal, lambda x: 1 / mpf(x), POSITIVE),
    "rint": (np.rint, lambda x: half_even(x), (-2.5, -1.5, -0.5, 0.0, 0.5, 1.5, 2.25)),
    "round": (lambda x: np.round(x, 1), lambda x: mpf(x), (0.5, -2.0, 3.0)),
    "sign": (np.sign, mpmath.sign, ANYWHERE),
    "sin": (np.sin, mpmath.sin, (*ANYWHERE, 1e22)),
    "sinc": (np.sinc, mpmath.sincpi, ANYWHERE),
    "sinh": (np.sinh, mpmath.sinh, ANYWHERE),
    "sqrt": (np.sqrt, mpmath.sqrt, (0.0, *POSITIVE)),
    "square": (np.square, lambda x: mpf(x) ** 2, ANYWHERE),
    "tan": (np.tan, mpmath.tan, ANYWHERE),
    "tanh": (np.tanh, mpmath.tanh, ANYWHERE),
    "trunc": (np.trunc, lambda x: mpmath.sign(x) * mpmath.floor(abs(x)), ANYWHERE),
    "special.digamma": (scipy.special.digamma, mpmath.digamma, (-0.5, *POSITIVE)),
    "special.entr": (scipy.special.entr, lambda x: -x * mpmath.log(x), POSITIVE),
    "special.erf": (scipy.special.erf, mpmath.erf, ANYWHERE),
    "special.erfc": (scipy.special.erfc, mpmath.erfc, ANYWHERE),
    "special.expit": (scipy.special.expit, lambda x: 1 / (1 + mpmath.exp(-x)), ANYWHERE),
    "special.gammaln": (
        scipy.special.gammaln,
        lambda x: mpmath.log(abs(mpmath.gamma(x))),
        (-1.5, -0.5, 0.25, 7.5, 150.0),
    ),
    "special.log_expit": (
        scipy.special.log_expit,
        lambda x: -mpmath.log1p(mpmath.exp(-x)),
        ANYWHERE,
    ),
    "special.logit": (
        scipy.special.logit,
        lambda x: mpmath.log(x / (1 - mpf(x))),
        (1e-9, 0.25, 0.75),
    ),
    "special.ndtr": (scipy.special.ndtr, mpmath.ncdf, ANYWHERE),
}

TWO = {
    "add": (np.add, lambda x, y: mpf(x) + y),
    "arctan2": (np.arctan2, mpmath.atan2),
    "copysign": (np.copysign, lambda x, y: abs(mpf(x)) * mpmath.sign(y)),
    "divide": (np.divide, lambda x, y: mpf(x) / y),
    "float_power": (lambda x, y: np.float_power(abs(x), y), lambda x, y: abs(mpf(x)) ** y),
    "floor_divide": (np.floor_divide, lambda x, y: mpmath.floor(mpf(x) / y)),
    "fmax": (np.fmax, max),
    "fmin": (np.fmin, min),
    "fmod": (np.fmod, lambda x, y: mpmath.sign(x) * (abs(mpf(x)) % abs(y))),
    "heaviside": (np.heaviside, lambda x, y: mpf(x > 0)),
    "hypot": (np.hypot, mpmath.hypot),
    "logaddexp": (np.logaddexp, lambda x, y: mpmath.log(mpmath.exp(x) + mpmath.exp(y))),
    "logaddexp2": (np.logaddexp2, lambda x, y: mpmath.log(mpf(2) ** x + mpf(2) ** y, 2)),
    "maximum": (np.maximum, max),
    "minimum": (np.minimum, min),
    "multiply": (np.multiply, lambda x, y: mpf(x) * y),
    "power": (lambda x, y: np.power(abs(x), y), lambda x, y: abs(mpf(x)) ** y),
    "remainder": (np.remainder, lambda x, y: mpf(x) - y * mpmath.floor(mpf(x) / y)),
    "subtract": (np.subtract, lambda x, y: mpf(x) - y),
    "special.xlog1py": (
        lambda x, y: scipy.special.xlog1py(x, abs(y)),
        lambda x, y: x * mpmath.log1p(abs(y)),
    ),
    "special.xlogy": (
        lambda x, y: scipy.special.xlogy(x, abs(y)),
        lambda x, y: x * mpmath.log(abs(y)),
    ),
}


def assert_contains(balls, true_values):
    """Each ball contains the true value and is known to 50 digits (mpmath computes with 90)."""
    for ball, true in zip(balls, true_values, strict=True):
        middle = mpf(int(ball.arb.mid().man_exp()[0])) * mpf(2) ** int(ball.arb.mid().man_exp()[1])
        radius = mpf(int(ball.arb.rad().man_exp()[0])) * mpf(2) ** int(ball.arb.rad().man_exp()[1])
        assert abs(middle - true) <= radius + abs(true) * mpf(10) ** -85, (ball, true)
        assert radius <= mpf(10) ** -50 * max(abs(true), mpf(10) ** -5), ball


@pytest.fixture(autouse=True)
def ninety_digits():
    with mpmath.workdps(90):
        yield


@pytest.mark.parametrize("name", ONE)
def test_function_of_one_number_contains_the_true_value(name):
    function, true, points = ONE[name]
    assert_contains(in_balls(function, np.array(points)), [true(mpf(x)) for x in points])


@pytest.mark.parametrize("name", TWO)
def test_function_of_two_numbers_contains_the_true_value(name):
    function, true = TWO[name]
    x, y = np.array(PAIRS).T
    assert_contains(in_balls(function, x, y), [true(mpf(a), mpf(b)) for a, b in PAIRS])


@pytest.mark.parametrize("name", ["isfinite", "isinf", "isnan", "signbit", "logical_not"])
def test_predicate_answers_as_for_floats(name):
    x = np.array([0.0, -1.5, 2.0, np.inf, -np.inf, np.nan])
    answer = in_balls(getattr(np, name), x)
    assert answer.dtype == bool
    assert answer.tolist() == getattr(np, name)(x).tolist()


@pytest.mark.parametrize(
    "name",
    [
        "equal",
        "greater",
        "greater_equal",
        "less",
        "less_equal",
        "not_equal",
        "logical_and",
        "logical_or",
        "logical_xor",
    ],
)
def test_comparison_answers_as_for_floats(name):
    x, y = np.array([[0.0, 1.0, 2.0, np.nan, np.inf], [0.0, 2.0, 1.0, 1.0, np.inf]])
    answer = in_balls(getattr(np, name), x, y)
    assert answer.dtype == bool
    assert answer.tolist() == getattr(np, name)(x, y).tolist()


@pytest.mark.parametrize("name", [name for name in ONE if name != "conjugate"])
@pytest.mark.parametrize("x", [np.inf, -np.inf, np.nan])
def test_function_at_infinity_has_the_limit_of_the_float_function(name, x):
    function, _, _ = ONE[name]
    with np.errstate(all="ignore"):
        expected = function(np.array([x]))
    assert np.allclose(midpoint(in_balls(function, np.array([x]))), expected, equal_nan=True)
