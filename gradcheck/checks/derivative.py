"""The law of the gradient: δx is the derivative of the forward code, by the strongest oracle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.arithmetic import NotLiftable, Undecided, resting_collector
from gradcheck.checks.budget import OutOfBudget
from gradcheck.checks.evaluation import Evaluation, gradients
from gradcheck.checks.exact_derivative import exact_derivative
from gradcheck.checks.finding import NUMERICAL, Finding, Verdict
from gradcheck.checks.measured_derivative import measured_derivative


def derivative(evaluation: Evaluation, rng: np.random.Generator) -> Iterator[Finding]:
    """Compare every gradient of one form with the derivative of its forward code.

    Balls decide where they can follow the code; otherwise the oracles for floats measure, and
    each finding says why balls did not apply.

    Parameters
    ----------
    evaluation : Evaluation
        One form at a point.
    rng : numpy.random.Generator
        Draws the directions.

    Yields
    ------
    Finding
        One for each differentiable input.
    """
    findings: list[Finding] = []
    try:
        if failure := evaluation.failure(evaluation.operation.output):
            yield from _unchecked(evaluation, findings, failure)
            return
        try:
            with resting_collector():
                findings.extend(exact_derivative(evaluation, rng))
        except (NotLiftable, Undecided) as reason:
            findings = []  # those of the oracles for floats take their place
            findings.extend(measured_derivative(evaluation, why=f"balls do not apply: {reason}"))
    except OutOfBudget as reason:
        findings += _unchecked(evaluation, findings, str(reason))
    yield from (_with_dtype(evaluation, finding) for finding in findings)


def _with_dtype(evaluation: Evaluation, finding: Finding) -> Finding:
    """Name the dtype of a gradient where it is not that of its input: digits may be lost there."""
    name, symbol = finding.quantity, finding.quantity.removeprefix("delta_")
    found = evaluation.dtype_of(name)
    if found in (None, expected := evaluation.point.inputs[symbol].dtype):
        return finding
    note = f"{name} has dtype {found}, but {symbol} has {expected}"
    return replace(finding, note="; ".join(filter(None, (note, finding.note))))


def _unchecked(
    evaluation: Evaluation, findings: Sequence[Finding], reason: str
) -> Iterator[Finding]:
    """Yield an inconclusive finding for every gradient that was not reached."""
    reached = {finding.quantity for finding in findings}
    for name in gradients(evaluation.operation):
        if name not in reached:
            x = evaluation.point.inputs[name.removeprefix("delta_")]
            yield Finding(
                operation=evaluation.operation.name,
                point=evaluation.point.label,
                check="derivative",
                quantity=name,
                candidate=evaluation.witness,
                reference=NUMERICAL,
                shape=x.shape,
                entries=x.size,
                verdict=Verdict.INCONCLUSIVE,
                note=f"left unchecked: {reason}",
            )
