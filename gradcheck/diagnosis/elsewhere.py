"""Other points, at which a cause has to hold as well: a coincidence seldom comes twice.

They must stay where the code is defined, so that the inputs are made from the given values: each
is moved towards zero, equal values alike, and their places are exchanged.  Zeros stay zeros, ties
stay ties and signs stay signs; but a factor that happened to be 2 here is another one there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.checks.budget import OutOfBudget
from gradcheck.checks.evaluation import Array, Evaluation
from gradcheck.notation import Point, delta

SPREAD = 0.5
"""How far values move towards zero at most, relative to themselves."""

SMALL_SPREAD = 2.0**-6
"""The same where the code breaks at points that are farther away."""

TRIALS = ((SPREAD, True), (SPREAD, False), (SPREAD, True), (SPREAD, True), (SPREAD, False))
"""Spreads, and whether places are exchanged: some code wants its numbers in order."""

NEARBY = ((SMALL_SPREAD, True), (SMALL_SPREAD, False), (SMALL_SPREAD, False))

ROUNDED_SUM = 1e-6
"""Rows whose sums are this near to 1 are meant to be distributions, in float32 too."""


def elsewhere(evaluation: Evaluation, symbol: str, seed: int = 0) -> Iterator[Evaluation]:
    """Yield the same form at other points, at most five, as far as its code can be run there.

    Parameters
    ----------
    evaluation : Evaluation
        One form at a point.
    symbol : str
        The input whose gradient is looked at.
    seed : int
        Draws the points.
    """
    rng = np.random.default_rng(seed)
    found = 0
    for trials in (TRIALS, NEARBY):
        for spread, exchange in trials if not found else ():
            moved = _moved(evaluation, symbol, rng, spread, exchange=exchange)
            if _runs(moved, symbol):
                found += 1
                yield moved


def with_inputs(
    evaluation: Evaluation, inputs: Mapping[str, Any], cotangent: Any = None
) -> Evaluation:
    """Return the same form with some of the inputs, or the cotangent, replaced."""
    old = evaluation.point
    values = {**old.inputs, **inputs}
    values = {s: np.asarray(x, dtype=old.inputs[s].dtype) for s, x in values.items()}
    cotangent = old.cotangent if cotangent is None else cotangent
    cotangent = np.broadcast_to(np.asarray(cotangent, old.cotangent.dtype), old.cotangent.shape)
    point = Point(values, cotangent, old.label, old.inputs_in_batch)
    return replace(evaluation, point=point, equal=None, origin=None, offset={})


def _moved(
    evaluation: Evaluation,
    symbol: str,
    rng: np.random.Generator,
    spread: float,
    *,
    exchange: bool,
) -> Evaluation:
    inputs = {
        s: _nearer_to_zero(x, rng, spread, exchange=exchange)
        for s, x in evaluation.point.inputs.items()
        if x.dtype.kind == "f" and (s == symbol or _free(x))
    }
    shape = evaluation.point.cotangent.shape
    signs = rng.choice((-1.0, 1.0), shape)
    return with_inputs(evaluation, inputs, signs * np.round(rng.uniform(1, 2, shape), 3))


def _nearer_to_zero(x: Array, rng: np.random.Generator, spread: float, *, exchange: bool) -> Array:
    """Shrink every number a little, equal ones alike unless all are, and exchange their places."""
    numbers, which = np.unique(x, return_inverse=True)
    if numbers.size == 1:
        return x * (1 - spread * rng.uniform(0, 1, x.shape))
    shrunk = numbers * (1 - spread * rng.uniform(0, 1, numbers.shape))
    values = shrunk[which.ravel()]
    fixed = not exchange or _symmetric(x)
    return np.reshape(values if fixed else rng.permutation(values), x.shape)


def _symmetric(x: Array) -> bool:
    """Whether a matrix is symmetric, which it may have to be."""
    return x.ndim == 2 and bool(np.array_equal(x, x.T))


def _free(x: Array) -> bool:
    """Whether numbers may be others: labels, masks and distributions may not."""
    if (x == 1).all():
        return True  # nothing was masked or labelled: a scale that is not trained yet
    if np.isin(x, (-1.0, 0.0, 1.0)).all():
        return False
    inside = bool(((x >= 0) & (x <= 1)).all()) and x.ndim > 0
    return not (inside and bool((np.abs(x.sum(axis=-1) - 1) <= ROUNDED_SUM).all()))


def _runs(evaluation: Evaluation, symbol: str) -> bool:
    """Whether the code runs there, and to finite numbers."""
    output, name = evaluation.operation.output, delta(symbol)
    try:
        values = evaluation.in_floats((output, name))
    except OutOfBudget:
        raise
    except Exception:  # whatever somebody's code does there: it is no place to look
        return False
    failed = evaluation.failure(output) or evaluation.failure(name)
    same = values[output].shape == evaluation.point.cotangent.shape
    return not failed and same and bool(np.isfinite(values[output]).all())
