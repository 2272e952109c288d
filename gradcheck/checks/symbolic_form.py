"""One form of an operation on symbols, and what its gradient equations claim, layer by layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any

import numpy as np

from gradcheck.arithmetic.expressions import Expr, Maximum, NotSmooth, sympy
from gradcheck.arithmetic.symbol import SymbolArray, symbols_like, to_symbols
from gradcheck.arithmetic.vanishing import ZeroTest
from gradcheck.checks.symbolic_point import SymbolicPoint
from gradcheck.notation import SCALAR, Form, Operation, delta
from gradcheck.notation.batching import evaluate
from gradcheck.notation.nesting import as_array

KINKED = (sympy.Abs, sympy.sign, sympy.Max, sympy.Min, sympy.Piecewise, sympy.floor)


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
    """

    def __init__(
        self, operation: Operation, form: Form, point: SymbolicPoint, *, by_layers: bool = True
    ) -> None:
        self.operation, self.form, self.point = operation, form, point
        equations = operation.equations
        inner = [q for q in equations if delta(q) in equations] if by_layers else []
        self.differentiated = [*inner, operation.output]
        self._known = {*operation.inputs, *self.differentiated, *map(delta, self.differentiated)}
        self.vanishes = ZeroTest().vanishes
        self.claim = cache(self._claim)
        self.whole = cache(self._whole)
        self.symbols = cache(self._symbols)

    def prove_gradient(self, x: str) -> None:
        """Prove that δx is the derivative of <δoutput, output> with respect to x.

        By the chain rule, in reverse: where δq is right for all quantities q that contain x
        directly, it is enough that δx is the derivative of the sum of all <δq, q>, in which δq is
        any number.

        Raises
        ------
        NotProved
            With the reason.
        """
        if reason := self.claim(x):
            raise NotProved(reason)

    def prove_equal(self, other: SymbolicForm, symbol: str) -> None:
        """Prove that a quantity is the same in two forms, as a function of the inputs.

        Raises
        ------
        NotProved
            With the reason.
        """
        self._require_zeros(self.whole(symbol), other.whole(symbol), {})

    def prove_same_equation(self, other: SymbolicForm, symbol: str) -> None:
        """Prove that an equation is the same function of its parameters in two forms.

        Raises
        ------
        NotProved
            With the reason.
        """
        ours, theirs = (side.evaluated(symbol, anything=True) for side in (self, other))
        self._require_zeros(ours, theirs, {})

    def _claim(self, x: str) -> str:
        users = [q for q in self.differentiated if x in self._reached(q)]
        for q in users:
            if q != self.operation.output and (reason := self.claim(q)):
                return f"{delta(q)}, on which it rests: {reason}"
        try:
            self._prove_locally(x, users)
        except NotProved as reason:
            return str(reason)
        return ""

    def _prove_locally(self, x: str, users: list[str]) -> None:
        objective = sum(((self.symbols(delta(q)) * self.evaluated(q)).sum() for q in users),
                        start=to_symbols(0)[()])  # fmt: skip
        self._require_smooth(objective.expr)
        derivatives = [sympy.diff(objective.expr, entry) for entry in _entries(self.symbols(x))]
        expected = to_symbols(np.reshape(derivatives, self.symbols(x).shape))
        meanings = [(self.symbols(q), self.evaluated(q)) for q in reversed(users)]
        self._require_zeros(self.evaluated(delta(x)), expected, meanings)

    def _require_smooth(self, e: Expr) -> None:
        if kinked := e.atoms(*KINKED):
            raise NotSmooth(f"not smooth: {kinked.pop()} bends or jumps")
        for maximum in e.atoms(Maximum):
            if not self.vanishes(sympy.diff(e, maximum).xreplace(self.point.inside)):
                raise NotSmooth(f"not smooth: it depends on {maximum}")

    def _require_zeros(self, ours: SymbolArray, theirs: SymbolArray, meanings: Any) -> None:
        if ours.shape != theirs.shape:
            raise NotProved(f"the shapes differ: {ours.shape} and {theirs.shape}")
        for one, other in zip(_entries(ours), _entries(theirs), strict=True):
            difference = one - other
            for symbols, meaning in meanings:
                pairs = zip(_entries(symbols), _entries(meaning), strict=True)
                difference = difference.xreplace(dict(pairs))
            if not self.vanishes(difference.xreplace(self.point.inside)):
                raise NotProved("it does not simplify to zero")

    def evaluated(self, symbol: str, *, anything: bool = False) -> SymbolArray:
        """Return the right-hand side of an equation.

        Its parameters are symbols of their own, all of them, or those that are differentiated.
        """
        equation = self.operation.equations[symbol]
        operands = [
            self.symbols(p) if anything or p in self._known else self.evaluated(p)
            for p in equation.parameters
        ]
        copies = [np.array(operand, subok=True) for operand in operands]  # code may write to them
        if self.form == SCALAR:
            copies = [np.asarray(operand).tolist() for operand in copies]
        return to_symbols(as_array(equation[self.form](*copies)))

    def _whole(self, symbol: str) -> SymbolArray:
        """Return a quantity as a function of the inputs."""
        values = {s: value.copy() for s, value in self.point.values.items()}
        batch = self.point.inputs_in_batch
        return to_symbols(evaluate(self.operation, self.form, values, (symbol,), batch)[symbol])

    def _reached(self, symbol: str) -> Iterator[str]:
        for parameter in self.operation.equations[symbol].parameters:
            if parameter in self._known:
                yield parameter
            else:
                yield from self._reached(parameter)

    def _symbols(self, symbol: str) -> Any:
        """Return an input, or any quantity as symbols of its own."""
        if symbol in self.point.values:
            return self.point.values[symbol]
        return symbols_like(symbol, self._shapes[symbol])

    @cached_property
    def _shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of every quantity, found in floats."""
        numbers = {s: self._number(s, np.shape(value)) for s, value in self.point.values.items()}
        with np.errstate(all="ignore"):  # only the shapes count
            values = self.operation.evaluate(self.form, numbers, self.operation.equations)
        return {s: np.shape(value) for s, value in values.items()}
