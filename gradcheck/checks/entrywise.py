"""Looking at single entries in balls, once something is wrong: all of them, or by bisection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gradcheck.arithmetic import midpoint, precision
from gradcheck.checks.comparison import numbers_at, worst
from gradcheck.checks.evaluation import Array, Evaluation
from gradcheck.checks.finding import Verdict
from gradcheck.checks.probing import ENTRYWISE, slopes, suspects
from gradcheck.notation import delta
from gradcheck.oracles.exact import Shape, Slope, log2_of

MOST_SUSPECTS = 16
"""Wrong entries that bisection names before it stops: enough to see a pattern."""

CONSTANT = 2.0**-50
"""Relative error that constants bring into a formula when they are rounded to floats: 0.1 is not
one tenth.  A few of them make a few units in the last place; a wrong formula makes far more."""

KNOWN = (Shape.SMOOTH, Shape.EDGE)
"""Where there is a derivative, at an edge a one-sided one."""


def entry_by_entry(
    evaluation: Evaluation,
    floats: Mapping[str, Array],
    balls: Mapping[str, Any],
    symbol: str,
    rng: np.random.Generator,
) -> dict[str, Any]:
    """Differentiate single entries of one input, and return the columns of the finding.

    Parameters
    ----------
    evaluation : Evaluation
        One form at the point.
    floats, balls : mapping of str to array
        Its gradients in floats and in balls.
    symbol : str
        The input.
    rng : numpy.random.Generator
        Draws the directions of the bisection.
    """
    shape, name = evaluation.point.inputs[symbol].shape, delta(symbol)
    indices = list(np.ndindex(shape))
    if len(indices) > ENTRYWISE:
        indices = suspects(evaluation, balls, symbol, rng, most=MOST_SUSPECTS)
    found = list(slopes(evaluation, symbol, indices))
    allowed = CONSTANT + _cancellation(evaluation, balls[name], name)
    wrong = [
        _is_wrong(balls[name][i], one, float(allowed[i]))
        for i, one in zip(indices, found, strict=True)
    ]
    return _columns(floats[name], midpoint(balls[name]), indices, found, np.array(wrong, bool))


def _cancellation(evaluation: Evaluation, gradient: Any, name: str) -> Array:
    """Return by how much an entry magnifies relative errors, as its conditioning shows it."""
    moves = evaluation.function.conditioning((name,))[name]
    size = np.abs(midpoint(gradient))
    with np.errstate(all="ignore"):  # an entry that is zero or not finite magnifies nothing
        magnified: Array = np.nan_to_num(8 * moves / size, nan=0.0, posinf=0.0)
    return magnified


def _is_wrong(ours: Any, truth: Slope, allowed: float) -> bool:
    """Whether an entry is not the slope, as far as there is one."""
    if truth.shape not in KNOWN:
        return False
    if not ours.arb.is_finite():
        return True
    with precision(truth.bits):
        gap, slack = ours - truth.value, truth.error + abs(allowed) * _size(truth.value)
        return bool(gap.arb.abs_lower() > slack.arb)


def _size(x: Any) -> Any:
    return type(x)(x.arb.abs_upper())


def _columns(
    floats: Array,
    ours: Array,
    indices: Sequence[tuple[int, ...]],
    found: Sequence[Slope],
    wrong: Array,
) -> dict[str, Any]:
    truth = np.full(floats.shape, np.nan)
    for index, s in zip(indices, found, strict=True):
        truth[index] = midpoint(s.value)
    with np.errstate(invalid="ignore"):  # entries that were not differentiated stay NaN
        gaps = np.array([abs(ours[i] - truth[i]) for i in indices])
    unknown = [s for s in found if s.shape not in KNOWN]
    if wrong.any():
        at = indices[worst(np.where(wrong, np.where(np.isfinite(gaps), gaps, np.inf), -1.0))[0]]
        columns = {"verdict": Verdict.DISAGREE, **numbers_at(at, ours, truth)}
    elif unknown or not found:
        columns = {"verdict": Verdict.INCONCLUSIVE, "note": _why(unknown)}
    else:
        at = indices[worst(gaps)[0]]
        note = "agrees up to constants that are rounded to floats" if gaps.any() else ""
        columns = {"verdict": Verdict.AGREE, "note": note, **numbers_at(at, floats, truth)}
    error = max((log2_of(s.error) for s in found if s.shape in KNOWN), default=np.inf)
    return {
        "wrong": int(wrong.sum()),
        "reference_error": float(2.0**error),
        "floor": CONSTANT,
        **columns,
    }


def _why(unknown: Sequence[Slope]) -> str:
    kinds = ", ".join(sorted({s.shape.value for s in unknown}))
    return f"no derivative here: {kinds}" if kinds else "along single entries nothing disagrees"
