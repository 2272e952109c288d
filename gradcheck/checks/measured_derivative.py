"""The law of the gradient, measured in floats: each entry against an estimate with its error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gradcheck.checks.comparison import measured_verdict, misfit
from gradcheck.checks.evaluation import Array, Evaluation, gradients
from gradcheck.checks.excuses import excuses
from gradcheck.checks.finding import NUMERICAL, Evidence, Finding, Verdict
from gradcheck.checks.measured_directions import along_directions
from gradcheck.checks.rounding import rounding
from gradcheck.notation import delta
from gradcheck.notation.batching import evaluate
from gradcheck.oracles.estimate import Estimate
from gradcheck.oracles.gradient import gradient


def measured_derivative(evaluation: Evaluation, *, why: str = "") -> Iterator[Finding]:
    """Compare every gradient of one form with estimates from the float oracles.

    Parameters
    ----------
    evaluation : Evaluation
        One form at a point.
    why : str
        Why the exact oracle did not apply; stands in the findings.

    Yields
    ------
    Finding
        One for each differentiable input.
    """
    operation, point = evaluation.operation, evaluation.point
    ours = evaluation.in_floats(gradients(operation))
    for symbol in operation.differentiable:
        name, x = delta(symbol), point.inputs[symbol]
        if ours[name].shape != x.shape:
            note = evaluation.failure(name) or misfit(name, ours[name], symbol, x.shape)
            columns: dict[str, Any] = {"verdict": Verdict.DISAGREE, "wrong": x.size, "note": note}
        else:
            columns = _columns(evaluation, symbol, ours[name])
            columns["oracle"] = "; ".join(filter(None, (columns["oracle"], why)))
        yield Finding(
            operation=operation.name,
            point=point.label,
            check="derivative",
            quantity=name,
            candidate=evaluation.witness,
            reference=NUMERICAL,
            shape=x.shape,
            entries=x.size,
            **columns,
        )


def of_one_input(evaluation: Evaluation, symbol: str) -> Callable[[Array], Any]:
    """Return x -> <cotangent, output> with the other inputs held, in the arithmetic of x."""
    operation, point = evaluation.operation, evaluation.point

    def phi(x: Array) -> Any:
        evaluation.budget.check()
        values = {s: value.copy() for s, value in point.inputs.items()} | {symbol: x}
        with np.errstate(all="ignore"):  # what is not finite marks the edge of the domain
            output = evaluate(
                operation, evaluation.form, values, (operation.output,), point.inputs_in_batch
            )[operation.output]
            return (point.cotangent * output).sum()

    return phi


def _columns(evaluation: Evaluation, symbol: str, ours: Array) -> dict[str, Any]:
    """Return what directions say of a large gradient, otherwise what its entries say."""
    phi, x = of_one_input(evaluation, symbol), evaluation.point.inputs[symbol]
    covered = along_directions(phi, x, ours, rounding(evaluation, delta(symbol)))
    return covered or _compared(evaluation, symbol, ours, gradient(phi, x))


def _compared(
    evaluation: Evaluation, symbol: str, ours: Array, estimate: Estimate
) -> dict[str, Any]:
    error = estimate.error + rounding(evaluation, delta(symbol))
    if measured_verdict(ours, estimate.value, error)["verdict"] is Verdict.DISAGREE:
        with np.errstate(all="ignore"):  # what is not finite exceeds everything
            excess = np.abs(ours - estimate.value) / error
        error += excuses(evaluation, symbol, excess)
    columns = {
        "evidence": Evidence.MEASURED,
        "oracle": estimate.oracle,
        "note": estimate.reason,
        "kink": bool(np.any(estimate.kink)),
        **measured_verdict(ours, estimate.value, error),
    }
    if not columns["kink"]:
        return columns
    low = np.minimum(estimate.left, estimate.right) - estimate.side_error
    high = np.maximum(estimate.left, estimate.right) + estimate.side_error
    outside = estimate.kink & ~((low <= ours) & (ours <= high))
    if outside.any() and columns["verdict"] is not Verdict.DISAGREE:
        columns |= {"verdict": Verdict.DISAGREE, "wrong": int(outside.sum())}
    return columns
