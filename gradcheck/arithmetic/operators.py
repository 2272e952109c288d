"""Makers of the methods of `Ball`: one flint operation each, checked for what is no finite ball."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from flint import arb, fmpz

from gradcheck.arithmetic.elementary import ArbFunction
from gradcheck.arithmetic.errors import NotLiftable, Undecided
from gradcheck.arithmetic.nonfinite import ieee_binary, ieee_power, ieee_unary

_AS_THEY_ARE = {int, float, bool, np.float64}
"""Numbers that flint takes exactly in an operation with an `arb`."""

Method = Callable[[Any, Any], Any]


def exact(number: Any) -> arb:
    """Lift one real number of Python or NumPy, exactly.

    Parameters
    ----------
    number
        A Python or NumPy integer, bool or float of any width, infinities and `nan` included.

    Raises
    ------
    NotLiftable
        If it is complex, or no number.

    Examples
    --------
    >>> exact(0.5)
    0.500000000000000
    """
    if isinstance(number, (int, float)):
        return arb(number)
    if isinstance(number, (np.integer, np.bool_)):
        return arb(int(number))
    if isinstance(number, np.floating):
        return _exact_floating(number)
    if isinstance(number, (complex, np.complexfloating)):
        raise NotLiftable(f"{number!r} is complex, balls are real: split real and imaginary part")
    raise NotLiftable(f"{number!r} of type {type(number).__name__} is no real number")


def _exact_floating(number: np.floating[Any]) -> arb:
    """Lift a float of any width: a longdouble has more bits than `arb(float)` would take."""
    if not np.isfinite(number):
        return arb(float(number))
    numerator, denominator = number.as_integer_ratio()
    return arb((fmpz(numerator), 1 - denominator.bit_length()))


def operand(kind: Any, other: Any) -> Any:
    """Give what flint can combine with the `arb` of a ball of type `kind`, or NotImplemented."""
    if type(other) is kind:
        return other.arb
    if type(other) in _AS_THEY_ARE:
        return other
    if isinstance(other, (np.number, np.bool_, complex)):
        return exact(other)
    return NotImplemented


def arithmetic(name: str, operation: Callable[[Any, Any], arb]) -> tuple[Method, Method]:
    """Make the operator `name` and its reflection.

    The first line of each body is `operand` written out for the commonest case: these two
    functions are where a computation in balls spends its time.
    """

    def straight(self: Any, other: Any) -> Any:
        kind = type(self)
        right = other.arb if type(other) is kind else operand(kind, other)
        if right is NotImplemented:
            return right
        value = operation(self.arb, right)
        return kind(value if value.is_finite() else ieee_binary(name, self.arb, arb(right)))

    def reflected(self: Any, other: Any) -> Any:
        left = operand(type(self), other)
        if left is NotImplemented:
            return left
        value = operation(left, self.arb)
        return type(self)(value if value.is_finite() else ieee_binary(name, arb(left), self.arb))

    return straight, reflected


def power(self: Any, other: Any) -> Any:
    """Raise a ball to a ball or number."""
    right = operand(type(self), other)
    return right if right is NotImplemented else type(self)(_power(self.arb, arb(right)))


def reflected_power(self: Any, other: Any) -> Any:
    """Raise a number to a ball."""
    left = operand(type(self), other)
    return left if left is NotImplemented else type(self)(_power(arb(left), self.arb))


def _power(x: arb, y: arb) -> arb:
    value = x**y if x.is_finite() and y.is_finite() else arb.nan()
    return value if value.is_finite() else ieee_power(x, y)


def comparison(sign: str, certainly: Any, certainly_not: Any) -> Method:
    """Make a comparison that is decided or raises; the same object is equal to itself."""
    holds_for_equals = np.bool_(certainly(0, 0))

    def compare(self: Any, other: Any) -> Any:
        right = operand(type(self), other)
        if right is NotImplemented:
            return right
        if certainly(self.arb, right):
            return np.True_
        if certainly_not(self.arb, right):
            return np.False_
        if self.arb.is_nan() or arb(right).is_nan():
            return np.bool_(sign == "!=")
        if self is other:
            return holds_for_equals
        raise Undecided(f"{self!r} {sign} {type(self)(right)!r}: the two balls overlap")

    return compare


def elementary(name: str, function: ArbFunction) -> Callable[[Any], Any]:
    """Make the method of an elementary function."""

    def method(self: Any) -> Any:
        x = self.arb
        if x.is_finite():  # flint answers acos(nan) = pi
            value = function(x)
            if value.is_finite():
                return type(self)(value)
        return type(self)(ieee_unary(name, x))

    method.__name__ = name
    method.__doc__ = f"Give {name} of the ball."
    return method


def deciding(name: str, function: ArbFunction) -> Callable[[Any], Any]:
    """Make the method of a function that decides, such as the sign."""

    def method(self: Any) -> Any:
        return type(self)(function(self.arb))

    method.__name__ = name
    method.__doc__ = f"Give {name} of the ball, or raise Undecided."
    return method
