"""Symbols: plain NumPy code computes exact expressions with them, or is refused by name."""

import numpy as np
import pytest

pytest.importorskip("sympy", reason="symbols need the extra 'proofs'")

import sympy

from gradcheck.arithmetic.expressions import NotSmooth, NotSymbolic
from gradcheck.arithmetic.symbol import Symbol, symbols_like, to_symbols
from gradcheck.arithmetic.symbolic_buffers import symbolic_buffers
from gradcheck.notation import scalar

x, y = sympy.symbols("x[0] x[1]", real=True)


def vector():
    return symbols_like("x", (2,))


def expressions(symbols):
    return [symbol.expr for symbol in np.ravel(symbols).tolist()]


COMPUTED = [
    ("sum", lambda v: v.sum(), [x + y]),
    ("mean", lambda v: v.mean(), [(x + y) / 2]),
    ("product of a row and a column", lambda v: v @ v, [x**2 + y**2]),
    ("outer", lambda v: np.outer(v, v), [x * x, x * y, y * x, y * y]),
    ("einsum", lambda v: np.einsum("i,j->ij", v, v), [x * x, x * y, x * y, y * y]),
    ("exp", np.exp, [sympy.exp(x), sympy.exp(y)]),
    ("log1p", np.log1p, [sympy.log(1 + x), sympy.log(1 + y)]),
    ("expm1", np.expm1, [sympy.exp(x) - 1, sympy.exp(y) - 1]),
    ("sqrt", np.sqrt, [sympy.sqrt(x), sympy.sqrt(y)]),
    ("logaddexp", lambda v: np.logaddexp(0.0, v[:1]), [sympy.log(1 + sympy.exp(x))]),
    ("a float beside a symbol", lambda v: np.float64(0.5) * v[0], [x / 2]),
    ("a symbol beside an array", lambda v: v[0] - np.ones(2), [x - 1, x - 1]),
    ("concatenate", lambda v: np.concatenate([v, v[:1]]), [x, y, x]),
    ("a row taken by an index array", lambda v: v[np.array([1, 0])], [y, x]),
    ("np.add.at", lambda v: added_at(v), [2 * x, y]),
]


def added_at(v):
    result = v.copy()
    np.add.at(result, [0], v[:1])
    return result


@pytest.mark.parametrize(("function", "expected"), [c[1:] for c in COMPUTED],
                         ids=[c[0] for c in COMPUTED])  # fmt: skip
def test_numpy_computes_the_expression(function, expected):
    assert expressions(function(vector())) == expected


@pytest.mark.parametrize("name", ["exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tanh"])
def test_scalar_functions_take_symbols(name):
    """Every function that scalar forms use is the one of sympy, at a number that sympy knows."""
    value = getattr(scalar, name)(Symbol(2)).expr
    assert float(value) == pytest.approx(getattr(np, name)(2.0), rel=1e-15)


def test_a_float_is_the_fraction_that_it_stands_for():
    """One tenth is no double: a proof about the code must not pretend that it is."""
    assert Symbol(0.1).expr == sympy.Rational(3602879701896397, 2**55)


def test_the_maximum_of_an_array_is_one_symbol():
    assert expressions(vector().max(axis=-1, keepdims=True)) == expressions([vector()[::-1].max()])


def test_the_maximum_over_several_axes_is_one_symbol():
    assert str(symbols_like("x", (1, 2)).max(axis=(0, 1))) == "max(x[0, 0], x[0, 1])"


def test_a_comparison_that_assumptions_decide_is_decided():
    assert symbols_like("p", (), positive=True)[()] > 0


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda v: np.where(v > 0, v, 0), r"the code branches on x\[0\] > 0"),
        (lambda v: v == 0, r"the code branches on x\[0\] == 0"),
        (np.abs, r"\|x\[0\]\| bends where x\[0\] = 0"),
        (np.sign, r"the code branches on x\[0\] < 0"),
        (np.sort, r"the code branches on x\[1\] < x\[0\]"),
        (lambda v: np.clip(v, 0, 1), r"the code branches on x\[0\] >= 0"),
    ],
    ids=["where", "equality", "abs", "sign", "sort", "clip"],
)
def test_a_branch_on_a_value_is_not_smooth(function, message):
    with pytest.raises(NotSmooth, match=message):
        function(vector())


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda v: float(v[0]), r"float\(\) of the symbol x\[0\] would round it"),
        (lambda v: np.zeros(2).__setitem__(0, v[0]), "would round it"),
        (lambda v: v.astype(np.float32), "a cast of symbols to float32: leave the cast out"),
        (np.isnan, "np.isnan has no counterpart on symbols"),
        (lambda v: v / 0, "zoo.* is no finite real number"),
        (lambda v: v * np.inf, "inf is no finite real number"),
        (lambda v: to_symbols(["a"]), "'a' of type str is no real number"),
    ],
    ids=["float", "float buffer", "cast", "isnan", "division by zero", "infinity", "text"],
)
def test_what_symbols_cannot_follow_is_refused(function, message):
    with pytest.raises(NotSymbolic, match=message):
        function(vector())


def filled_by_hand(v):
    buffer = np.zeros(2, dtype=np.float64)
    buffer[0] += v[0]
    return buffer


def test_code_that_fills_a_buffer_runs_on_symbols():
    with symbolic_buffers():
        assert expressions(filled_by_hand(vector())) == [x, 0]


def test_buffers_are_floats_again_afterwards():
    with symbolic_buffers():
        pass
    assert filled_by_hand(np.ones(2)).dtype == np.float64
