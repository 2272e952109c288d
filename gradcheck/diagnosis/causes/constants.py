"""Constants that gradients are wrong by, in the words of the shapes at hand."""

from __future__ import annotations

import math
from collections.abc import Iterator

from gradcheck.diagnosis.bounded import Constant
from gradcheck.diagnosis.mismatch import Mismatch

MOST_NAMES = 3
"""A constant that means more than three things means none."""


def known_multiple(k: float) -> str:
    """Write a factor with as many digits as stand for certain.

    Examples
    --------
    >>> known_multiple(4.0), known_multiple(-1 / 3)
    ('4.000000', '-0.3333333')
    """
    return f"{k:#.7g}"


def missing_factor(ratio: Constant, mismatch: Mismatch) -> str:
    """Ask for the factor that is missing where a gradient is `ratio` times the true one.

    Empty where the constant means nothing.
    """
    if ratio.may_be(-1.0):
        return "is a sign wrong?"
    extents = _extents(mismatch).items()
    plain = [(k, f"{name} ({where})") for n, where in extents for k, name in _averages(n)]
    plain += [(2.0, "1/2"), (0.5, "2"), (-2.0, "-1/2"), (-0.5, "-2")]
    for n, where in _extents(mismatch, last_axes=True).items():
        plain += [(k, f"{name} ({where})") for k, name in _roots(n)]
    rare = [(k, f"{name} ({where})") for n, where in extents for k, name in _functions_of(n)]
    for names in (plain, rare):
        found = list(dict.fromkeys(name for k, name in names if ratio.may_be(k)))
        if found:
            return f"is a factor of {', or of '.join(found[:MOST_NAMES])} missing?"
    return ""


def factors_among_inputs(ratio: Constant, mismatch: Mismatch) -> Iterator[str]:
    """Yield the missing factors that single numbers among the inputs explain: (1 − p), 1/s."""
    for symbol, x in mismatch.evaluation.point.inputs.items():
        if x.ndim == 0 and x.dtype.kind in "fiu":
            scalings = _scalings_by(float(x), symbol)
            yield from (name for k, name in scalings if ratio.may_be(k))


def _averages(n: int) -> Iterator[tuple[float, str]]:
    """Yield ratios that a sum for a mean explains, or the other way round."""
    for sign, mark in ((1.0, ""), (-1.0, "-")):
        yield sign * n, f"{mark}1/N"
        yield sign / n, f"{mark}N"


def _roots(n: int) -> Iterator[tuple[float, str]]:
    """Yield ratios that a scaling as in attention explains."""
    for sign, mark in ((1.0, ""), (-1.0, "-")):
        yield sign * math.sqrt(n), f"{mark}1/√N"
        yield sign / math.sqrt(n), f"{mark}√N"


def _functions_of(n: int) -> Iterator[tuple[float, str]]:
    """Yield ratios that a number of entries explains, with the factor that is missing then."""
    for sign, mark in ((1.0, ""), (-1.0, "-")):
        yield sign * 2 * n, f"{mark}1/(2 N)"
        yield sign * n / 2, f"{mark}2/N"
        yield sign * 2 / n, f"{mark}N/2"
        yield sign * (n - 1) / n, f"{mark}N/(N − 1)"
        yield sign * n / (n - 1), f"{mark}(N − 1)/N"


def _scalings_by(v: float, name: str) -> Iterator[tuple[float, str]]:
    """Yield ratios that a number among the inputs explains, with the factor that is missing."""
    for sign, mark in ((1.0, ""), (-1.0, "-")):
        yield sign * v, f"{mark}1/{name}"
        yield sign * v * v, f"{mark}1/{name}²"
        yield sign * (1 - v), f"{mark}1/(1 − {name})"
        if v not in (0.0, 1.0):
            yield sign / v, f"{mark}{name}"
            yield sign / (v * v), f"{mark}{name}²"
            yield sign / (1 - v), f"{mark}(1 − {name})"


def _extents(mismatch: Mismatch, *, last_axes: bool = False) -> dict[int, str]:
    """Return numbers of entries that a layer may divide by, each with its first place."""
    point, operation = mismatch.evaluation.point, mismatch.evaluation.operation
    arrays = {**point.inputs, operation.output: point.cotangent}
    found: dict[int, str] = {}
    for symbol, array in arrays.items():
        for axis, extent in enumerate(array.shape):
            if not last_axes or 0 < axis == array.ndim - 1:
                found.setdefault(extent, f"N = {extent}, axis {axis} of {symbol}")
    for symbol, array in arrays.items():
        if array.ndim > 1 and not last_axes:
            found.setdefault(array.size, f"N = {array.size}, all of {symbol}")
    return {n: where for n, where in found.items() if n > 1}
