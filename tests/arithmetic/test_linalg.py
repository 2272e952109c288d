"""Linear algebra on balls, by the equations that define it; what needs iterations is refused."""

import mpmath
import numpy as np
import pytest
import scipy.special

from gradcheck.arithmetic import NotLiftable, in_balls, midpoint, radius

rng = np.random.default_rng(3)
M = rng.normal(size=(2, 4, 4))
P = M @ M.transpose(0, 2, 1) + np.eye(4)
P = (P + P.transpose(0, 2, 1)) / 2
B = rng.normal(size=(4, 2))
V = rng.normal(size=4)


def residual(balls):
    """Bound the greatest number in balls that should all be zero."""
    return (abs(midpoint(balls)) + radius(balls)).max()


def test_inverse_times_matrix_is_the_identity():
    assert residual(in_balls(lambda m: np.linalg.inv(m) @ m - np.eye(4), M)) < 1e-55


def test_solution_satisfies_its_equations():
    assert residual(in_balls(lambda m: m @ np.linalg.solve(m, B) - B, M)) < 1e-55


def test_solution_for_a_vector_is_a_vector():
    assert residual(in_balls(lambda m: m @ np.linalg.solve(m, V) - V, M[0])) < 1e-55


def test_cholesky_factor_times_its_transpose_is_the_matrix():
    def defect(p):
        lower = np.linalg.cholesky(p)
        return lower @ lower.swapaxes(-1, -2) - p

    assert residual(in_balls(defect, P)) < 1e-55


def test_cholesky_factor_is_lower_triangular_with_positive_diagonal():
    lower = in_balls(np.linalg.cholesky, P[0])
    assert np.all(lower[np.triu_indices(4, 1)] == 0)
    assert np.all(np.diag(lower) > 0)


def test_slogdet_agrees_with_the_determinant():
    def defect(m):
        sign, logarithm = np.linalg.slogdet(m)
        return sign * np.exp(logarithm) - np.linalg.det(m)

    assert residual(in_balls(defect, M)) < 1e-50


def test_slogdet_of_a_singular_matrix_is_minus_infinity():
    result = in_balls(lambda m: np.linalg.slogdet(m).logabsdet, np.ones((2, 2)))
    assert midpoint(result) == -np.inf


def test_singular_matrix_is_refused_as_numpy_refuses_it():
    with pytest.raises(np.linalg.LinAlgError, match="Singular matrix"):
        in_balls(np.linalg.inv, np.ones((2, 2)))


def test_indefinite_matrix_has_no_cholesky_factor():
    with pytest.raises(np.linalg.LinAlgError, match="not positive definite"):
        in_balls(np.linalg.cholesky, -P[0])


NORMS = {
    "default": (lambda x: np.linalg.norm(x), lambda x: mpmath.norm(x.ravel().tolist())),
    "1": (lambda x: np.linalg.norm(x, 1), lambda x: mpmath.mnorm(mpmath.matrix(x.tolist()), 1)),
    "inf": (
        lambda x: np.linalg.norm(x, np.inf),
        lambda x: mpmath.mnorm(mpmath.matrix(x.tolist()), mpmath.inf),
    ),
    "fro": (
        lambda x: np.linalg.norm(x, "fro"),
        lambda x: mpmath.norm(x.ravel().tolist()),
    ),
    "3 of a vector": (
        lambda x: np.linalg.norm(x[0], 3),
        lambda x: mpmath.norm(x[0].tolist(), 3),
    ),
    "inf of a vector": (
        lambda x: np.linalg.norm(x[0], np.inf),
        lambda x: mpmath.norm(x[0].tolist(), mpmath.inf),
    ),
    "axis": (
        lambda x: np.linalg.norm(x, axis=1)[2],
        lambda x: mpmath.norm(x[2].tolist()),
    ),
    "axis and keepdims": (
        lambda x: np.linalg.norm(x, 1, axis=0, keepdims=True)[0, 1],
        lambda x: mpmath.norm(x[:, 1].tolist(), 1),
    ),
    "logsumexp": (
        lambda x: scipy.special.logsumexp(x, axis=1)[1],
        lambda x: mpmath.log(sum(map(mpmath.exp, x[1].tolist()))),
    ),
    "softmax": (
        lambda x: scipy.special.softmax(x, axis=1)[1, 2],
        lambda x: mpmath.exp(x[1, 2]) / sum(map(mpmath.exp, x[1].tolist())),
    ),
    "log_softmax": (
        lambda x: scipy.special.log_softmax(x, axis=1)[1, 2],
        lambda x: mpmath.log(mpmath.exp(x[1, 2]) / sum(map(mpmath.exp, x[1].tolist()))),
    ),
    "std": (
        lambda x: x.std(axis=1)[0],
        lambda x: mpmath.sqrt(sum((v - sum(map(mpmath.mpf, x[0])) / 4) ** 2 for v in x[0]) / 4),
    ),
    "logaddexp.reduce": (
        lambda x: np.logaddexp.reduce(x, axis=1)[1],
        lambda x: mpmath.log(sum(map(mpmath.exp, x[1].tolist()))),
    ),
}


@pytest.mark.parametrize("name", NORMS)
def test_norm_or_logsumexp_equals_that_of_mpmath(name):
    function, true = NORMS[name]
    result = in_balls(function, M[0])
    with mpmath.workdps(80):
        matrix = np.array([[mpmath.mpf(v) for v in row] for row in M[0].tolist()])
        mantissa, exponent = map(int, result.arb.mid().man_exp())
        assert abs(mantissa * mpmath.mpf(2) ** exponent - true(matrix)) < 1e-55


@pytest.mark.parametrize("order", [2, "nuc"])
def test_norm_by_singular_values_is_refused(order):
    with pytest.raises(NotLiftable, match="singular values"):
        in_balls(lambda m: np.linalg.norm(m, order), M[0])
