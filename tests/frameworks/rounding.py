"""Numbers that carry the rounding to which their computation is entitled.

Running error analysis: next to every value goes a bound of what rounding has done to it so far, to
first order, in the loops of the scalar form itself.  N. J. Higham, Accuracy and Stability of
Numerical Algorithms (2nd edition, 2002), section 3.3.
"""

from __future__ import annotations

import math

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
        return self._rounded(self.value * other.value, propagated)

    def __truediv__(self, other: Rounded | float) -> Rounded:
        other = as_rounded(other)
        quotient = self.value / other.value
        propagated = (self.error + abs(quotient) * other.error) / abs(other.value)
        return self._rounded(quotient, propagated)

    def __neg__(self) -> Rounded:
        return Rounded(-self.value, self.error)

    def __sub__(self, other: Rounded | float) -> Rounded:
        return self + -as_rounded(other)

    def __rsub__(self, other: float) -> Rounded:
        return as_rounded(other) - self

    def __rtruediv__(self, other: float) -> Rounded:
        return as_rounded(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def __gt__(self, other: float) -> bool:
        return self.value > other

    def exp(self) -> Rounded:
        """Return e^x."""
        value = math.exp(self.value)
        return self._function(value, value)

    def log(self) -> Rounded:
        """Return the natural logarithm."""
        return self._function(math.log(self.value), 1 / self.value)

    def tanh(self) -> Rounded:
        """Return the hyperbolic tangent."""
        value = math.tanh(self.value)
        return self._function(value, 1 - value * value)


def as_rounded(x: Rounded | float | np.ndarray) -> Rounded:
    """Return a number as it is, and a constant of a formula without error."""
    number = x.item() if isinstance(x, np.ndarray) else x  # NumPy wraps single objects
    return number if isinstance(number, Rounded) else Rounded(number, 0.0)
