"""Expressions as rational functions of generators: a name for each exponential, logarithm and root.

e^u becomes a product of powers of one generator for each term of u, a logarithm a sum over the
factors of its argument, a root of degree n a generator r that is bound by r^n = its argument.
Everything else that is no rational operation is one generator for each argument.  Two expressions
that become the same rational function are equal wherever both are defined.
"""

from __future__ import annotations

from functools import reduce
from operator import mul
from typing import NamedTuple

import sympy

from gradcheck.arithmetic.expressions import Expr, NotSymbolic

_OF_EXPONENTIALS = (
    sympy.sin, sympy.cos, sympy.tan, sympy.sinh, sympy.cosh, sympy.tanh,
    sympy.sech, sympy.csch, sympy.coth, sympy.sec, sympy.csc, sympy.cot,
)  # fmt: skip


MOST_OPERATIONS = 2_000
"""Longer arguments of a function are not expanded or factored: it could take minutes."""


LARGEST_DEGREE = 12
"""Of roots whose equation is used."""


class TooLarge(ArithmeticError):  # noqa: N818 - a verdict, read as one
    """The expressions grew beyond the effort that is made."""


class Root(NamedTuple):
    """A generator, and that its power of this degree is the radicand."""

    generator: Expr
    degree: int
    radicand: Expr


class Generators:
    """The generators of some expressions, made as they are met.

    Parameters
    ----------
    hyperbolic : bool
        Whether tanh and its kin are generators of their own, which keeps polynomials short, or
        rational functions of exponentials, in which all their identities hold.

    Attributes
    ----------
    roots : list of Root
        The algebraic generators, each after those that its radicand contains.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> rational = Generators().rational
    >>> rational(sympy.exp(2 * x)) - rational(sympy.exp(x)) ** 2
    0
    """

    def __init__(self, *, hyperbolic: bool = False) -> None:
        self._hyperbolic = hyperbolic
        self.roots: list[Root] = []
        self._known: dict[Expr, Expr] = {}
        self._generators: dict[Expr, Expr] = {}
        self._logarithms: dict[Expr, Expr] = {}
        self._exponentials: dict[Expr, Expr] = {}
        self._units: dict[Expr, Expr] = {}

    def rational(self, e: Expr) -> Expr:
        """Return an expression as a rational function of symbols and generators."""
        if e not in self._known:
            self._known[e] = self._rational(e)
        return self._known[e]

    def _rational(self, e: Expr) -> Expr:
        if e.is_Symbol or e.is_Rational or e is sympy.I:
            return e
        if isinstance(e, sympy.exp):
            return self._exponential(e.args[0])
        if isinstance(e, sympy.log):
            return self._logarithm(e.args[0])
        if e is sympy.E:
            return self._exponential(sympy.Integer(1))
        if not self._hyperbolic and isinstance(e, _OF_EXPONENTIALS):
            return self.rational(e.rewrite(sympy.exp))
        if e.is_Pow and not e.exp.is_Integer:
            return self._power(e.base, e.exp)
        arguments = [self.rational(argument) for argument in e.args]
        if e.is_Add or e.is_Mul or e.is_Pow:
            return e.func(*arguments)
        if isinstance(e, sympy.Function):
            return self._generator(e.func(*map(_canonical, arguments)))
        if e.is_NumberSymbol:
            return self._generator(e, positive=True)
        raise NotSymbolic(f"{e} is no elementary expression")

    def _exponential(self, u: Expr) -> Expr:
        """Split e^(p u + q v) into (e^u)^p (e^v)^q, and e^(p log u) into u^p."""
        terms = sympy.Add.make_args(sympy.expand(_bounded(self.rational(u))))
        powers = (self._exponential_of_term(*term.as_coeff_Mul()) for term in terms)
        return reduce(mul, powers, sympy.Integer(1))

    def _exponential_of_term(self, coefficient: Expr, u: Expr) -> Expr:
        if coefficient == 0:
            return sympy.Integer(1)
        if u in self._logarithms:
            return self._root(self._logarithms[u], coefficient)
        is_float = coefficient.q > LARGEST_DEGREE  # others are multiples of the first one, then
        unit = self._units.setdefault(u, coefficient if is_float else sympy.Integer(1))
        meaning = sympy.exp(unit * u, evaluate=False)
        base = self._generator(meaning, positive=not u.has(sympy.I))
        self._exponentials[base] = unit * u
        return self._root(base, coefficient / unit)

    def _logarithm(self, u: Expr) -> Expr:
        """Split log(u^p v^q) into p log u + q log v where the factors are positive."""
        factored = sympy.expand_log(sympy.log(_factored(self.rational(u))))
        return factored.replace(
            lambda e: isinstance(e, sympy.log), lambda e: self._logarithm_of_factor(e.args[0])
        )

    def _logarithm_of_factor(self, factor: Expr) -> Expr:
        if factor in self._exponentials:
            return self._exponentials[factor]
        generator = self._generator(sympy.log(factor, evaluate=False), real=factor.is_positive)
        self._logarithms[generator] = factor
        return generator

    def _power(self, base: Expr, exponent: Expr) -> Expr:
        if not exponent.is_Rational:
            return self._exponential(exponent * sympy.log(base))
        result, rest = sympy.Integer(1), sympy.Integer(1)
        for factor in sympy.Mul.make_args(_factored(self.rational(base))):
            base, power = factor.as_base_exp()
            if base.is_positive and power.is_Integer:
                result *= self._root(base, power * exponent)
            else:
                rest *= factor
        return result if rest == 1 else result * self._root(rest, exponent)

    def _root(self, base: Expr, exponent: Expr) -> Expr:
        """Return base^(m + p/n) as base^m times the p-th power of a generator r with r^n = base.

        A power with a large denominator, as floats have, is a generator of its own.
        """
        whole, fraction = divmod(exponent, 1)
        if fraction == 0:
            return base**whole
        bound = fraction.q <= LARGEST_DEGREE
        unit = sympy.Rational(1, fraction.q) if bound else fraction
        meaning = sympy.Pow(base, unit, evaluate=False)
        is_new = meaning not in self._generators
        generator = self._generator(meaning, positive=base.is_positive)
        if is_new and bound:
            self.roots.append(Root(generator, fraction.q, base))
        return base**whole * generator ** (fraction / unit)

    def _generator(self, meaning: Expr, **assumptions: bool | None) -> Expr:
        if meaning not in self._generators:
            name = f"g{len(self._generators)}"
            self._generators[meaning] = sympy.Dummy(name, **assumptions)
        return self._generators[meaning]


def _bounded(e: Expr) -> Expr:
    if (size := sympy.count_ops(e)) > MOST_OPERATIONS:
        raise TooLarge(f"too large: an argument of {size} operations")
    return e


def _factored(e: Expr) -> Expr:
    return sympy.factor(_bounded(e))


def _canonical(e: Expr) -> Expr:
    """Return the one quotient that equal rational functions have."""
    return sympy.cancel(_bounded(e))
