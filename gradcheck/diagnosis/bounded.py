"""Numbers with a bound on the error of each: what an explanation may rest on.

A hypothesis about a mistake predicts the wrong gradient from the true one.  Both carry their
errors, and so does every prediction, so that "equal" means equal within what is known: there is
no tolerance to choose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Axes: TypeAlias = int | tuple[int, ...] | None

EPS = 2.0**-52
"""Relative error that one float operation adds, with a factor of two in hand."""


@dataclass(frozen=True, eq=False)
class Bounded:
    """An array of floats, each known up to an error.

    Attributes
    ----------
    value : ndarray
        The numbers; NaN where nothing is known, or where the code gives NaN.
    error : ndarray
        Bound on the absolute error of each; infinite where nothing is known.

    Examples
    --------
    >>> x = Bounded(np.array([3.0]), np.array([0.5]))
    >>> (x + x).value, bool((x + x).error >= 1)
    (array([6.]), True)
    >>> bool(agree(x, exactly(np.array([3.4]))).all())
    True
    """

    value: Array
    error: Array

    __array_ufunc__ = None  # an array on the left leaves the operation to us

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of both arrays."""
        return self.value.shape

    def __add__(self, other: Bounded) -> Bounded:
        return _rounded(self.value + other.value, self.error + other.error)

    def __sub__(self, other: Bounded) -> Bounded:
        return self + -1.0 * other

    def __mul__(self, factor: Any) -> Bounded:
        """Multiply by numbers that are known up to one rounding."""
        return _rounded(self.value * factor, self.error * np.abs(factor))

    __rmul__ = __mul__

    def __truediv__(self, other: Bounded) -> Bounded:
        """Divide; nothing is known where the divisor may be zero."""
        with np.errstate(all="ignore"):  # a divisor of zero is dealt with by name
            value = self.value / other.value
            least = np.abs(other.value) - other.error
            error = (self.error + np.abs(value) * other.error) / least
            unknown = ~(least > 0)
            return _rounded(np.where(unknown, np.nan, value), np.where(unknown, np.inf, error))

    def __getitem__(self, key: Any) -> Bounded:
        return Bounded(self.value[key], self.error[key])

    def replaced(self, where: Array, by: Bounded) -> Bounded:
        """Return a copy with some of the entries replaced."""
        value, error = self.value.copy(), self.error.copy()
        value[where], error[where] = by.value, by.error
        return Bounded(value, error)

    def rearranged(self, how: Callable[[Array], Array]) -> Bounded:
        """Return the same numbers in other places."""
        return Bounded(how(self.value), how(self.error))

    def sum(self, axes: Axes = None, *, keepdims: bool = False) -> Bounded:
        """Sum over axes."""
        count = self.value.size
        rounding = count * EPS * np.abs(self.value).sum(axes, keepdims=keepdims)
        error = self.error.sum(axes, keepdims=keepdims) + rounding
        return Bounded(np.asarray(self.value.sum(axes, keepdims=keepdims)), np.asarray(error))


def exactly(value: Any) -> Bounded:
    """Return floats as they are, without error."""
    array = np.asarray(value, dtype=np.float64)
    return Bounded(array, np.zeros(array.shape))


def _rounded(value: Any, error: Any) -> Bounded:
    """Add the rounding of the operation that made the values; NaN was not rounded."""
    rounding = np.nan_to_num(EPS * np.abs(value), nan=0.0, posinf=np.inf)
    return Bounded(np.asarray(value), np.asarray(error + rounding))


def agree(one: Bounded, other: Bounded) -> Array:
    """Tell, entry by entry, whether two numbers may be the same one."""
    with np.errstate(invalid="ignore"):  # NaN agrees with nothing
        return np.asarray(np.abs(one.value - other.value) <= one.error + other.error)


@dataclass(frozen=True)
class Constant:
    """A number that is known to lie in an interval.

    Examples
    --------
    >>> Constant(1.9, 2.1).may_be(2.0), Constant(1.9, 2.1).meets(Constant(2.2, 2.3))
    (True, False)
    """

    low: float
    high: float

    @property
    def value(self) -> float:
        """The middle."""
        return self.low / 2 + self.high / 2

    def __mul__(self, x: Bounded) -> Bounded:
        """Multiply an array by a number of which only the interval is known."""
        scaled, width = x * self.value, self.high - self.low
        return Bounded(scaled.value, scaled.error + width * (np.abs(x.value) + x.error))

    def may_be(self, number: float) -> bool:
        """Whether a number lies inside."""
        return self.low <= number <= self.high

    def meets(self, other: Constant) -> bool:
        """Whether both may be the same number."""
        return self.low <= other.high and other.low <= self.high


def quotient(one: Bounded, other: Bounded) -> Constant | None:
    """Return the constant that turns `other` into `one` in every entry, None if there is none.

    Examples
    --------
    >>> x = exactly(np.array([1.0, 2.0]))
    >>> quotient(3.0 * x, x).may_be(3.0), quotient(x, exactly(np.ones(2)))
    (True, None)
    """
    ratio = one / other
    known = np.isfinite(ratio.value) & np.isfinite(ratio.error)
    if not known.any():
        return None
    low = float(np.max((ratio.value - ratio.error)[known]))
    high = float(np.min((ratio.value + ratio.error)[known]))
    constant = Constant(low, high)
    return constant if low <= high and agree(one, constant * other).all() else None
