"""The three witnesses at one point: scalar form, matrix (or batch) form, numerical derivative."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.checks.budget import UNLIMITED, Budget
from gradcheck.checks.derivative import derivative
from gradcheck.checks.evaluation import Evaluation, gradients
from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.checks.forms import forms_agree
from gradcheck.notation import BATCH, CODE, MATRIX, SCALAR, Operation, Point


def witnesses(
    operation: Operation,
    point: Point,
    seed: int = 0,
    *,
    budget: Budget = UNLIMITED,
    entitlement: bool = True,
) -> Iterator[Finding]:
    """Hold every equation against the other witnesses.

    At a single input the matrix form is compared with the scalar form, at a batch the batch form
    with the scalar form input by input; then each form with the derivative of the forward code.

    Parameters
    ----------
    operation : Operation
        What is checked.
    point : Point
        Where.
    seed : int
        Draws the directions of the exact oracle.
    budget : Budget
        How long it may take; what is not reached is inconclusive.
    entitlement : bool
        Whether to find out what rounding entitles every gradient to, which costs as much as the
        verdict, or only those that keep few digits.

    Yields
    ------
    Finding
        First those of the forms, then those of the derivatives.

    Examples
    --------
    >>> from reference_nets import tanh
    >>> point = tanh.sample(np.random.default_rng(0))
    >>> for finding in witnesses(tanh, point):
    ...     print(finding.quantity, finding.candidate, finding.reference, finding.verdict)
    a matrix form scalar form agree
    delta_z matrix form scalar form agree
    delta_z matrix form numerical agree
    delta_z scalar form numerical agree
    """
    array_form = MATRIX if point.inputs_in_batch is None else BATCH
    forms = [form for form in (array_form, SCALAR, CODE) if form in operation.forms]
    first, *others = [
        Evaluation(operation, form, point, budget=budget, entitlement=entitlement) for form in forms
    ]
    wanted = _quantities(operation, point)
    for other in others:
        compared = list(forms_agree(first, other, wanted))
        yield from compared
        if all(f.verdict is Verdict.AGREE and f.evidence is Evidence.EXACT for f in compared):
            other.equal = first
    for evaluation in (first, *others):
        yield from derivative(evaluation, np.random.default_rng(seed))


def _quantities(operation: Operation, point: Point) -> tuple[str, ...]:
    """Return the left-hand sides that are compared; of a batch only what a batch defines."""
    if point.inputs_in_batch is None:
        return tuple(operation.equations)
    return (operation.output, *gradients(operation))
