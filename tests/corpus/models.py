"""What the unliftable and the noisy forwards compute, written for numbers of any precision.

`MODELS[name](*inputs)` is the function of which the entry of that name claims to have the gradient.
"""

import mpmath
import numpy as np

from tests.corpus import noisy, not_liftable
from tests.corpus.multiprecision import Real, elementwise

_SIN_EXP = elementwise(lambda x: mpmath.exp(mpmath.sin(x)))
_LOG_GAMMA = elementwise(mpmath.loggamma)


def _kepler(mean_anomaly, eccentricity):
    """Solve by Newton's iteration, whose digits double each time."""
    e = mean_anomaly
    for _ in range(14):
        residual = e - eccentricity * np.sin(e) - mean_anomaly
        e = e - residual / (1 - eccentricity * np.cos(e))
    return e


def _cubic_root(a):
    """Solve x³ + ax = 1 by Newton's iteration."""
    x = 1 / (1 + a)
    for _ in range(16):
        x = x - (x**3 + a * x - 1) / (3 * x**2 + a)
    return x


def _solve(a, b):
    """Solve by elimination, which needs no pivot for the matrices of the corpus."""
    a, b = a.copy(), b.copy()
    for i in range(len(b)):
        for row in range(len(b)):
            if row != i:
                factor = a[row, i] / a[i, i]
                a[row] = a[row] - factor * a[i]
                b[row] = b[row] - factor * b[i]
    return b / np.diag(a)


def _gaussian_blur(x):
    """Blur cyclically by the normalised Gauss weights that scipy.ndimage documents.

    They are cut at four standard deviations, which is three entries here.
    """
    weights = {d: Real(mpmath.exp(-mpmath.mpf(d * d) / (2 * 0.8**2))) for d in range(-3, 4)}
    return sum(weight * np.roll(x, d) for d, weight in weights.items()) / sum(weights.values())


def _power_spectrum(x):
    """Return |F x|² from the real and the imaginary part of the Fourier matrix."""
    n = len(x)
    angles = np.outer(np.arange(n), np.arange(n)) % n * Real(2 * mpmath.pi / n)
    return (np.cos(angles) @ x) ** 2 + (np.sin(angles) @ x) ** 2


def _eigenvalues(a):
    """Return the roots of the characteristic cubic by the trigonometric formula, ascending."""
    s = (a + a.T) / 2
    mean = np.trace(s) / 3
    centred = s - mean * np.eye(3)
    p = np.sqrt((centred**2).sum() / 6)
    angle = np.arccos(_determinant(centred) / (2 * p**3)) / 3
    thirds = angle + np.array([1, 2, 0]) * Real(2 * mpmath.pi / 3)
    return mean + 2 * p * np.cos(thirds)


def _determinant(a):
    """Expand a 3×3 determinant along its first row."""
    minors = a[1, [1, 2, 0]] * a[2, [2, 0, 1]] - a[1, [2, 0, 1]] * a[2, [1, 2, 0]]
    return a[0] @ minors


def _nuclear_norm(a):
    """Return s1 + s2 as the root of (s1 + s2)² = s1² + s2² + 2 s1 s2."""
    gram = a.T @ a
    product = np.sqrt(gram[0, 0] * gram[1, 1] - gram[0, 1] ** 2)
    return np.sqrt(np.trace(gram) + 2 * product)


def _spline(x):
    """Evaluate the cubic piece that scipy's coefficients describe."""
    piece = np.searchsorted(not_liftable.KNOTS, [float(v.value) for v in x]) - 1
    t, c = x - not_liftable.KNOTS[piece], not_liftable.SPLINE.c[:, piece]
    return ((c[0] * t + c[1]) * t + c[2]) * t + c[3]


def _table(x):
    i = np.searchsorted(noisy.TABLE_AT, [float(v.value) for v in x]) - 1
    width = noisy.TABLE_AT[i + 1] - noisy.TABLE_AT[i]
    return noisy.TABLE[i] + (x - noisy.TABLE_AT[i]) / width * (noisy.TABLE[i + 1] - noisy.TABLE[i])


MODELS = {
    "dense layer in float32": lambda x, w: np.tanh(x @ w),
    "energy summed in float32": lambda x: np.sum(x**2),
    "Bessel function": elementwise(lambda x: mpmath.besselj(1, x)),
    "Poisson loss with gammaln": lambda rate, count: np.sum(
        rate - count * np.log(rate) + _LOG_GAMMA(count + 1)
    ),
    "triangular solve": lambda lower, b: _solve(np.tril(lower), b),
    "convolution by scipy.signal": lambda x, kernel: np.array(
        [kernel[::-1] @ x[i : i + 3] for i in range(7)]
    ),
    "Gaussian blur by scipy.ndimage": _gaussian_blur,
    "cubic spline": _spline,
    "power spectrum": _power_spectrum,
    "math functions element by element": elementwise(
        lambda x: mpmath.exp(mpmath.sin(x)) + mpmath.erf(x)
    ),
    "eigenvalues of a symmetric matrix": _eigenvalues,
    "nuclear norm": _nuclear_norm,
    "logarithm of a determinant": lambda a: np.log(np.abs(_determinant(a))),
    "linear system of condition 1e7": _solve,
    "integral by adaptive quadrature": elementwise(
        lambda x: mpmath.erf(x) * mpmath.sqrt(mpmath.pi) / 2
    ),
    "root by bracketing": _cubic_root,
    "noise of 1e-8 from a hash": _SIN_EXP,
    "noise of 1e-8 from a generator": lambda x: np.sum(x**2),
    "Kepler's equation by a fixed point stopped at 1e-8": _kepler,
    "square root by iteration stopped at 1e-8": lambda x: np.sqrt(x),
    "linear system by relaxation stopped at 1e-8": _solve,
    "table with linear interpolation": _table,
    "result rounded to eight decimals": lambda x: np.exp(x),
    "result through a text of ten digits": lambda x: np.log(x),
    "output as a Python float": lambda x: np.sum(x**2),
}
