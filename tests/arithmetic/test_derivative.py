"""Derivatives of expressions, each part taken once."""

import pytest

pytest.importorskip("sympy", reason="proofs need the extra 'proofs'")

import sympy
from sympy import atan, cos, erf, exp, log, loggamma, sin, sqrt, tanh

from gradcheck.arithmetic.derivative import Derivative
from gradcheck.arithmetic.vanishing import ZeroTest

x = sympy.Symbol("x", real=True)
p = sympy.Symbol("p", positive=True)

PAIRS = [
    (sympy.Integer(3), 0),
    (x**3 * p, 3 * x**2 * p),
    (1 / (1 + x**2), -2 * x / (1 + x**2) ** 2),
    (x * sin(x) * exp(x), exp(x) * (sin(x) + x * cos(x) + x * sin(x))),
    (sqrt(x**2 + p), x / sqrt(x**2 + p)),
    (tanh(p * x), p * (1 - tanh(p * x) ** 2)),
    (p**x, p**x * log(p)),
    (log(1 + exp(-x)), -1 / (1 + exp(x))),
    (atan(x), 1 / (1 + x**2)),
    (erf(x), 2 * exp(-(x**2)) / sqrt(sympy.pi)),
    (loggamma(x**2), 2 * x * sympy.digamma(x**2)),
]


@pytest.mark.parametrize(("function", "derivative"), PAIRS, ids=str)
def test_the_derivative_is_the_textbooks(function, derivative):
    assert ZeroTest().vanishes(Derivative(x)(function) - derivative)


def test_a_part_that_occurs_exponentially_often_is_taken_once():
    """Forty steps of e <- sin(e) cos(e) hold the innermost part a trillion times."""
    e = x
    for _ in range(40):
        e = sympy.Mul(sin(e), cos(e), evaluate=False)
    assert Derivative(x)(e).subs(x, 0) == 1
