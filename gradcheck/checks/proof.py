"""Proofs: on symbols, an equation minus what it must equal simplifies to zero.

The forward form runs on symbols, <cotangent, output> is differentiated with respect to every entry
of an input, and the entry of the gradient equation is subtracted; the forms of an equation are
subtracted from each other.  A proof holds for all values of the entries, at small shapes.  What is
not proved may be true all the same: nothing here says that an equation is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from gradcheck.arithmetic.expressions import NotSymbolic
from gradcheck.arithmetic.generators import TooLarge
from gradcheck.arithmetic.symbolic_buffers import symbolic_buffers
from gradcheck.checks.budget import Budget, OutOfBudget
from gradcheck.checks.finding import NUMERICAL
from gradcheck.checks.symbolic_form import NotProved, SymbolicForm
from gradcheck.checks.symbolic_point import symbolic_points
from gradcheck.checks.time_limit import interrupted_by
from gradcheck.notation import BATCH, MATRIX, SCALAR, Form, Operation, delta

SECONDS = 20.0
"""For one operation: a recurrence could take hours.  The effort for one difference is bounded by
its size, so that short proofs depend on no clock."""

SHARE = 4.0
"""One equation in one form may take a quarter of the time: others shall have their turn."""

Attempt = Callable[[Budget], None]
Forms = list[SymbolicForm]  # one form, at every symbolic point


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What became of an attempt to prove that one witness equals another.

    Attributes
    ----------
    operation, quantity, candidate, reference : str
        As in a `Finding`: which equation, and who is compared with whom.
    reason : str
        Why it was not proved; empty where it was.
    """

    operation: str
    quantity: str
    candidate: str
    reference: str
    reason: str = ""

    @property
    def proved(self) -> bool:
        """Whether the difference of both was shown to be zero for all values."""
        return not self.reason


def prove(operation: Operation, *, seconds: float = SECONDS) -> Iterator[Proof]:
    """Try to prove every equation of an operation, in every form.

    Parameters
    ----------
    operation : Operation
        Whose forms run on symbols.
    seconds : float
        The time for all; what is left when they have passed is listed as not tried.

    Yields
    ------
    Proof
        For each form, that its gradients are the derivatives of its forward equation; then, that
        the other forms equal the scalar form.

    Examples
    --------
    >>> from reference_nets import relu, tanh
    >>> for proof in prove(tanh):
    ...     print(proof.quantity, "|", proof.candidate, "|", proof.reference, "|", proof.proved)
    delta_z | scalar form | numerical | True
    delta_z | matrix form | numerical | True
    delta_z | batch form | numerical | True
    a | matrix form | scalar form | True
    delta_z | matrix form | scalar form | True
    a | batch form | scalar form | True
    delta_z | batch form | scalar form | True
    >>> next(prove(relu)).reason
    'not smooth: the code branches on z[0] > 0'
    """
    budget = Budget(seconds)
    forms = {
        form: _at_all_points(operation, form, in_batch=form == BATCH) for form in operation.forms
    }
    derivatives = [
        _derivative(forms[form], x, budget)
        for form in operation.forms
        for x in operation.differentiable
    ]
    yield from derivatives
    if {SCALAR, MATRIX} <= forms.keys():
        yield from _same_equations(forms[MATRIX], forms[SCALAR], budget)
    if {SCALAR, BATCH} <= forms.keys():
        yield from _same_batch(forms[BATCH], derivatives, budget)


def _at_all_points(operation: Operation, form: Form, *, in_batch: bool) -> Forms:
    points = symbolic_points(operation, in_batch=in_batch)
    return [SymbolicForm(operation, form, point) for point in points]


def _derivative(ours: Forms, x: str, budget: Budget) -> Proof:
    """By the chain rule from layer to layer, or else through all of the operation at once."""
    reason = _first_reason((partial(one.prove_gradient, x) for one in ours), budget)
    if reason and ours[0].has_layers:
        at_once = (partial(one.at_once().prove_gradient, x) for one in ours)
        reason = reason if _first_reason(at_once, budget) else ""
    return _proof(ours, delta(x), NUMERICAL, reason)


def _same_equations(ours: Forms, theirs: Forms, budget: Budget) -> Iterator[Proof]:
    """Conclude from equal equations to equal quantities, or else compare the quantities."""
    unequal: set[str] = set()
    for symbol, equation in ours[0].operation.equations.items():
        attempts = (
            partial(one.prove_same_equation, other, symbol)
            for one, other in zip(ours, theirs, strict=True)
        )
        reason = _first_reason(attempts, budget)
        if reason or unequal.intersection(equation.parameters):
            reason = _first_reason(_equalities(ours, theirs, symbol), budget)
        if reason:
            unequal.add(symbol)
        yield _proof(ours, symbol, _witness(SCALAR), reason)


def _same_batch(ours: Forms, derivatives: Iterable[Proof], budget: Budget) -> Iterator[Proof]:
    """Conclude that derivatives of equal outputs are equal, or else compare them."""
    operation = ours[0].operation
    theirs = _at_all_points(operation, SCALAR, in_batch=True)
    reason = _first_reason(_equalities(ours, theirs, operation.output), budget)
    yield _proof(ours, operation.output, _witness(SCALAR), reason)
    proved = {(proof.quantity, proof.candidate) for proof in derivatives if proof.proved}
    for symbol in map(delta, operation.differentiable):
        both = {(symbol, _witness(SCALAR)), (symbol, _witness(BATCH))} <= proved
        if reason or not both:
            why = _first_reason(_equalities(ours, theirs, symbol), budget)
            yield _proof(ours, symbol, _witness(SCALAR), why)
        else:
            yield _proof(ours, symbol, _witness(SCALAR), "")


def _equalities(ours: Forms, theirs: Forms, symbol: str) -> Iterator[Attempt]:
    for one, other in zip(ours, theirs, strict=True):
        yield partial(one.prove_equal, other, symbol)


def _first_reason(attempts: Iterable[Attempt], budget: Budget) -> str:
    """Return why the first of the attempts failed; nothing if all succeeded."""
    share = Budget(budget.seconds / SHARE)
    try:
        budget.check()
        with symbolic_buffers(), interrupted_by(share):
            for attempt in attempts:
                attempt(share)
    except (NotProved, NotSymbolic, TooLarge, OutOfBudget) as reason:
        return str(reason)
    except Exception as error:  # whatever code raises that was not written for symbols
        if isinstance(error.__cause__, NotSymbolic):  # compiled code passes a refusal on like this
            return str(error.__cause__)
        return f"it cannot run on symbols: {type(error).__name__}: {error}"
    return ""


def _proof(ours: Forms, quantity: str, reference: str, reason: str) -> Proof:
    return Proof(
        operation=ours[0].operation.name,
        quantity=quantity,
        candidate=_witness(ours[0].form),
        reference=reference,
        reason=reason,
    )


def _witness(form: Form) -> str:
    return f"{form} form"
