"""Whether an expression is zero for all values of its symbols.

Its numerator as a polynomial in `generators`, reduced by the equations of the roots among them, is
either the zero polynomial, which is a proof, or not, which says nothing.  The effort is bounded
by the number of terms, so that the answer depends on no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any, NamedTuple, TypeAlias

import sympy

from gradcheck.arithmetic.expressions import Expr, NotSymbolic
from gradcheck.arithmetic.generators import Generators, Root, TooLarge

Polynomial: TypeAlias = Any  # a sparse polynomial of sympy.polys.rings

MOST_PRODUCTS = 1_000_000
"""Of terms with terms, for one expression: about a second's work."""


class Fraction(NamedTuple):
    """A quotient whose denominator stays factored: factor -> exponent."""

    numerator: Polynomial
    denominator: Counter[Polynomial]


class ZeroTest:
    """Proves that expressions are zero; it remembers what it met, so keep one for many.

    Examples
    --------
    >>> x, y = sympy.symbols("x y", real=True)
    >>> vanishes = ZeroTest().vanishes
    >>> vanishes(sympy.tanh(x) ** 2 + 1 / sympy.cosh(x) ** 2 - 1)
    True
    >>> vanishes(sympy.exp(x) * sympy.exp(y) - sympy.exp(x + 2 * y))
    False
    """

    def __init__(self) -> None:
        self._ladder = Generators(hyperbolic=True), Generators(hyperbolic=False)

    def vanishes(self, e: Expr) -> bool:
        """Tell whether an expression was proved to be zero wherever it is defined.

        Parameters
        ----------
        e : sympy.Expr
            Of real symbols.

        Returns
        -------
        bool
            True: it is zero for all values.  False: that was not proved, and it may be or not.

        Raises
        ------
        NotSymbolic
            If it is nowhere defined, or no elementary expression.
        TooLarge
            If the proof would take more effort than is made.
        """
        return e == 0 or any(_is_zero(generators, e) for generators in self._ladder)


def _is_zero(generators: Generators, e: Expr) -> bool:
    rational = generators.rational(e)
    field = _Field(rational, generators.roots)
    return field.is_zero(field.fraction(rational).numerator)


class _Field:
    """Quotients of polynomials in given generators."""

    def __init__(self, e: Expr, roots: list[Root]) -> None:
        self._roots = list(_roots_in(e, roots))
        atoms = e.free_symbols.union(*(root.radicand.free_symbols for root in self._roots))
        domain = sympy.QQ_I if e.has(sympy.I) else sympy.QQ
        self._order = sorted(atoms, key=sympy.default_sort_key)
        self._ring, *generators = sympy.ring(self._order, domain)
        self._polynomials = dict(zip(self._order, generators, strict=True))
        self._known: dict[Expr, Fraction] = {}
        self._products = 0

    def fraction(self, e: Expr) -> Fraction:
        if e not in self._known:
            self._known[e] = self._fraction(e)
        return self._known[e]

    def _fraction(self, e: Expr) -> Fraction:
        if e.is_Symbol:
            return Fraction(self._polynomials[e], Counter())
        if e.is_Add:
            return self._sum([self.fraction(term) for term in e.args])
        if e.is_Mul:
            return self._product([self.fraction(factor) for factor in e.args])
        if e.is_Pow:
            return self._power(self.fraction(e.base), int(e.exp))
        return Fraction(self._ring(self._ring.domain.from_sympy(e)), Counter())

    def _sum(self, terms: list[Fraction]) -> Fraction:
        common: Counter[Polynomial] = Counter()
        for term in terms:
            common |= term.denominator
        total = self._ring.zero
        for numerator, denominator in terms:
            total += self._times(numerator, common - denominator)
        return Fraction(total, common)

    def _product(self, factors: Iterable[Fraction]) -> Fraction:
        numerator, denominator = self._ring.one, Counter[Polynomial]()
        for factor in factors:
            numerator = self._multiplied(numerator, factor.numerator)
            denominator = denominator + factor.denominator
        return Fraction(numerator, denominator)

    def _power(self, base: Fraction, exponent: int) -> Fraction:
        if exponent < 0:
            if self.is_zero(base.numerator):
                raise NotSymbolic("it divides by zero")
            numerator = self._times(self._ring.one, base.denominator)
            base = Fraction(numerator, Counter([base.numerator]))
        return self._product(repeat(base, abs(exponent)))

    def _times(self, polynomial: Polynomial, factors: Counter[Polynomial]) -> Polynomial:
        for factor in factors.elements():
            polynomial = self._multiplied(polynomial, factor)
        return polynomial

    def is_zero(self, numerator: Polynomial) -> bool:
        """Tell whether a polynomial is zero by the equations of the roots."""
        for root in reversed(self._roots):
            numerator = self._reduced(numerator, root)
        return not numerator

    def _reduced(self, polynomial: Polynomial, root: Root) -> Polynomial:
        """Replace r^n by its radicand, times a power of the radicand's denominator."""
        place = self._order.index(root.generator)
        highest = max((powers[place] // root.degree for powers in polynomial), default=0)
        if highest == 0:
            return polynomial
        radicand = self.fraction(root.radicand)
        below = self._times(self._ring.one, radicand.denominator)
        result = self._ring.zero
        for times, part in self._by_power(polynomial, place, root.degree):
            part = self._times(part, Counter({radicand.numerator: times}))
            result += self._times(part, Counter({below: highest - times}))
        return result

    def _by_power(
        self, polynomial: Polynomial, place: int, degree: int
    ) -> Iterator[tuple[int, Polynomial]]:
        """Sort the terms by how often r^n divides them, and divide them by it."""
        parts: dict[int, Polynomial] = {}
        for powers, coefficient in polynomial.items():
            times, rest = divmod(powers[place], degree)
            reduced = (*powers[:place], rest, *powers[place + 1 :])
            parts.setdefault(times, self._ring.zero.copy())[reduced] = coefficient
        yield from parts.items()

    def _multiplied(self, one: Polynomial, other: Polynomial) -> Polynomial:
        self._products += len(one) * len(other) + 1
        if self._products > MOST_PRODUCTS:
            raise TooLarge(f"too large: a product of {len(one)} and {len(other)} terms")
        return one * other


def _roots_in(e: Expr, roots: Iterable[Root]) -> list[Root]:
    """Return the roots that an expression contains, also below other roots, in their order."""
    symbols: set[Expr] = set(e.free_symbols)
    found: list[Root] = []
    for root in reversed(list(roots)):
        if root.generator in symbols:
            found.insert(0, root)
            symbols |= root.radicand.free_symbols
    return found
