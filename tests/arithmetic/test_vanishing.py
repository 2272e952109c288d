"""The zero test: it proves identities of elementary functions, and never what is not one."""

import pytest

pytest.importorskip("sympy", reason="proofs need the extra 'proofs'")

import sympy
from sympy import Rational, cos, cosh, erf, exp, log, sin, sinh, sqrt, tanh

from gradcheck.arithmetic.expressions import NotSymbolic
from gradcheck.arithmetic.generators import TooLarge
from gradcheck.arithmetic.vanishing import ZeroTest

x, y, z = sympy.symbols("x y z", real=True)
p, q = sympy.symbols("p q", positive=True)

IDENTITIES = [
    (x + y) ** 3 - (x**3 + 3 * x**2 * y + 3 * x * y**2 + y**3),
    1 / (x + 1) - 1 / (x + 2) - 1 / ((x + 1) * (x + 2)),
    exp(x + 2 * y) - exp(x) * exp(y) ** 2,
    tanh(x) ** 2 + 1 / cosh(x) ** 2 - 1,
    tanh(x / 2) - (exp(x) - 1) / (exp(x) + 1),
    sin(2 * x) - 2 * sin(x) * cos(x),
    log(exp(x) / (exp(x) + exp(y))) - x + log(exp(x) + exp(y)),
    log(exp(x - z) + exp(y - z)) + z - log(exp(x) + exp(y)),
    log(p**2 * q) - 2 * log(p) - log(q),
    exp(p * log(q)) - q**p,
    sqrt(x**2 + 1) ** 3 - sqrt(x**2 + 1) * (x**2 + 1),
    sqrt(p * q + q) - sqrt(q) * sqrt(p + 1),
    1 / (sqrt(x**2 + y**2) + x) - (sqrt(x**2 + y**2) - x) / y**2,
    erf(x * (1 + y)) - erf(x + x * y),
    exp(Rational(0.1) * x) ** 2 - exp(2 * Rational(0.1) * x),
    sympy.diff(log(cosh(x)), x) - sinh(x) / cosh(x),
]


@pytest.mark.parametrize("identity", IDENTITIES, ids=str)
def test_an_identity_vanishes(identity):
    assert ZeroTest().vanishes(identity)


@pytest.mark.parametrize("identity", IDENTITIES, ids=str)
def test_an_identity_off_by_a_millionth_does_not_vanish(identity):
    assert not ZeroTest().vanishes(identity + exp(x) / 10**6)


@pytest.mark.parametrize(
    "false",
    [
        sqrt(x**2) - x,
        log(x**2) - 2 * log(x),
        sqrt(x + 1) - sqrt(x) - 1,
        exp(x) * exp(y) - exp(x * y),
        sqrt(2) - Rational(2**0.5),
    ],
    ids=str,
)
def test_what_fails_for_some_values_does_not_vanish(false):
    """For negative x the first two are wrong; the last is the error of a double."""
    assert not ZeroTest().vanishes(false)


def test_a_division_by_a_hidden_zero_proves_nothing():
    zero = (x + 1) ** 2 - x**2 - 2 * x - 1
    with pytest.raises(NotSymbolic, match="it divides by zero"):
        ZeroTest().vanishes(x / zero + 1)


def test_a_division_by_a_hidden_zero_among_roots_proves_nothing():
    r = sqrt(x**2 + 1)
    with pytest.raises(NotSymbolic, match="it divides by zero"):
        ZeroTest().vanishes(1 / ((r + 1) ** 2 - 2 * r - x**2 - 2) + 1)


def test_the_effort_is_bounded():
    """A power with millions of terms is given up, not begun."""
    symbols = sympy.symbols("a:12", real=True)
    with pytest.raises(TooLarge, match="too large: a product of"):
        ZeroTest().vanishes(sum(symbols) ** 40 - (sum(symbols) + 1) ** 40)
