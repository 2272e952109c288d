"""What cannot be had in balls is refused by name with a reason, and never computed in 53 bits."""

import math

import numpy as np
import pytest
import scipy.special

from gradcheck.arithmetic import NotLiftable, in_balls, to_balls

X = np.array([[0.1, -2.5, 3.25], [4.75, 0.3, -6.0]])
S = X @ X.T
FIXED_BUFFER = np.zeros(X.shape)

# name: (what the code does, what the message must say)
REFUSED = {
    "angle": (lambda x: np.angle(x), "numpy.angle on balls: its result is complex"),
    "array of float32": (lambda x: np.array(x, dtype=np.float32), "cast of balls to float32"),
    "astype complex": (lambda x: x.astype(complex), "cast of balls to complex128"),
    "astype float16": (lambda x: x.astype(np.float16), "cast of balls to float16"),
    "astype float32": (lambda x: x.astype(np.float32), "cast of balls to float32"),
    "complex constant": (lambda x: np.exp(1j * x), "complex"),
    "complex array": (lambda x: x * np.array([1j, 0, 0]), "complex128 holds no real numbers"),
    "cov": (lambda x: np.cov(x), "numpy.cov on balls"),
    "dtype float32": (lambda x: np.sum(x, dtype=np.float32), "dtype=float32 would drop bits"),
    "fft": (lambda x: np.fft.fft(x), "fft on balls: its result is complex"),
    "float": (lambda x: float(x.sum()), "53 bits"),
    "float of an array": (lambda x: float(x[0, :1].reshape(())), "53 bits"),
    "float32 buffer": (lambda x: np.add(np.zeros(3, np.float32), x[0], out=FIXED_BUFFER), "out="),
    "frexp": (lambda x: np.frexp(x), "numpy.frexp on balls: it is about the bits of float64"),
    "histogram": (lambda x: np.histogram(x), "numpy.histogram on balls"),
    "i0": (lambda x: np.i0(x), "numpy.i0 on balls: it works with constants"),
    "interp": (lambda x: np.interp(x[0], [0, 1], [0, 1]), "numpy.interp on balls"),
    "ldexp": (lambda x: np.ldexp(x, 2), "numpy.ldexp on balls"),
    "linalg.eigh": (lambda x: np.linalg.eigh(x @ x.T), "numpy.linalg.eigh on balls: .* LAPACK"),
    "linalg.eig": (lambda x: np.linalg.eig(x @ x.T), "numpy.linalg.eig on balls: .* LAPACK"),
    "linalg.lstsq": (lambda x: np.linalg.lstsq(x, x), "numpy.linalg.lstsq on balls: .* LAPACK"),
    "linalg.pinv": (lambda x: np.linalg.pinv(x), "numpy.linalg.pinv on balls: .* LAPACK"),
    "linalg.qr": (lambda x: np.linalg.qr(x), "numpy.linalg.qr on balls: .* LAPACK"),
    "linalg.svd": (lambda x: np.linalg.svd(x), "numpy.linalg.svd on balls: .* LAPACK"),
    "math.exp": (lambda x: math.exp(x[0, 0]), "call np.exp for math.exp"),
    "nextafter": (lambda x: np.nextafter(x, 1), "numpy.nextafter on balls"),
    "percentile": (lambda x: np.percentile(x, 30), "numpy.percentile on balls"),
    "special.gamma": (lambda x: scipy.special.gamma(x), "gamma on balls: it has no counterpart"),
    "spacing": (lambda x: np.spacing(x), "numpy.spacing on balls"),
    "unique": (lambda x: np.unique(x), "numpy.unique on balls"),
}


def into_fixed_buffer(x):
    FIXED_BUFFER[...] = x
    return FIXED_BUFFER


def element_into_fixed_buffer(x):
    FIXED_BUFFER[0, 0] = x[0, 0]
    return FIXED_BUFFER


def added_to_fixed_buffer(x):
    total = FIXED_BUFFER
    total += x
    return total


def added_at_fixed_buffer(x):
    np.add.at(FIXED_BUFFER, 0, x[0])
    return FIXED_BUFFER


def copied_to_fixed_buffer(x):
    np.copyto(FIXED_BUFFER, x)
    return FIXED_BUFFER


def float32_buffer(x):
    out = np.zeros(x.shape, dtype=np.float32)
    out[:] = x
    return out


INTO_FLOATS = [
    into_fixed_buffer,
    element_into_fixed_buffer,
    added_to_fixed_buffer,
    added_at_fixed_buffer,
    copied_to_fixed_buffer,
    float32_buffer,
]


@pytest.mark.parametrize("name", REFUSED)
def test_refusal_names_the_function_and_the_reason(name):
    function, message = REFUSED[name]
    with pytest.raises(NotLiftable, match=message):
        in_balls(function, X)


@pytest.mark.parametrize("function", INTO_FLOATS)
def test_float_buffer_from_outside_refuses_balls(function):
    with pytest.raises(NotLiftable, match=r"53 bits|do not fit into an array of float64"):
        in_balls(function, X)


def test_float_conversion_outside_lifted_code_is_refused():
    with pytest.raises((NotLiftable, ValueError)):
        np.asarray(to_balls(X), dtype=np.float64)


def test_function_that_nobody_entered_is_refused():
    with pytest.raises(NotLiftable, match=r"numpy\.corrcoef on balls: it has no counterpart"):
        in_balls(np.corrcoef, X)


def test_errors_of_the_code_itself_pass():
    def refuses_negatives(x):
        raise ValueError("x must be positive")

    with pytest.raises(ValueError, match="x must be positive"):
        in_balls(refuses_negatives, X)
