"""Whether an expression is zero for all values of its symbols.

Its numerator as a polynomial in `generators`, reduced by the equations of the roots among them, is
either the zero polynomial, which is a proof, or not, which says nothing.  The effort is bounded
by the number of terms, so that the answer depends on no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from gradcheck.arithmetic.expressions import Expr, sympy
from gradcheck.arithmetic.generators import Generators, Root

Polynomial: TypeAlias = Any  # a sparse polynomial of sympy.polys.rings

MOST_PRODUCTS = 2_000_000
"""Of terms with terms, in one multiplication: about a second's work."""


class TooLarge(ArithmeticError):  # noqa: N818 - a verdict, read as one
    """The polynomials grew beyond the effort that is made."""


class Fraction(NamedTuple):
    """A quotient whose denominator stays factored: factor -> exponent."""

    numerator: Polynomial
    denominator: Counter[Polynomial]


def vanishes(e: Expr, gens=()) -> bool:
    """Tell whether an expression was proved to be zero wherever it is defined.

    Parameters
    ----------
    e : sympy.Expr
        Of real symbols.

    Returns
    -------
    bool
        True: it is zero for all values.  False: it was not proved to be, and it may be or not.

    Raises
    ------
    TooLarge
        If the proof would take polynomials of more terms than are multiplied here.

    Examples
    --------
    >>> x, y = sympy.symbols("x y", real=True)
    >>> vanishes(sympy.tanh(x) ** 2 + 1 / sympy.cosh(x) ** 2 - 1)
    True
    >>> vanishes(sympy.exp(x) * sympy.exp(y) - sympy.exp(x + 2 * y))
    False
    """
    return any(_vanishes(e, g) for g in (gens or (Generators(hyperbolic=True), Generators())))

def _vanishes(e, generators):
    rational = generators.rational(e)
    if rational == 0:
        return True
    field = _Field(rational, generators.roots)
    return field.is_zero(field.fraction(rational).numerator)


class _Field:
    """Quotients of polynomials in given generators."""

    def __init__(self, e: Expr, roots: list[Root]) -> None:
        atoms = e.free_symbols.union(*(r.radicand.free_symbols for r in roots))
        atoms |= {r.generator for r in roots}
        self._roots = roots
        domain = sympy.QQ_I if e.has(sympy.I) else sympy.QQ
        self._order = sorted(atoms, key=sympy.default_sort_key)
        self._ring, *generators = sympy.ring(self._order, domain)
        self._polynomials = dict(zip(self._order, generators, strict=True))
        self._known: dict[Expr, Fraction] = {}

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

    def _product(self, factors: list[Fraction]) -> Fraction:
        numerator, denominator = self._ring.one, Counter[Polynomial]()
        for factor in factors:
            numerator = _multiplied(numerator, factor.numerator)
            denominator = denominator + factor.denominator
        return Fraction(numerator, denominator)

    def _power(self, base: Fraction, exponent: int) -> Fraction:
        if exponent < 0:
            numerator = self._times(self._ring.one, base.denominator)
            base = Fraction(numerator, Counter([base.numerator]))
        return self._product([base] * abs(exponent))

    def _times(self, polynomial: Polynomial, factors: Counter[Polynomial]) -> Polynomial:
        for factor in factors.elements():
            polynomial = _multiplied(polynomial, factor)
        return polynomial

    def is_zero(self, numerator: Polynomial) -> bool:
        """Tell whether a polynomial is zero by the equations of the roots."""
        for root in reversed(self._roots):
            numerator = self._reduced(numerator, root)
        return not numerator

    def _reduced(self, polynomial: Polynomial, root: Root) -> Polynomial:
        """Replace r^n by its radicand, times a power of the radicand's denominator."""
        place = self._order.index(root.generator)
        radicand = self.fraction(root.radicand)
        below = self._times(self._ring.one, radicand.denominator)
        highest = max((powers[place] // root.degree for powers in polynomial), default=0)
        result = self._ring.zero
        for times, part in self._by_power(polynomial, place, root.degree):
            factors = Counter({radicand.numerator: times, below: highest - times})
            result += self._times(part, factors)
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


def _multiplied(one: Polynomial, other: Polynomial) -> Polynomial:
    if len(one) * len(other) > MOST_PRODUCTS:
        raise TooLarge(f"a product of {len(one)} and {len(other)} terms")
    return one * other
