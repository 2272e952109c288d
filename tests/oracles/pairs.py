"""Functions with their derivatives: the function in float64, the derivative in 60 digits.

The derivative is a formula of its own, evaluated by mpmath at exactly the float64 point; it shares
nothing with the oracles.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath as mp
import numpy as np
import pytest

ORDINARY = (1.0, -1.0, 0.5, 3.3, -0.7, 0.02, 1e-5, 2.0)
POSITIVE = (1.0, 0.5, 3.3, 0.02, 1e-5, 1e-8, 1e8, 1e-300)
ANYWHERE = (0.0, 1e-8, -1e-8, 1e8, *ORDINARY)


@dataclass(frozen=True)
class Pair:
    """A function, its derivative, and points at which both are defined."""

    name: str
    g: Callable[[Any], Any]
    slope: Callable[[Any], Any]
    points: tuple[float, ...]

    def true_slope(self, x: float) -> mp.mpf:
        """Return the derivative to 60 digits."""
        with mp.workdps(60):
            return mp.mpf(self.slope(mp.mpf(x)))

    def miss(self, x: float, value: float) -> float:
        """Return how far `value` is from the derivative at `x`."""
        with mp.workdps(60):
            return float(abs(mp.mpf(float(value)) - self.true_slope(x)))


def scrambled(x: float) -> float:
    """Return a number in [-1, 1) that depends on every bit of x: noise that repeats itself."""
    return zlib.crc32(np.float64(x).tobytes()) / 2.0**31 - 1


SMOOTH = (
    Pair("sin", np.sin, mp.cos, ANYWHERE),
    Pair("cos", np.cos, lambda x: -mp.sin(x), ANYWHERE),
    Pair("exp", np.exp, mp.exp, ORDINARY),
    Pair("expm1", np.expm1, mp.exp, ORDINARY),
    Pair("log", np.log, lambda x: 1 / x, POSITIVE),
    Pair("log1p", np.log1p, lambda x: 1 / (1 + x), POSITIVE),
    Pair("sqrt", np.sqrt, lambda x: 1 / (2 * mp.sqrt(x)), POSITIVE),
    Pair("cbrt", np.cbrt, lambda x: mp.cbrt(x) / (3 * x), POSITIVE),
    Pair("reciprocal", lambda x: 1 / x, lambda x: -1 / x**2, (*POSITIVE[:-1], -2.0)),
    Pair("tanh", np.tanh, lambda x: mp.sech(x) ** 2, ORDINARY),
    Pair("arctan", np.arctan, lambda x: 1 / (1 + x**2), ANYWHERE),
    Pair("arcsinh", np.arcsinh, lambda x: 1 / mp.sqrt(1 + x**2), ANYWHERE),
    Pair("arccos", np.arccos, lambda x: -1 / mp.sqrt(1 - x**2), (0.0, 0.5, -0.7, 0.999)),
    Pair("cosh", np.cosh, mp.sinh, ORDINARY),
    Pair("square", np.square, lambda x: 2 * x, ANYWHERE),
    Pair("cubic", lambda x: x**3 - x, lambda x: 3 * x**2 - 1, ORDINARY),
    Pair("tenth power", lambda x: x**10, lambda x: 10 * x**9, (1.0, -1.0, 0.5, 3.3, -0.7, 2.0)),
    Pair("line", lambda x: 3 * x + 1, lambda x: mp.mpf(3), ANYWHERE),
    Pair("constant", lambda x: 3.0 + 0 * x, lambda x: mp.mpf(0), ANYWHERE),
    Pair("x^(3/2)", lambda x: x * np.sqrt(x), lambda x: 1.5 * mp.sqrt(x), POSITIVE),
    Pair("x log x", lambda x: x * np.log(x), lambda x: mp.log(x) + 1, POSITIVE),
    Pair(
        "sigmoid",
        lambda x: 1 / (1 + np.exp(-x)),
        lambda x: mp.exp(-x) / (1 + mp.exp(-x)) ** 2,
        ORDINARY,
    ),
    Pair("softplus", lambda x: np.logaddexp(0, x), lambda x: 1 / (1 + mp.exp(-x)), ORDINARY),
    Pair("Gauss", lambda x: np.exp(-x * x), lambda x: -2 * x * mp.exp(-x * x), ORDINARY),
    Pair(
        "Runge", lambda x: 1 / (1 + 25 * x * x), lambda x: -50 * x / (1 + 25 * x**2) ** 2, ORDINARY
    ),
    Pair("sin x²", lambda x: np.sin(x * x), lambda x: 2 * x * mp.cos(x**2), ORDINARY),
    Pair("sin 1/x", lambda x: np.sin(1 / x), lambda x: -mp.cos(1 / x) / x**2, ORDINARY[:-2]),
    Pair(
        "exp(sin 3x)",
        lambda x: np.exp(np.sin(3 * x)),
        lambda x: 3 * mp.cos(3 * x) * mp.exp(mp.sin(3 * x)),
        ORDINARY,
    ),
)

AWKWARD = (
    Pair("sin 1e5x", lambda x: np.sin(1e5 * x), lambda x: 1e5 * mp.cos(100000 * x), ORDINARY),
    Pair("tanh 1e3x", lambda x: np.tanh(1e3 * x), lambda x: 1e3 * mp.sech(1000 * x) ** 2, ANYWHERE),
    Pair("exp 30x", lambda x: np.exp(30 * x), lambda x: 30 * mp.exp(30 * x), (1.0, -1.0, 10.0)),
    Pair("sin + 1e10", lambda x: np.sin(x) + 1e10, mp.cos, ORDINARY),
    Pair("(sin + 1e10) - 1e10", lambda x: (np.sin(x) + 1e10) - 1e10, mp.cos, (*ORDINARY, 0.0)),
    Pair("float32 input", lambda x: float(np.sin(np.float32(x))), mp.cos, (*ORDINARY, 0.0, 1e3)),
    Pair(
        "float32 output",
        lambda x: float(np.float32(3 * np.tanh(x))),
        lambda x: 3 * mp.sech(x) ** 2,
        (*ORDINARY, 0.0, 1e-8),
    ),
    Pair(
        "relative noise of 1e-8",
        lambda x: np.sin(x) * (1 + 1e-8 * scrambled(x)),
        mp.cos,
        (*ORDINARY, 1e-8),
    ),
    Pair(
        "fast ripple of 1e-3",
        lambda x: x + 1e-3 * np.sin(1e5 * x),
        lambda x: 1 + mp.mpf(1e-3) * 100000 * mp.cos(100000 * x),
        ORDINARY,
    ),
    Pair(
        "fast ripple of 1e-9",
        lambda x: x + 1e-9 * np.sin(1e5 * x),
        lambda x: 1 + mp.mpf(1e-9) * 100000 * mp.cos(100000 * x),
        ORDINARY,
    ),
    Pair(
        "(1 - cos x) / x²",
        lambda x: (1 - np.cos(x)) / (x * x),
        lambda x: mp.sin(x) / x**2 - 2 * (1 - mp.cos(x)) / x**3,
        (*ORDINARY, 1e-8),
    ),
    Pair(
        "ReLU beside its kink",
        lambda x: np.maximum(x, 0),
        lambda x: mp.mpf(x > 0),
        (-1e-3, 1e-3, -1e-8, 1e-8, -1e-12, 1e-12, 1e-300),
    ),
    Pair("abs beside its kink", abs, mp.sign, (-1e-3, 1e-3, -1e-8, 1e-8, -1e-12, 1e-12, 1e-300)),
    Pair(
        "1 + ReLU beside its kink",
        lambda x: 1 + np.maximum(x - 1, 0),
        lambda x: mp.mpf(x > 1),
        (1 + 1e-3, 1 - 1e-3, 1 + 1e-6, 1 - 1e-6, 1 - 1e-9),
    ),
    Pair(
        "small kink",
        lambda x: x + 1e-6 * abs(x - 1e-3),
        lambda x: 1 + mp.mpf(1e-6) * mp.sign(x - mp.mpf(1e-3)),
        ORDINARY,
    ),
    Pair("x / 1e300", lambda x: x / 1e300, lambda x: 1 / mp.mpf(1e300), (1e300, -1e300, 1.7e308)),
    Pair("1e300 x", lambda x: 1e300 * x, lambda x: mp.mpf(1e300), (5e-324, -1e-310, 1e-200)),
)


def cases(pairs: tuple[Pair, ...]) -> list[Any]:
    """Return every function with every one of its points, as pytest parameters."""
    return [
        pytest.param(pair, x, id=f"{pair.name} at {x:g}") for pair in pairs for x in pair.points
    ]
