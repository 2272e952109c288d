"""Sums, products and contractions on balls equal those of exact fractions."""

from fractions import Fraction

import numpy as np
import pytest

from gradcheck.arithmetic import Ball, in_balls

rng = np.random.default_rng(7)
A = rng.normal(size=(2, 3)).round(3)
B = rng.normal(size=(3, 4)).round(3)
S = rng.normal(size=(2, 3, 3)).round(3)
V = rng.normal(size=3).round(3)


trapezoid = getattr(np, "trapezoid", None) or getattr(np, "trapz")  # noqa: B009 - before NumPy 2


def mean(x, axis=None):
    return x.sum(axis=axis) / Fraction(x.size if axis is None else x.shape[axis])


def variance(x, axis, removed):
    squares = (x - np.expand_dims(mean(x, axis), axis)) ** 2
    return squares.sum(axis=axis) / Fraction(x.shape[axis] - removed)


def loop_product(a, b):
    return np.array([[sum(p * q for p, q in zip(r, c, strict=True)) for c in b.T] for r in a])


# name: (NumPy on balls, plain loops or object arithmetic on fractions, operands)
CASES = {
    "add.accumulate": (np.add.accumulate, lambda x: np.array([x[0], x[0] + x[1]]), (A,)),
    "add.outer": (np.add.outer, lambda x, y: np.array([[p + q for q in y] for p in x]), (V, V)),
    "add.reduce": (np.add.reduce, lambda x: x[0] + x[1], (A,)),
    "average": (
        lambda x, w: np.average(x, axis=1, weights=w),
        lambda x, w: (x * w).sum(axis=1) / w.sum(),
        (A, abs(V)),
    ),
    "convolve": (
        np.convolve,
        lambda x, y: np.array(
            [sum(x[i] * y[n - i] for i in range(3) if 0 <= n - i < 3) for n in range(5)]
        ),
        (V, V[::-1]),
    ),
    "cross": (
        np.cross,
        lambda x, y: np.array(
            [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]]
        ),
        (V, A[0]),
    ),
    "cumprod": (np.cumprod, lambda x: np.array([x[0], x[0] * x[1], x[0] * x[1] * x[2]]), (V,)),
    "cumsum": (lambda x: x.cumsum(axis=1), lambda x: np.array([np.cumsum(r) for r in x]), (A,)),
    "diff": (lambda x: np.diff(x, axis=1), lambda x: x[:, 1:] - x[:, :-1], (A,)),
    "dot": (np.dot, loop_product, (A, B)),
    "dot of vectors": (np.dot, lambda x, y: sum(x * y), (V, V)),
    "dot of 1-d and 2-d": (np.dot, lambda x, y: loop_product(x[None], y)[0], (V, B)),
    "dot with scalar": (np.dot, lambda x, y: x * y, (V[:1], np.array(0.5))),
    "dot of stacks": (
        np.dot,
        lambda x, y: np.array([[loop_product(p, q) for q in y] for p in x]).transpose(0, 2, 1, 3),
        (S, S),
    ),
    "einsum product": (lambda a, b: np.einsum("ij,jk->ik", a, b), loop_product, (A, B)),
    "einsum implied": (lambda a, b: np.einsum("ij,jk", a, b), loop_product, (A, B)),
    "einsum transposed": (
        lambda a, b: np.einsum("ij,jk->ki", a, b),
        lambda a, b: loop_product(a, b).T,
        (A, B),
    ),
    "einsum trace": (
        lambda s: np.einsum("nii->n", s),
        lambda s: np.array([m[0, 0] + m[1, 1] + m[2, 2] for m in s]),
        (S,),
    ),
    "einsum diagonal": (
        lambda s: np.einsum("nii->ni", s),
        lambda s: np.array([[m[i, i] for i in range(3)] for m in s]),
        (S,),
    ),
    "einsum elementwise": (lambda a, b: np.einsum("ij,ij->ij", a, b), lambda a, b: a * b, (A, A)),
    "einsum batch": (
        lambda a, b: np.einsum("ij,ij->i", a, b),
        lambda a, b: (a * b).sum(axis=1),
        (A, A),
    ),
    "einsum outer": (
        lambda x, y: np.einsum("i,j->ij", x, y),
        lambda x, y: np.array([[p * q for q in y] for p in x]),
        (V, A[0]),
    ),
    "einsum sum": (lambda a: np.einsum("ij->", a), lambda a: sum(a.ravel()), (A,)),
    "einsum ellipsis": (
        lambda s, b: np.einsum("...ij,jk->...ik", s, b),
        lambda s, b: np.array([loop_product(m, b) for m in s]),
        (S, B),
    ),
    "einsum of three": (
        lambda a, b, v: np.einsum("ij,jk,j->ik", a, b, v),
        lambda a, b, v: loop_product(a * v, b),
        (A, B, V),
    ),
    "einsum bilinear": (
        lambda x, s, y: np.einsum("i,nij,j->n", x, s, y),
        lambda x, s, y: np.array([sum(loop_product(x[None], m)[0] * y) for m in s]),
        (V, S, V),
    ),
    "inner": (np.inner, lambda a, b: loop_product(a, b.T), (A, A)),
    "kron": (
        np.kron,
        lambda x, y: np.array([p * q for p in x for q in y]),
        (V, A[0]),
    ),
    "linalg.multi_dot": (
        lambda a, b, c: np.linalg.multi_dot([a, b, c]),
        lambda a, b, c: loop_product(loop_product(a, b), c),
        (A, B, B.T),
    ),
    "linalg.matrix_power": (
        lambda s: np.linalg.matrix_power(s, 3),
        lambda s: np.array([loop_product(loop_product(m, m), m) for m in s]),
        (S,),
    ),
    "linalg.det": (
        np.linalg.det,
        lambda s: np.array([sum(np.cross(m[0], m[1]) * m[2]) for m in s]),
        (S,),
    ),
    "matmul": (np.matmul, loop_product, (A, B)),
    "matmul operator": (lambda a, b: a @ b, loop_product, (A, B)),
    "matmul of a vector": (lambda a, v: a @ v, lambda a, v: (a * v).sum(axis=1), (A, V)),
    "matmul of stacks": (
        np.matmul,
        lambda s, t: np.array([loop_product(p, q) for p, q in zip(s, t, strict=True)]),
        (S, S[::-1]),
    ),
    "matmul broadcast": (
        np.matmul,
        lambda a, s: np.array([loop_product(a, m) for m in s]),
        (A, S),
    ),
    "mean": (np.mean, mean, (A,)),
    "mean along axis": (lambda x: x.mean(axis=0), lambda x: mean(x, 0), (A,)),
    "median": (lambda x: np.median(x, axis=1), lambda x: np.array([sorted(r)[1] for r in x]), (A,)),
    "outer": (np.outer, lambda x, y: np.array([[p * q for q in y.ravel()] for p in x]), (V, A)),
    "polyval": (np.polyval, lambda p, x: p[0] * x * x + p[1] * x + p[2], (V, A)),
    "prod": (np.prod, lambda x: x[0] * x[1] * x[2], (V,)),
    "ptp": (np.ptp, lambda x: max(x.ravel()) - min(x.ravel()), (A,)),
    "sum": (np.sum, lambda x: sum(x.ravel()), (A,)),
    "sum along axes": (
        lambda x: x.sum(axis=(1, 2)),
        lambda x: np.array([m.sum() for m in x]),
        (S,),
    ),
    "sum keepdims": (
        lambda x: x.sum(axis=1, keepdims=True),
        lambda x: x.sum(axis=1)[:, None],
        (A,),
    ),
    "sum where": (
        lambda x: np.sum(x, where=x > 0),
        lambda x: sum(v for v in x.ravel() if v > 0),
        (A,),
    ),
    "tensordot": (
        lambda s, b: np.tensordot(s, b, axes=1),
        lambda s, b: np.array([loop_product(m, b) for m in s]),
        (S, B),
    ),
    "tensordot over two axes": (
        lambda s, t: np.tensordot(s, t, axes=([1, 2], [2, 1])),
        lambda s, t: np.array([[(p * q.T).sum() for q in t] for p in s]),
        (S, S),
    ),
    "trace": (np.trace, lambda m: m[0, 0] + m[1, 1] + m[2, 2], (S[0],)),
    "trapezoid": (
        lambda y: trapezoid(y, dx=0.5),
        lambda y: (y[0] + 2 * y[1] + y[2]) / 4,
        (V,),
    ),
    "vander": (
        lambda v: np.vander(v, 3),
        lambda v: np.array([[x * x, x, Fraction(1)] for x in v]),
        (V,),
    ),
    "var": (lambda x: np.var(x, axis=0), lambda x: variance(x, 0, 0), (A,)),
    "var with ddof": (lambda x: x.var(axis=1, ddof=1), lambda x: variance(x, 1, 1), (A,)),
    "vdot": (np.vdot, lambda a, b: (a * b).sum(), (A, A)),
}


def fractions(array):
    return np.array([Fraction(x) for x in array.ravel()], dtype=object).reshape(array.shape)


def as_fraction(dyadic):
    mantissa, exponent = map(int, dyadic.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def contains(ball, fraction):
    return abs(as_fraction(ball.arb.mid()) - fraction) <= as_fraction(ball.arb.rad())


def assert_equals_fractions(balls, expected):
    assert np.shape(balls) == np.shape(expected)
    elements = balls.ravel().tolist() if balls.shape else [balls]
    for ball, fraction in zip(elements, np.ravel(expected).tolist(), strict=True):
        assert isinstance(ball, Ball)
        assert contains(ball, fraction), (ball, float(fraction))
        assert ball.arb.rel_accuracy_bits() > 180


@pytest.mark.parametrize("name", CASES)
def test_result_contains_the_exact_fraction(name):
    function, exact, operands = CASES[name]
    expected = np.array(exact(*map(fractions, operands)), dtype=object)
    assert_equals_fractions(in_balls(function, *operands), expected)


def test_float_operand_beside_balls_is_taken_exactly():
    result = in_balls(lambda a: a @ B, A)
    assert_equals_fractions(result, loop_product(fractions(A), fractions(B)))


def test_product_with_an_empty_axis_is_zero():
    result = in_balls(lambda a: np.zeros((2, 0)) @ np.zeros((0, 3)) + a, A)
    assert_equals_fractions(result, fractions(A))


def test_product_with_infinities_follows_ieee():
    x = np.array([[np.inf, 1.0], [1.0, 2.0]])
    result = in_balls(lambda x: x @ np.array([[1.0, 0.0], [2.0, 1.0]]), x)
    assert np.isinf(result[0, 0])
    assert np.isnan(result[0, 1])
    assert result[1].tolist() == [5, 2]


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"\(2, 3\) and \(2, 3\)"):
        in_balls(lambda a: a @ a, A)
