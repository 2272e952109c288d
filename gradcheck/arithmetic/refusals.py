"""Why a NumPy function is refused, and what to do instead, where more can be said than its name."""

from __future__ import annotations

from gradcheck.arithmetic.dispatch import REASONS

_ITERATION = "it is an iteration in LAPACK, which works on float64 only"
_COMPLEX = "its result is complex and balls are real; split real and imaginary part"
_FLOAT_BITS = "it is about the bits of float64, which a ball has not"
_ROUNDED = "it works with constants that are rounded to float64"

REASONS.update(
    dict.fromkeys(("svd", "eig", "eigh", "eigvals", "eigvalsh", "qr", "svdvals"), _ITERATION),
)
REASONS.update(dict.fromkeys(("pinv", "lstsq", "matrix_rank", "cond", "polyfit"), _ITERATION))
REASONS.update(dict.fromkeys(("angle", "sort_complex", "roots"), _COMPLEX))
REASONS.update(dict.fromkeys(("fft", "ifft", "rfft", "irfft", "fft2", "fftn"), _COMPLEX))
REASONS.update(dict.fromkeys(("nextafter", "spacing", "frexp", "ldexp"), _FLOAT_BITS))
REASONS.update(dict.fromkeys(("i0", "interp", "percentile", "quantile"), _ROUNDED))
