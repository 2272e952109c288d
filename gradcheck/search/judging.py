"""Judging a candidate: by the check of the gradient, where the layer can be run at all."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from gradcheck.adapters.given import CodeError, run
from gradcheck.adapters.operation_of import operation_of
from gradcheck.checks.budget import Budget, OutOfBudget
from gradcheck.checks.derivative import derivative
from gradcheck.checks.evaluation import CODE_WITNESS, Evaluation
from gradcheck.checks.finding import NUMERICAL, Finding, Verdict
from gradcheck.notation import CODE, delta
from gradcheck.notation.layer import Layer
from gradcheck.search.candidate import Candidate
from gradcheck.search.doubts import reason_to_doubt
from gradcheck.search.time_limit import TimePassed, limited


class OutsideDomain(Exception):  # noqa: N818 - to end at a domain's edge is no error
    """The forward code raises at these values, or its output is not finite."""


def judged(
    layer: Layer, candidate: Candidate, budget: Budget, *, doubting: bool = True
) -> tuple[Finding, ...]:
    """Return a finding for each gradient of a layer at a candidate.

    A disagreement that right code might show, so far from its example, is inconclusive, unless
    there is to be no doubt.

    Parameters
    ----------
    layer : Layer
        At its example.
    candidate : Candidate
        Where to look.
    budget : Budget
        How long this may take.
    doubting : bool
        Whether to look for reasons to doubt a disagreement, which takes longer than to find it.

    Raises
    ------
    OutsideDomain
        If the candidate is no input of the layer.
    OutOfBudget
        If the time has passed.
    """
    try:
        with _silence():
            return tuple(_findings(layer, candidate, budget, doubting=doubting))
    except TimePassed as reason:
        raise OutOfBudget(str(reason)) from reason


def _findings(
    layer: Layer, candidate: Candidate, budget: Budget, *, doubting: bool
) -> Iterator[Finding]:
    here = inside(layer, candidate, budget)
    try:
        operation, point = operation_of(here, seed=candidate.seed, label=candidate.what)
    except CodeError as error:
        yield from _raised(here, candidate, error)
        return
    point = replace(point, cotangent=candidate.cotangent(point.cotangent))
    evaluation = Evaluation(operation, CODE, point, budget=budget, entitlement=False)
    for finding in derivative(evaluation, np.random.default_rng(candidate.seed)):
        yield _admitted(finding, evaluation, layer) if doubting else finding


def _admitted(finding: Finding, evaluation: Evaluation, layer: Layer) -> Finding:
    if finding.verdict is not Verdict.DISAGREE:
        return finding
    if reason := reason_to_doubt(finding, evaluation, layer):
        return replace(finding, verdict=Verdict.INCONCLUSIVE, wrong=0, note=reason)
    return finding


def inside(layer: Layer, candidate: Candidate, budget: Budget) -> Layer:
    """Return the layer at a candidate, as far as the candidate is in its domain.

    Raises
    ------
    OutsideDomain
        If the forward code raises there or does not end in time, or its output is not finite or
        no array of floats.
    """
    try:
        here: Layer = run(candidate.layer, "forward", limited(layer, budget))
    except (CodeError, TimePassed) as error:
        raise OutsideDomain(str(error)) from error
    if here.output.dtype.kind != "f" or not np.isfinite(here.output).all():
        raise OutsideDomain("the output is not finite")
    return here


def _raised(here: Layer, candidate: Candidate, error: CodeError) -> Iterator[Finding]:
    """Yield what a backward pass that raises means: a mistake, where forward had no objection.

    Not for empty arrays, which many do not expect, nor where it is the adapter that objects.
    """
    its_own = not isinstance(error.__cause__, CodeError | None)
    wrong = its_own and all(x.size for x in here.values.values())
    for symbol in here.differentiable:
        x = here.values[symbol]
        yield Finding(
            operation=here.name,
            point=candidate.what,
            check="derivative",
            quantity=delta(symbol),
            candidate=CODE_WITNESS,
            reference=NUMERICAL,
            shape=x.shape,
            entries=x.size,
            wrong=x.size if wrong else 0,
            verdict=Verdict.DISAGREE if wrong else Verdict.INCONCLUSIVE,
            note=str(error),
        )


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what the code says about awkward values to itself: it is asked for them on purpose."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
