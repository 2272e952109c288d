"""Evaluating a stranger's function at probe points, without surprises.

A probe point may lie outside the function's domain: there an exception counts as nan. At the
point itself nothing is hidden.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import numpy as np

Function: TypeAlias = Callable[[Any], Any]
# A float or a numpy.longdouble; both obey the same arithmetic, which a union does not express.
Real: TypeAlias = float


@dataclass(frozen=True, slots=True)
class Precision:
    """A kind of real number: what the function receives, and what we compute with."""

    name: str
    scalar: type[np.floating[Any]]
    number: Callable[[Any], Real]
    eps: float


# Python's own floats are three times as fast as NumPy's scalars and equal to float64 bit by bit.
DOUBLE = Precision("float64", np.float64, float, float(np.finfo(np.float64).eps))
EXTENDED = Precision(
    "longdouble",
    np.longdouble,
    cast("Callable[[Any], Real]", np.longdouble),
    float(np.finfo(np.longdouble).eps),
)


@contextmanager
def quietly() -> Iterator[None]:
    """No warnings from probe points: the user asked about one point, not about its neighbours."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


class Probe:
    """A function of one real number, evaluated around a point.

    Parameters
    ----------
    g : callable
        From a number to a number.
    x : float
        The point. An exception of `g` there is raised again, with `x` in a note.
    precision : Precision
        The numbers that `g` is given.

    Raises
    ------
    ValueError
        If `x` is not finite or ``g(x)`` is not a single real number.

    """

    def __init__(self, g: Function, x: float, precision: Precision = DOUBLE) -> None:
        if not np.isfinite(x):
            raise ValueError(f"x must be finite to differentiate there, but x = {x!r}")
        self.g = g
        self.precision = precision
        self.x: Real = precision.number(x)
        result = np.asarray(value_at_point(g, precision.scalar(x)))
        self.dtype = result.dtype
        self.centre: Real = precision.number(result.reshape(())[()])
        self.eps: float = max(precision.eps, _eps(result.dtype))

    def __call__(self, t: Real) -> Real:
        """Return g(t), or nan where `g` fails: outside its domain."""
        if not np.isfinite(t):
            return self.precision.number("nan")
        try:
            return self.precision.number(np.asarray(self.g(self.precision.scalar(t))).item())
        except Exception:  # whatever a stranger's function raises outside its domain
            return self.precision.number("nan")


def value_at_point(function: Function, x: Any) -> Any:
    """Return ``function(x)``; where that fails, fail in words that name x."""
    try:
        result = function(x)
    except Exception as error:
        error.add_note(f"raised by the function under test at x = {x}")
        raise
    if np.size(result) != 1 or np.iscomplexobj(result):
        raise ValueError(
            f"the function must return one real number, but at x = {x} it returned {result!r}: "
            "sum its output, or weight it with a cotangent"
        )
    return result


def _eps(dtype: np.dtype[Any]) -> float:
    """Spacing of the result's own kind of float: a float32 result is rounded to float32."""
    return float(np.finfo(dtype).eps) if dtype.kind == "f" else 0.0
