"""Derivatives of expressions in which the same parts occur many times over.

sympy's `diff` takes a part again wherever it occurs, which for a recurrence takes time without
end; here every part is differentiated once.  What is known about functions stays sympy's.
"""

from __future__ import annotations

import sympy

from gradcheck.arithmetic.expressions import Expr


class Derivative:
    """The derivative with respect to one symbol, as a function of expressions.

    Examples
    --------
    >>> x, y = sympy.symbols("x y", real=True)
    >>> Derivative(x)(sympy.exp(x * y) + x**3)
    3*x**2 + y*exp(x*y)
    """

    def __init__(self, symbol: Expr) -> None:
        self._known: dict[Expr, Expr] = {symbol: sympy.Integer(1)}

    def __call__(self, e: Expr) -> Expr:
        """Differentiate an expression."""
        if e not in self._known:
            self._known[e] = self._derivative(e) if e.args else sympy.Integer(0)
        return self._known[e]

    def _derivative(self, e: Expr) -> Expr:
        inner = [self(argument) for argument in e.args]
        if not any(inner):
            return sympy.Integer(0)
        if e.is_Add:
            return sympy.Add(*inner)
        return sympy.Add(*(self._partial(e, n) * d for n, d in enumerate(inner) if d))

    def _partial(self, e: Expr, n: int) -> Expr:
        """Differentiate with respect to the n-th argument, as if the others were constants."""
        if e.is_Mul:
            return sympy.Mul(*e.args[:n], *e.args[n + 1 :])
        if e.is_Pow:
            base, exponent = e.args
            return exponent * base ** (exponent - 1) if n == 0 else e * sympy.log(base)
        return e.fdiff(n + 1)
