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
from gradcheck.checks.finding import Finding
from gradcheck.checks.laws import LAWS, Trial
from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import CODE, Layer, Operation, Point
from gradcheck.search.cases import random_cases

ENTITLED_ENTRIES = 10_000
"""Up to so many entries it takes a blink to find out what rounding entitles each one to; beyond,
that is done only where few digits are kept."""

DERIVATIVE = "derivative"
CHECKS = (DERIVATIVE, *LAWS)
"""Everything that a layer is held to, under the names of reports and test ids."""


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
    ) -> None:
        self.layer, self.seed = layer, seed
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
    def _findings(self) -> dict[str, tuple[Finding, ...]]:
        return {}

    def findings(self, check: str) -> tuple[Finding, ...]:
        """Return the findings of one of `CHECKS`, run at most once."""
        if check not in self._findings:
            self._findings[check] = tuple(self._found(check))
        return self._findings[check]

    def _found(self, check: str) -> Iterator[Finding]:
        if check == DERIVATIVE:
            yield from derivative(self.evaluation, np.random.default_rng(self.seed))
        else:
            yield from LAWS[check](Trial(self.layer, self.evaluation))


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
    return tuple(
        finding
        for check in (CHECKS if laws else (DERIVATIVE,))
        for finding in examination.findings(check)
    )


def examine_operation(
    operation: Operation, point: Point | None = None, *, seed: int = 0, **how: Any
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
    **how
        Handed to `witnesses`.
    """
    points = [point] if point else [case.point for case in random_cases(operation, seed)]
    return tuple(found for at in points for found in witnesses(operation, at, seed, **how))
