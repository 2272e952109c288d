"""Numbers that carry the rounding to which their computation is entitled.

Running error analysis: next to every value goes a bound of what rounding has done to it so far, to
first order, in the loops of the scalar form itself.  N. J. Higham, Accuracy and Stability of
Numerical Algorithms (2nd edition, 2002), section 3.3.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

UNIT_ROUNDOFF = 2.0**-53
ULP_OF_A_LIBRARY = 2 * UNIT_ROUNDOFF  # libraries promise elementary functions to about one ulp
UNDERFLOW = 2.0**-1074  # what may be lost below the smallest normal number


class Rounded:
    """A float and a bound of its rounding error.

    Parameters
    ----------
    value : float
        What float64 gives.
    error : float, optional
        How far it may be off; one rounding of the value if left out, as for an input.
    """

    def __init__(self, value: float, error: float | None = None) -> None:
        self.value = value
        self.error = abs(value) * UNIT_ROUNDOFF if error is None else error

    def _rounded(self, value: float, propagated: float) -> Rounded:
        return Rounded(value, propagated + abs(value) * UNIT_ROUNDOFF + UNDERFLOW)

    def _function(self, value: float, slope: float) -> Rounded:
        propagated = abs(slope) * self.error
        return Rounded(value, propagated + abs(value) * ULP_OF_A_LIBRARY + UNDERFLOW)

    def __add__(self, other: Rounded | float) -> Rounded:
        other = as_rounded(other)
        return self._rounded(self.value + other.value, self.error + other.error)

    def __mul__(self, other: Rounded | float) -> Rounded:
        other = as_rounded(other)
        propagated = abs(self.value) * other.error + abs(other.value) * self.error
        propagated += self.error * other.error  # all there is where both values are zero
        return self._rounded(self.value * other.value, propagated)

    def __truediv__(self, other: Rounded | float) -> Rounded:
        other = as_rounded(other)
        quotient = self.value / other.value
        propagated = (self.error + abs(quotient) * other.error) / abs(other.value)
        return self._rounded(quotient, propagated)

    def __pow__(self, exponent: float) -> Rounded:
        """Return a power of a number that is not negative; steepest at one end of its range."""
        ends = (self.value, self.value + self.error)
        slope = max(abs(exponent * x ** (exponent - 1)) for x in ends)
        return self._function(self.value**exponent, slope)

    def __neg__(self) -> Rounded:
        return Rounded(-self.value, self.error)

    def __sub__(self, other: Rounded | float) -> Rounded:
        return self + -as_rounded(other)

    def __rsub__(self, other: float) -> Rounded:
        return as_rounded(other) - self

    def __rtruediv__(self, other: float) -> Rounded:
        return as_rounded(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def __lt__(self, other: Rounded | float) -> bool:
        return self.value < as_rounded(other).value

    def __le__(self, other: Rounded | float) -> bool:
        return self.value <= as_rounded(other).value

    def __gt__(self, other: Rounded | float) -> bool:
        return self.value > as_rounded(other).value

    def __ge__(self, other: Rounded | float) -> bool:
        return self.value >= as_rounded(other).value


def elementary(function: Callable[[float], float], slope: Callable[[float, float], float]) -> Any:
    """Return a method that applies a function with the slope h'(x), given x and h(x)."""

    def method(self: Rounded) -> Rounded:
        value = function(self.value)
        return self._function(value, slope(self.value, value))

    return method


ELEMENTARY = {
    "arctan": elementary(math.atan, lambda x, _: 1 / (1 + x * x)),
    "cos": elementary(math.cos, lambda x, _: -math.sin(x)),
    "erf": elementary(math.erf, lambda x, _: 2 / math.sqrt(math.pi) * math.exp(-x * x)),
    "exp": elementary(math.exp, lambda _, y: y),
    "expm1": elementary(math.expm1, lambda _, y: 1 + y),
    "log": elementary(math.log, lambda x, _: 1 / x),
    "log1p": elementary(math.log1p, lambda x, _: 1 / (1 + x)),
    "sin": elementary(math.sin, lambda x, _: math.cos(x)),
    "sqrt": elementary(math.sqrt, lambda _, y: 1 / (2 * y) if y else 0.0),  # 0 of exact zeros
    "tanh": elementary(math.tanh, lambda _, y: 1 - y * y),
}
for _name, _method in ELEMENTARY.items():
    setattr(Rounded, _name, _method)


def as_rounded(x: Rounded | float | np.ndarray) -> Rounded:
    """Return a number as it is, and a constant of a formula without error."""
    number = x.item() if isinstance(x, np.ndarray) else x  # NumPy wraps single objects
    return number if isinstance(number, Rounded) else Rounded(number, 0.0)
