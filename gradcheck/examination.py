"""Examining a layer: its gradients and the laws, what search finds, and each cause."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from gradcheck.adapters.operation_of import operation_of
from gradcheck.checks.budget import UNLIMITED, Budget
from gradcheck.checks.derivative import derivative
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.laws import LAWS, Trial
from gradcheck.checks.witnesses import witnesses
from gradcheck.diagnosis.explain import explained
from gradcheck.notation import CODE, Layer, Operation, Point
from gradcheck.search import found, shrunk
from gradcheck.search.cases import random_cases
from gradcheck.search.shrinking import SECONDS as SHRINKING

ENTITLED_ENTRIES = 10_000
"""Up to so many entries it takes a blink to find out what rounding entitles each one to; beyond,
that is done only where few digits are kept."""

DERIVATIVE = "derivative"
CHECKS = (DERIVATIVE, *LAWS)
"""Everything that a layer is held to, under the names of reports and test ids."""

SEARCH = "search"
"""What is only done where it is asked for, because it takes seconds."""

EXPLAINING = 12.0
"""Seconds in which causes and smallest cases of wrong gradients are looked for."""


class Examination:
    """A layer at its example, with what the checks share.

    Parameters
    ----------
    layer : Layer
        What is examined.
    seed : int
        Draws the cotangent and the directions.
    budget : Budget
        How long it may take; what is not reached is inconclusive.
    entitlement : bool, optional
        Whether to find out what rounding entitles every gradient to; if left out, only where
        that is quick.
    explain : bool
        Whether to look for cause and smallest case of a disagreement, which takes seconds.

    Raises
    ------
    PointError, CodeError
        If the layer cannot be run at its example.
    """

    def __init__(
        self,
        layer: Layer,
        *,
        seed: int = 0,
        budget: Budget = UNLIMITED,
        entitlement: bool = False,
        explain: bool = True,
    ) -> None:
        self.layer, self.seed = layer, seed
        self._explaining = EXPLAINING if explain else 0.0
        operation, point = operation_of(layer, seed=seed)
        entries = sum(point.inputs[symbol].size for symbol in operation.differentiable)
        self.evaluation = Evaluation(
            operation,
            CODE,
            point,
            budget=budget,
            entitlement=entitlement or entries <= ENTITLED_ENTRIES,
        )

    @cached_property
    def _trial(self) -> Trial:
        """What the laws share: runs that several of them look at."""
        return Trial(self.layer, self.evaluation)

    @cached_property
    def _findings(self) -> dict[str, tuple[Finding, ...]]:
        return {}

    def findings(self, check: str) -> tuple[Finding, ...]:
        """Return the findings of one of `CHECKS` or of the search, made at most once."""
        if check not in self._findings:
            self._findings[check] = tuple(self._found(check))
        return self._findings[check]

    def _found(self, check: str) -> Iterator[Finding]:
        if check == DERIVATIVE:
            yield from self._gradients()
        elif check == SEARCH:
            yield from found(self.layer, seed=self.seed, budget=self.evaluation.budget)
        else:
            yield from LAWS[check](self._trial)

    def _gradients(self) -> Iterator[Finding]:
        """Yield what the oracles say, and of disagreements the cause and the smallest case."""
        found = tuple(derivative(self.evaluation, np.random.default_rng(self.seed)))
        spent = self.evaluation.budget.at_most(self._explaining)
        for finding in found:
            yield self._explained(finding, spent)

    def _explained(self, finding: Finding, spent: Budget) -> Finding:
        if finding.verdict is not Verdict.DISAGREE or not spent.left:
            return finding
        with_cause = explained(finding, self.evaluation, seconds=spent.left / 2)
        shrinking = spent.at_most(SHRINKING)
        return shrunk(self.layer, with_cause, seed=self.seed, budget=shrinking)


def examine(
    layer: Layer, *, laws: bool = True, search: bool = False, **how: Any
) -> tuple[Finding, ...]:
    """Return all findings on a layer, the gradients first.

    Parameters
    ----------
    layer : Layer
        What is examined.
    laws : bool
        Whether to hold it to the laws as well.
    search : bool
        Whether to search for inputs at which a gradient goes wrong.
    **how
        Handed to `Examination`.
    """
    examination = Examination(layer, **how)
    checks = (*(CHECKS if laws else (DERIVATIVE,)), *((SEARCH,) if search else ()))
    return tuple(finding for check in checks for finding in examination.findings(check))


def examine_operation(
    operation: Operation,
    point: Point | None = None,
    *,
    seed: int = 0,
    explain: bool = True,
    **how: Any,
) -> tuple[Finding, ...]:
    """Return what the three witnesses say of an operation.

    Parameters
    ----------
    operation : Operation
        What is examined.
    point : Point, optional
        Where; at points that are drawn if left out.
    seed : int
        Draws the points and the directions.
    explain : bool
        Whether to look for the causes of disagreements, which takes seconds.
    **how
        Handed to `witnesses`.
    """
    points = [point] if point else [case.point for case in random_cases(operation, seed)]
    return tuple(
        _with_cause(finding, operation, at) if explain else finding
        for at in points
        for finding in witnesses(operation, at, seed, **how)
    )


def _with_cause(finding: Finding, operation: Operation, point: Point) -> Finding:
    """Return a finding about one form of an operation, a disagreement with its cause."""
    if finding.verdict is not Verdict.DISAGREE or finding.check != DERIVATIVE:
        return finding
    return explained(finding, Evaluation(operation, finding.candidate.removesuffix(" form"), point))
