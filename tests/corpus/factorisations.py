"""Linear algebra by LAPACK, which runs in float64 only."""

from functools import partial

import numpy as np
import scipy.integrate
import scipy.interpolate
import scipy.linalg
import scipy.ndimage
import scipy.optimize
import scipy.signal
import scipy.special

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "not liftable")


def _forward_substitution(lower, b):
    return scipy.linalg.solve_triangular(lower, b, lower=True)


def _forward_substitution_gradient(cotangent, lower, b):
    x = _forward_substitution(lower, b)
    g = scipy.linalg.solve_triangular(lower, cotangent, lower=True, trans="T")
    return -np.tril(np.outer(g, x)), g


def _eigenvalues(a):
    return np.linalg.eigvalsh(0.5 * (a + a.T))


def _eigenvalues_gradient(cotangent, a):
    _, v = np.linalg.eigh(0.5 * (a + a.T))
    return ((v * cotangent) @ v.T,)


def _nuclear_norm(a):
    return np.linalg.svd(a, compute_uv=False).sum()


def _nuclear_norm_gradient(cotangent, a):
    u, _, vt = np.linalg.svd(a, full_matrices=False)
    return (cotangent * (u @ vt),)


def _log_determinant(a):
    return np.linalg.slogdet(a)[1]


def _log_determinant_gradient(cotangent, a):
    return (cotangent * np.linalg.inv(a).T,)


def _linear_system(a, b):
    return np.linalg.solve(a, b)


def _linear_system_gradient(cotangent, a, b):
    g = np.linalg.solve(a.T, cotangent)
    return -np.outer(g, np.linalg.solve(a, b)), g


def _hilbert(n):
    i = np.arange(n)
    return 1.0 / (i[:, None] + i[None, :] + 1.0)


FACTORISATIONS = (
    _entry(
        "triangular solve",
        "LAPACK reads one triangle: the gradient of the other one is exactly 0.",
        _forward_substitution,
        _forward_substitution_gradient,
        (np.tril(draw(16, 4, 4)) + 3.0 * np.eye(4), draw(17, 4)),
    ),
    _entry(
        "eigenvalues of a symmetric matrix",
        "LAPACK, sorted, and symmetrised first.",
        _eigenvalues,
        _eigenvalues_gradient,
        (draw(22, 3, 3),),
    ),
    _entry(
        "nuclear norm",
        "The singular vectors have arbitrary signs that cancel in the gradient.",
        _nuclear_norm,
        _nuclear_norm_gradient,
        (draw(23, 4, 2),),
    ),
    _entry(
        "logarithm of a determinant",
        "LAPACK factorises in the forward and inverts in the backward.",
        _log_determinant,
        _log_determinant_gradient,
        (draw(24, 3, 3) + 2.0 * np.eye(3),),
    ),
    _entry(
        "linear system of condition 1e7",
        "A Hilbert matrix: nine digits survive in value and gradient.",
        _linear_system,
        _linear_system_gradient,
        (_hilbert(6), draw(25, 6)),
    ),
)
