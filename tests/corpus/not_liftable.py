"""Code that runs in float64 only: casts, C and Fortran routines, the math module."""

import math
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


def _single_precision_dense(x, w):
    z = x.astype(np.float32) @ w.astype(np.float32)
    return np.tanh(z).astype(np.float64)


def _single_precision_dense_gradient(cotangent, x, w):
    delta_z = cotangent / np.cosh(x @ w) ** 2
    return delta_z @ w.T, x.T @ delta_z


def _single_energy(x):
    return float(np.sum(np.float32(x) ** 2, dtype=np.float32))


def _single_energy_gradient(cotangent, x):
    return (2.0 * cotangent * x,)


def _bessel(x):
    return scipy.special.jv(1, x)


def _bessel_gradient(cotangent, x):
    return (cotangent * 0.5 * (scipy.special.jv(0, x) - scipy.special.jv(2, x)),)


def _poisson_loss(rate, count):
    return np.sum(rate - count * np.log(rate) + scipy.special.gammaln(count + 1.0))


def _poisson_loss_gradient(cotangent, rate, count):
    by_count = scipy.special.digamma(count + 1.0) - np.log(rate)
    return cotangent * (1.0 - count / rate), cotangent * by_count


def _smoothing(x, kernel):
    return scipy.signal.convolve(x, kernel, mode="valid")


def _smoothing_gradient(cotangent, x, kernel):
    by_kernel = scipy.signal.correlate(x, cotangent, mode="valid")[::-1]
    return scipy.signal.correlate(cotangent, kernel, mode="full"), by_kernel


def _gaussian_blur(x):
    return scipy.ndimage.gaussian_filter1d(x, 0.8, mode="wrap")


def _gaussian_blur_gradient(cotangent, x):
    return (scipy.ndimage.gaussian_filter1d(cotangent, 0.8, mode="wrap"),)


KNOTS = np.linspace(-2.0, 2.0, 9)


SPLINE = scipy.interpolate.CubicSpline(KNOTS, np.round(np.cos(2.0 * KNOTS), 3))


def _spline(x):
    return SPLINE(x)


def _spline_gradient(cotangent, x):
    return (cotangent * SPLINE(x, 1),)


def _power_spectrum(x):
    return np.abs(np.fft.fft(x)) ** 2


def _power_spectrum_gradient(cotangent, x):
    return (2.0 * x.size * np.real(np.fft.ifft(cotangent * np.fft.fft(x))),)


def _elementwise_math(x):
    return np.array([math.exp(math.sin(v)) + math.erf(v) for v in x])


def _elementwise_math_gradient(cotangent, x):
    bell = [2.0 / math.sqrt(math.pi) * math.exp(-v * v) for v in x]
    wave = [math.exp(math.sin(v)) * math.cos(v) for v in x]
    return (cotangent * (np.array(bell) + np.array(wave)),)


def _integral(x):
    return np.array([scipy.integrate.quad(lambda t: math.exp(-t * t), 0.0, v)[0] for v in x])


def _integral_gradient(cotangent, x):
    return (cotangent * np.exp(-(x**2)),)


def _cubic(x, a):
    return x**3 + a * x - 1.0


def _root(a):
    return np.array([scipy.optimize.brentq(_cubic, 0.0, 1.0, args=(v,)) for v in a])


def _root_gradient(cotangent, a):
    x = _root(a)
    for _ in range(2):
        x = x - _cubic(x, a) / (3.0 * x**2 + a)
    return (-cotangent * x / (3.0 * x**2 + a),)


NOT_LIFTABLE = (
    _entry(
        "dense layer in float32",
        "The forward keeps seven digits, the backward sixteen.",
        _single_precision_dense,
        _single_precision_dense_gradient,
        (draw(13, 3, 4), draw(14, 4, 2)),
    ),
    _entry(
        "energy summed in float32",
        "The result is a Python float that went through float32.",
        _single_energy,
        _single_energy_gradient,
        (draw(15, 6),),
    ),
    _entry(
        "Bessel function",
        "scipy.special.jv is compiled code for float64.",
        _bessel,
        _bessel_gradient,
        (np.array([0.4, 3.3, -7.9]),),
    ),
    _entry(
        "Poisson loss with gammaln",
        "The gradient needs digamma, the forward its integral.",
        _poisson_loss,
        _poisson_loss_gradient,
        (np.array([0.3, 2.2, 9.0]), np.array([1.0, 2.0, 7.5])),
    ),
    _entry(
        "convolution by scipy.signal",
        "It may choose the FFT, whose rounding depends on all entries.",
        _smoothing,
        _smoothing_gradient,
        (draw(18, 9), draw(19, 3)),
    ),
    _entry(
        "Gaussian blur by scipy.ndimage",
        "Compiled code with a cyclic border, which is its own adjoint.",
        _gaussian_blur,
        _gaussian_blur_gradient,
        (draw(20, 8),),
    ),
    _entry(
        "cubic spline",
        "The third derivative jumps at every knot.",
        _spline,
        _spline_gradient,
        (np.array([-1.49, 0.01, 0.6, 1.87]),),
    ),
    _entry(
        "power spectrum",
        "Complex numbers inside, real ones outside.",
        _power_spectrum,
        _power_spectrum_gradient,
        (draw(21, 8),),
    ),
    _entry(
        "math functions element by element",
        "The math module turns everything into a float.",
        _elementwise_math,
        _elementwise_math_gradient,
        (np.array([0.2, -1.3, 2.4]),),
    ),
    _entry(
        "integral by adaptive quadrature",
        "The subdivision depends on the input.",
        _integral,
        _integral_gradient,
        (np.array([0.3, 1.2, 2.7]),),
    ),
    _entry(
        "root by bracketing",
        "The result is a root up to 2e-12, and the last steps depend on the input.",
        _root,
        _root_gradient,
        (np.array([0.5, 1.5, 4.0]),),
    ),
)
