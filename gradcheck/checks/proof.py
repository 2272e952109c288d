"""Proofs: on symbols, an equation minus what it must equal simplifies to zero.

The forward form runs on symbols, <cotangent, output> is differentiated with respect to every entry
of an input, and the entry of the gradient equation is subtracted; the forms of an equation are
subtracted from each other.  A proof holds for all values of the entries, at small shapes.  What is
not proved may be true all the same: nothing here says that an equation is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import TypeAlias

from gradcheck.arithmetic.expressions import Expr, Maximum, NotSmooth, sympy
from gradcheck.arithmetic.symbol import SymbolArray, to_symbols
from gradcheck.arithmetic.vanishing import vanishes
from gradcheck.arithmetic.generators import Generators
from gradcheck.checks.finding import NUMERICAL
from gradcheck.checks.symbolic_point import SymbolicPoint, symbolic_points
from gradcheck.notation import BATCH, MATRIX, SCALAR, Form, Operation, delta
from gradcheck.notation.batching import evaluate

SECONDS = 20.0
"""For one equation in one form.  The effort for one entry is bounded by its size, not by a clock."""

NOT_SMOOTH = (sympy.Abs, sympy.sign, sympy.Max, sympy.Min, sympy.Piecewise, sympy.floor)

Residuals: TypeAlias = Iterator[Expr]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What became of an attempt to prove that one witness equals another.

    Attributes
    ----------
    operation, quantity, candidate, reference : str
        As in a `Finding`: which equation, and who is compared with whom.
    proved : bool
        Whether it was proved.
    reason : str
        Why not; empty where it was.
    """

    operation: str
    quantity: str
    candidate: str
    reference: str
    reason: str = ""

    @property
    def proved(self) -> bool:
        """Whether the difference of both is zero for all values."""
        return not self.reason


def prove(operation: Operation, *, seconds: float = SECONDS) -> Iterator[Proof]:
    """Try to prove every equation of an operation, in every form.

    Parameters
    ----------
    operation : Operation
        Whose forms run on symbols.
    seconds : float
        The time for one equation in one form, looked at after each entry.

    Yields
    ------
    Proof
        Those of the forms against each other and of the gradients, form by form.

    Examples
    --------
    >>> from reference_nets import relu, tanh
    >>> for proof in prove(tanh):
    ...     print(proof.quantity, "|", proof.candidate, "|", proof.reference, "|", proof.proved)
    a | matrix form | scalar form | True
    delta_z | matrix form | scalar form | True
    delta_z | matrix form | numerical | True
    a | batch form | scalar form | True
    delta_z | batch form | scalar form | True
    delta_z | batch form | numerical | True
    delta_z | scalar form | numerical | True
    >>> next(prove(relu)).reason
    'not smooth: the code branches on z[0] > 0'
    """
    gradients = tuple(map(delta, operation.differentiable))
    for form in (MATRIX, BATCH, SCALAR):
        if form not in operation.forms:
            continue
        sides = [_Sides(operation, p) for p in symbolic_points(operation, in_batch=form == BATCH)]
        quantities = (operation.output, *gradients) if form == BATCH else operation.equations
        if form != SCALAR:
            for symbol in quantities:
                yield _attempt(
                    operation, symbol, form, f"{SCALAR} form", seconds, [s.of_forms for s in sides]
                )
        for symbol in gradients:
            yield _attempt(
                operation, symbol, form, NUMERICAL, seconds, [s.of_gradient for s in sides]
            )


def _attempt(operation, symbol, form, reference, seconds, laws) -> Proof:
    reason = ""
    end = monotonic() + seconds
    try:
        for law in laws:
            for residual in law(form, symbol):
                if not vanishes(residual, law.__self__.gens):
                    reason = "does not simplify to zero"
                    break
                if monotonic() > end:
                    reason = f"not done after {seconds:g} s"
                    break
            if reason:
                break
    except Exception as error:
        reason = str(error) or type(error).__name__
    return Proof(
        operation=operation.name,
        quantity=symbol,
        candidate=f"{form} form",
        reference=reference,
        reason=reason,
    )


class _Sides:
    def __init__(self, operation: Operation, point: SymbolicPoint) -> None:
        self.operation, self.point = operation, point
        self.gens = (Generators(hyperbolic=True), Generators())
        self.quantity = cache(self._quantity)
        self.objective = cache(self._objective)

    def of_forms(self, form: Form, symbol: str) -> Residuals:
        ours, theirs = self.quantity(form, symbol), self.quantity(SCALAR, symbol)
        assert ours.shape == theirs.shape
        for entry in (ours - theirs).ravel().tolist():
            yield entry.expr.xreplace(self.point.inside)

    def of_gradient(self, form: Form, symbol: str) -> Residuals:
        gradient = self.quantity(form, symbol)
        inputs = self.point.values[symbol.removeprefix("delta_")]
        assert gradient.shape == inputs.shape
        objective = self.objective(form)
        for g, x in zip(gradient.ravel().tolist(), inputs.ravel().tolist(), strict=True):
            yield (sympy.diff(objective, x.expr) - g.expr).xreplace(self.point.inside)

    def _objective(self, form: Form) -> Expr:
        output = self.quantity(form, self.operation.output)
        e = (to_symbols(output) * self.point.values[self.operation.cotangent]).sum().expr
        if e.has(*NOT_SMOOTH):
            raise NotSmooth("not smooth")
        for m in e.atoms(Maximum):
            if not vanishes(sympy.diff(e, m).xreplace(self.point.inside), self.gens):
                raise NotSmooth(f"not smooth: depends on {m}")
        return e

    def _quantity(self, form: Form, symbol: str) -> SymbolArray:
        values = {s: v.copy() for s, v in self.point.values.items()}
        return to_symbols(
            evaluate(self.operation, form, values, (symbol,), self.point.inputs_in_batch)[symbol]
        )
