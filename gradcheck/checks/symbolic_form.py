"""One form of an operation on symbols, and proofs of what its equations claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any, TypeAlias

import numpy as np
import sympy

from gradcheck.arithmetic.derivative import Derivative
from gradcheck.arithmetic.expressions import Expr, Maximum, NotSmooth
from gradcheck.arithmetic.symbol import SymbolArray, symbols_like, to_symbols
from gradcheck.arithmetic.vanishing import ZeroTest
from gradcheck.checks.budget import UNLIMITED, Budget
from gradcheck.checks.symbolic_point import SymbolicPoint
from gradcheck.notation import SCALAR, Form, Operation, delta
from gradcheck.notation.batching import evaluate
from gradcheck.notation.nesting import as_array

KINKED = (sympy.Abs, sympy.sign, sympy.Max, sympy.Min, sympy.Piecewise, sympy.floor)

Meanings: TypeAlias = Iterable[tuple[SymbolArray, SymbolArray]]


class NotProved(ArithmeticError):  # noqa: N818 - a verdict, read as one
    """A claim that was not proved; the message says why."""


class SymbolicForm:
    """One form of an operation at a symbolic point.

    Parameters
    ----------
    operation : Operation
        What is proved.
    form : str
        In which form.
    point : SymbolicPoint
        Its inputs.
    by_layers : bool
        Whether quantities q between input and output whose δq has an equation are symbols of
        their own, as the chain rule allows.

    Examples
    --------
    >>> from gradcheck.checks.symbolic_point import symbolic_points
    >>> from reference_nets import softmax
    >>> point = next(symbolic_points(softmax, in_batch=False))
    >>> SymbolicForm(softmax, "matrix", point).prove_gradient("z")
    """

    def __init__(
        self, operation: Operation, form: Form, point: SymbolicPoint, *, by_layers: bool = True
    ) -> None:
        self.operation, self.form, self.point = operation, form, point
        equations = operation.equations
        inner = [q for q in equations if delta(q) in equations] if by_layers else []
        self._differentiated = [*inner, operation.output]
        self._atoms = {*operation.inputs, *self._differentiated, *map(delta, self._differentiated)}
        self._vanishes = ZeroTest().vanishes
        self._claims: dict[str, str] = {}
        self._whole = cache(self._function_of_inputs)

    @property
    def has_layers(self) -> bool:
        """Whether there are quantities between input and output at which the chain rule stops."""
        return len(self._differentiated) > 1

    def at_once(self) -> SymbolicForm:
        """Return the same form without layers."""
        return SymbolicForm(self.operation, self.form, self.point, by_layers=False)

    def prove_gradient(self, x: str, budget: Budget = UNLIMITED) -> None:
        """Prove that δx is the derivative of <δoutput, output> with respect to x.

        By the chain rule, in reverse: where δq is right for all quantities q that contain x
        directly, it is enough that δx is the derivative of the sum of all <δq, q>, in which δq is
        any number.

        Parameters
        ----------
        x : str
            An input, or a quantity q.
        budget : Budget
            Looked at before every entry.

        Raises
        ------
        NotProved, NotSymbolic, TooLarge, OutOfBudget
            With the reason.
        """
        if x not in self._claims:
            self._claims[x] = self._claim(x, budget)
        if self._claims[x]:
            raise NotProved(self._claims[x])

    def prove_equal(self, other: SymbolicForm, symbol: str, budget: Budget = UNLIMITED) -> None:
        """Prove that a quantity is the same function of the inputs in another form.

        Raises
        ------
        NotProved, NotSymbolic, TooLarge, OutOfBudget
            With the reason.
        """
        self._require_equal(self._whole(symbol), other._whole(symbol), (), budget)

    def prove_same_equation(
        self, other: SymbolicForm, symbol: str, budget: Budget = UNLIMITED
    ) -> None:
        """Prove that an equation is the same function of its parameters in another form.

        Raises
        ------
        NotProved, NotSymbolic, TooLarge, OutOfBudget
            With the reason.
        """
        ours, theirs = (side._right_hand_side(symbol, {*side._shapes}) for side in (self, other))
        self._require_equal(ours, theirs, (), budget)

    def _claim(self, x: str, budget: Budget) -> str:
        """Return why δx was not proved; nothing if it was."""
        users = [q for q in self._differentiated if x in self._atoms_of(q)]
        for q in users:
            if q == self.operation.output:
                continue
            try:
                self.prove_gradient(q, budget)
            except NotProved as reason:
                return f"it rests on {delta(q)}: {reason}"
        try:
            self._prove_locally(x, users, budget)
        except NotProved as reason:
            return str(reason)
        return ""

    def _prove_locally(self, x: str, users: list[str], budget: Budget) -> None:
        formulas = {q: self._right_hand_side(q, self._atoms) for q in users}
        products = ((self._symbols(delta(q)) * formulas[q]).sum().expr for q in users)
        objective = sum(products, start=sympy.Integer(0))
        self._require_smooth(objective)
        symbols = self._symbols(x)
        derivatives = [Derivative(entry)(objective) for entry in _entries(symbols)]
        expected = to_symbols(np.reshape(derivatives, symbols.shape))
        read = {atom for q in (*users, delta(x)) for atom in self._atoms_of(q)}
        meanings = [(self._symbols(q), formulas[q]) for q in reversed(users) if q in read]
        gradient = self._right_hand_side(delta(x), self._atoms)
        self._require_equal(gradient, expected, meanings, budget)

    def _require_smooth(self, e: Expr) -> None:
        for kinked in _in_order(e.atoms(*KINKED)):
            raise NotSmooth(f"not smooth: {kinked} bends or jumps")
        for maximum in _in_order(e.atoms(Maximum)):
            if not self._vanishes(Derivative(maximum)(e).xreplace(self.point.inside)):
                raise NotSmooth(f"not smooth: it depends on {maximum}")

    def _require_equal(
        self, ours: SymbolArray, theirs: SymbolArray, meanings: Meanings, budget: Budget
    ) -> None:
        """Prove that two arrays are equal where symbols have meanings, given the last one first."""
        if ours.shape != theirs.shape:
            raise NotProved(f"the shapes differ: {ours.shape} and {theirs.shape}")
        equations = [dict(zip(_entries(s), _entries(m), strict=True)) for s, m in meanings]
        for one, other in zip(_entries(ours), _entries(theirs), strict=True):
            budget.check()
            difference = one - other
            for equation in filter(None, (*equations, self.point.inside)):
                difference = difference.xreplace(equation)
            if not self._vanishes(difference):
                raise NotProved("the difference does not simplify to zero")

    def _right_hand_side(self, symbol: str, atoms: set[str]) -> SymbolArray:
        """Return an equation as a function of atoms, which stand for themselves."""
        equation = self.operation.equations[symbol]
        operands = [
            self._symbols(p) if p in atoms else self._right_hand_side(p, atoms)
            for p in equation.parameters
        ]
        if self.form == SCALAR:
            operands = [np.asarray(operand).tolist() for operand in operands]
        return to_symbols(as_array(equation[self.form](*operands)))

    def _function_of_inputs(self, symbol: str) -> SymbolArray:
        values = {s: value.copy() for s, value in self.point.values.items()}
        batch = self.point.inputs_in_batch
        return to_symbols(evaluate(self.operation, self.form, values, (symbol,), batch)[symbol])

    def _atoms_of(self, symbol: str) -> Iterator[str]:
        for parameter in self.operation.equations[symbol].parameters:
            if parameter in self._atoms:
                yield parameter
            else:
                yield from self._atoms_of(parameter)

    def _symbols(self, symbol: str) -> Any:
        """Return an input, or any other quantity as symbols of its own; new arrays each time."""
        if symbol in self.point.values:
            return self.point.values[symbol].copy()  # code may write to it
        return symbols_like(symbol, self._shapes[symbol])

    @cached_property
    def _shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of every quantity, found by evaluation in floats."""
        values = self.point.in_floats()
        with np.errstate(all="ignore"):  # only the shapes count
            results = self.operation.evaluate(self.form, values, self.operation.equations)
        return {s: np.shape(value) for s, value in (values | results).items()}


def _in_order(atoms: Iterable[Expr]) -> list[Expr]:
    """Sort, so that the same one is named each time."""
    return sorted(atoms, key=sympy.default_sort_key)


def _entries(symbols: SymbolArray) -> list[Expr]:
    return [symbol.expr for symbol in symbols.ravel().tolist()]
