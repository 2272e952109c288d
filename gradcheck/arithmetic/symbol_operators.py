"""Makers of the operators of `Symbol`: exact arithmetic, and comparisons decided by assumptions."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import sympy

from gradcheck.arithmetic.expressions import Expr, NotSmooth, expression

Method = Callable[[Any, Any], Any]


def operand(kind: type, other: Any) -> Expr | None:
    """Return the expression of a symbol of type `kind` or of a number; None for anything else."""
    if isinstance(other, kind):
        return other.expr  # type: ignore[attr-defined]
    is_number = isinstance(other, (int, float, np.number, np.bool_))
    return expression(other) if is_number else None


def arithmetic(operation: Callable[[Expr, Expr], Expr]) -> tuple[Method, Method]:
    """Make an operator and its reflection."""

    def straight(self: Any, other: Any) -> Any:
        value = operand(type(self), other)
        return NotImplemented if value is None else type(self)(operation(self.expr, value))

    def reflected(self: Any, other: Any) -> Any:
        value = operand(type(self), other)
        return NotImplemented if value is None else type(self)(operation(value, self.expr))

    return straight, reflected


def comparison(sign: str, relation: Callable[[Expr, Expr], Any]) -> Method:
    """Make a comparison that is refused where the assumptions leave it open."""

    def compare(self: Any, other: Any) -> Any:
        value = operand(type(self), other)
        if value is None:
            return NotImplemented
        decided = relation(self.expr, value)
        if decided in (True, False):
            return bool(decided)
        raise NotSmooth(f"not smooth: the code branches on {self} {sign} {value}")

    return compare


OPERATORS: dict[str, Callable[[Expr, Expr], Expr]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "pow": operator.pow,
}

RELATIONS: dict[str, tuple[str, Callable[[Expr, Expr], Any]]] = {
    "lt": ("<", operator.lt),
    "le": ("<=", operator.le),
    "gt": (">", operator.gt),
    "ge": (">=", operator.ge),
    "eq": ("==", sympy.Eq),
    "ne": ("!=", sympy.Ne),
}
