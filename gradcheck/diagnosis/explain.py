"""Finding the cause of a disagreement: the first explanation that holds here and elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from gradcheck.checks.budget import OutOfBudget
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.finding import Finding, Verdict
from gradcheck.diagnosis.causes.contraction import sum_of_products
from gradcheck.diagnosis.causes.epsilon import other_epsilon
from gradcheck.diagnosis.causes.factor import equals, factor
from gradcheck.diagnosis.causes.jacobian import diagonal_only, transposed_jacobian
from gradcheck.diagnosis.causes.kinks import outside_at_kinks
from gradcheck.diagnosis.causes.line_terms import (
    affine_along,
    constant_along,
    proportional_along,
    ratio_along,
)
from gradcheck.diagnosis.causes.mixed_up import (
    another_inputs_gradient,
    factor_inside,
    formula_of_the_output,
)
from gradcheck.diagnosis.causes.permutation import permutation
from gradcheck.diagnosis.causes.ratio import changing_ratio, constant_ratio
from gradcheck.diagnosis.causes.shape import no_gradient, wrong_shape
from gradcheck.diagnosis.causes.state import inputs_ignored, left_over, other_every_time
from gradcheck.diagnosis.causes.substitution import wrong_cotangent, wrong_point
from gradcheck.diagnosis.causes.terms import affine_term, term
from gradcheck.diagnosis.causes.upstream import cotangent_ignored
from gradcheck.diagnosis.causes.where import not_finite_where, right_only_where, wrong_only_where
from gradcheck.diagnosis.causes.zero import zero_gradient
from gradcheck.diagnosis.elsewhere import elsewhere
from gradcheck.diagnosis.explanation import CERTAIN, Explanation
from gradcheck.diagnosis.mismatch import Mismatch, mismatch_at

Cause: TypeAlias = Callable[[Mismatch], Iterator[Explanation]]

STATE: tuple[Cause, ...] = (other_every_time,)
"""What comes before all others: they compare numbers that stay what they are."""

SHAPES: tuple[Cause, ...] = (no_gradient, wrong_shape)
NOT_FINITE: tuple[Cause, ...] = (not_finite_where,)

CAUSES: tuple[Cause, ...] = (
    zero_gradient,
    cotangent_ignored,
    constant_ratio,
    another_inputs_gradient,
    permutation,
    equals,
    factor,
    term,
    inputs_ignored,
    left_over,
    constant_along,
    formula_of_the_output,
    factor_inside,
    wrong_cotangent,
    wrong_point,
    diagonal_only,
    transposed_jacobian,
    wrong_only_where,
    proportional_along,
    changing_ratio,
    ratio_along,
    affine_along,
    affine_term,
    sum_of_products,
    right_only_where,
    outside_at_kinks,
    other_epsilon,
)
"""What is tried, the most specific first; those that only describe stand behind those that name."""

LEAST_POINTS = 2
"""One other point might share a coincidence with the given one, such as a row that stays."""

SECONDS = 10.0
"""A cause is worth a short wait: nobody looks at a disagreement without looking for one."""


def explained(finding: Finding, evaluation: Evaluation, *, seconds: float = SECONDS) -> Finding:
    """Return a finding with the cause of its disagreement, as far as one is found.

    Parameters
    ----------
    finding : Finding
        Any; only a gradient that disagrees with the derivative gets a cause.
    evaluation : Evaluation
        The form and the point that the finding is about.
    seconds : float
        How long to look, within what is left of the evaluation's own budget.

    Examples
    --------
    >>> from gradcheck.adapters.operation_of import operation_of
    >>> from gradcheck.adapters.recognition import layer
    >>> from gradcheck.checks.derivative import derivative
    >>> from gradcheck.notation import CODE
    >>> def forward(x):
    ...     return np.tanh(x)
    >>> def backward(dout, x):
    ...     return dout * (1 - np.tanh(x))        # forgot the square
    >>> operation, point = operation_of(layer(forward, backward, [np.array([0.5, -1.0, 2.0])]))
    >>> here = Evaluation(operation, CODE, point)
    >>> finding, = derivative(here, np.random.default_rng(0))
    >>> print(explained(finding, here).cause)
    the true gradient is this one × (1 + y) (y is the output), in all 3 entries: is that factor
    left out?
    """
    wanted = finding.check == "derivative" and finding.verdict is Verdict.DISAGREE
    if not wanted or finding.cause or finding.candidate != evaluation.witness:
        return finding
    symbol = finding.quantity.removeprefix("delta_")
    limited = replace(evaluation, budget=evaluation.budget.at_most(seconds), equal=None)
    text = cause_of(limited, symbol, around=finding.worst_index)
    return replace(finding, cause=text) if text else finding


def cause_of(evaluation: Evaluation, symbol: str, around: tuple[int, ...] = ()) -> str:
    """Return the cause of a wrong gradient with its evidence; empty if none is found.

    Parameters
    ----------
    evaluation : Evaluation
        One form at a point.
    symbol : str
        The input whose gradient is wrong.
    around : tuple of int
        An entry that is wrong: of a large gradient its surroundings are looked at.
    """
    try:
        with np.errstate(all="ignore"):  # hypotheses divide by zero, and fail by it
            return _first_confirmed(mismatch_at(evaluation, symbol, around))
    except OutOfBudget:
        return ""  # what was not found in time is not said


def _first_confirmed(mismatch: Mismatch) -> str:
    others = _Elsewhere(mismatch)
    for cause in _applicable(mismatch):
        for explanation in _tried(cause, mismatch):
            if others.confirm(cause, explanation):
                return explanation.text
    return ""


def _applicable(mismatch: Mismatch) -> Iterator[Cause]:
    """Yield what may explain a gradient of this kind: one that moves, breaks, or does not fit."""
    yield from STATE
    try:
        fits, finite = mismatch.fits, bool(np.isfinite(mismatch.code.value).all())
    except Exception:  # code that raises has a note of its own in the finding
        return
    yield from (CAUSES if finite else NOT_FINITE) if fits else SHAPES


def _tried(cause: Cause, mismatch: Mismatch) -> Iterator[Explanation]:
    """Yield what a cause has to say; nothing where somebody's code breaks on the way."""
    try:
        yield from cause(mismatch)
    except Exception:  # a diagnosis is a courtesy: it never takes the place of the verdict
        return


class _Elsewhere:
    """The same gradient at other points, each looked at once, and only when it is needed."""

    def __init__(self, mismatch: Mismatch) -> None:
        points = elsewhere(mismatch.evaluation, mismatch.symbol)
        self._waiting = filter(_is_wrong, map(mismatch.at, points))
        self._known: list[Mismatch] = []

    def __iter__(self) -> Iterator[Mismatch]:
        yield from self._known
        for mismatch in self._waiting:
            self._known.append(mismatch)
            yield mismatch

    def confirm(self, cause: Cause, explanation: Explanation) -> bool:
        """Tell whether an explanation holds at other points too, until it is improbable enough."""
        bits = explanation.bits
        if bits == CERTAIN:
            return True
        for n, mismatch in enumerate(self if bits >= 0 else ()):
            if n >= LEAST_POINTS and bits >= explanation.enough:
                break
            claims = _tried(cause, mismatch)
            again = next((e for e in claims if e.same_as(explanation)), None)
            if again is None:
                return False
            bits += again.bits + again.fitted
        return bits >= explanation.enough


def _is_wrong(mismatch: Mismatch) -> bool:
    """Whether a point says anything: at some the wrong code happens to be right."""
    try:
        return not mismatch.fits or bool(mismatch.wrong.any())
    except Exception:  # the code need not run everywhere
        return False
