"""Putting a wrong equation into a right operation, in some of its forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.witnesses import witnesses
from gradcheck.diagnosis.culprit import by_quantity, culprit
from gradcheck.notation import BATCH, MATRIX, SCALAR, Equation, Operation, Point

PLACEMENTS = {
    "scalar form only": (SCALAR,),
    "matrix and batch form only": (MATRIX, BATCH),
    "both": (SCALAR, MATRIX, BATCH),
}


def planted(operation: Operation, wrong: Equation, forms: Iterable[str]) -> Operation:
    """Return the operation with these forms of one equation taken from the wrong one."""

    def replaced(right: Equation) -> Equation:
        if right.name != wrong.name:
            return right
        bodies = {form: wrong[form] for form in forms if form in wrong.forms}
        return replace(right, forms={**right.forms, **bodies})

    return replace(
        operation,
        forward=replaced(operation.forward),
        where=[replaced(equation) for equation in operation.where],
        gradients=[replaced(equation) for equation in operation.gradients],
    )


def findings_at(operation: Operation, point: Point) -> list[Finding]:
    """Return what the three witnesses say."""
    return list(witnesses(operation, point))


def findings_of(
    operation: Operation, sizes: dict[str, int], inputs_in_batch: int | None = None
) -> list[Finding]:
    """Return what the three witnesses say at a random point of these sizes."""
    rng = np.random.default_rng(0)
    return findings_at(operation, operation.sample(rng, sizes, inputs_in_batch=inputs_in_batch))


def accused(findings: Iterable[Finding]) -> set[str]:
    """Return the quantities about which something disagrees."""
    return {f.quantity for f in findings if f.verdict is Verdict.DISAGREE}


def culprits(findings: Iterable[Finding]) -> dict[str, str]:
    """Return for each quantity what its comparisons mean together."""
    return {group[0].quantity: culprit(group) for group in by_quantity(findings)}
