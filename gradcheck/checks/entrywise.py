"""Looking at single entries in balls, once something is wrong: all of them, or by bisection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.arithmetic import midpoint, precision
from gradcheck.checks.additivity import not_differentiable
from gradcheck.checks.comparison import ROUNDED_CONSTANTS, digits_left, numbers_at, worst
from gradcheck.checks.evaluation import Array, Evaluation
from gradcheck.checks.finding import Verdict
from gradcheck.checks.locating import suspects
from gradcheck.checks.probing import ENTRYWISE, slopes
from gradcheck.checks.rounding import SAFETY
from gradcheck.checks.second_opinion import doubt
from gradcheck.notation import delta
from gradcheck.oracles.exact import Shape, Slope, log2_of, power_of_two

MOST_SUSPECTS = 16
"""Wrong entries that bisection names before it stops: enough to see a pattern."""

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
    magnified = _cancellation(evaluation, balls[name], name)
    excuses = [float(magnified[i]) for i in indices]
    gaps = [
        Gap(
            i,
            one,
            _beyond(balls[name][i], one, ROUNDED_CONSTANTS),
            _beyond(balls[name][i], one, excuse),
        )
        for i, one, excuse in zip(indices, found, excuses, strict=True)
    ]
    columns = _columns(floats[name], midpoint(balls[name]), gaps)
    if columns["verdict"] is Verdict.DISAGREE:
        at, ours, theirs = (
            columns[c] for c in ("worst_index", "candidate_value", "reference_value")
        )
        reason = doubt(evaluation, symbol, at, ours, theirs)
        if reason := reason or not_differentiable(evaluation, balls, symbol, rng):
            columns |= {"verdict": Verdict.INCONCLUSIVE, "note": reason, "floor": np.inf}
    return columns


@dataclass(frozen=True, slots=True)
class Gap:
    """One entry of a gradient next to the slope of the forward code.

    Attributes
    ----------
    index : tuple of int
        Which entry.
    slope : Slope
        The slope there.
    differs : bool
        Whether the entry differs by more than constants rounded to floats make.
    wrong : bool
        Whether it differs by more than such constants make at this entry's conditioning.
    """

    index: tuple[int, ...]
    slope: Slope
    differs: bool
    wrong: bool


def _cancellation(evaluation: Evaluation, gradient: Any, name: str) -> Array:
    """Return by how much rounded constants may move an entry, as its conditioning shows it."""
    moves = evaluation.function.conditioning((name,))[name]
    size = np.abs(midpoint(gradient))
    with np.errstate(all="ignore"):  # an entry that is zero or not finite magnifies nothing
        magnified: Array = ROUNDED_CONSTANTS + np.nan_to_num(
            SAFETY * moves / size, nan=0.0, posinf=0.0
        )
    return magnified


def _beyond(ours: Any, truth: Slope, allowed: float) -> bool:
    """Whether an entry is farther from the slope than allowed, as far as there is a slope."""
    if not ours.arb.is_finite():
        return truth.shape in (*KNOWN, Shape.KINK)  # no slope of any kind is NaN or infinite
    if truth.shape not in KNOWN:
        return False
    with precision(truth.bits):
        gap, slack = ours - truth.value, truth.error + float(allowed) * _size(truth.value)
        return bool(gap.arb.abs_lower() > slack.arb)


def _size(x: Any) -> Any:
    return type(x)(x.arb.abs_upper())


def _columns(floats: Array, ours: Array, gaps: Sequence[Gap]) -> dict[str, Any]:
    truth = np.full(floats.shape, np.nan)
    for gap in gaps:
        truth[gap.index] = midpoint(gap.slope.value)
    known = [gap for gap in gaps if gap.slope.shape in KNOWN]
    wrong = [gap for gap in gaps if gap.wrong]
    vague = [gap for gap in known if gap.differs and not gap.wrong]
    error = max((log2_of(gap.slope.error) for gap in known), default=np.inf)
    columns: dict[str, Any] = {
        "wrong": len(wrong),
        "reference_error": power_of_two(error),
        "floor": ROUNDED_CONSTANTS,
    }
    if wrong:
        at = _largest(wrong, ours, truth)
        shown = numbers_at(at, ours, truth)
        kept = digits_left(shown["rel_error"])
        return columns | {"verdict": Verdict.DISAGREE, "digits": kept, **shown}
    if len(known) < len(gaps) or not gaps:
        unknown = [gap.slope for gap in gaps if gap.slope.shape not in KNOWN]
        return columns | {"verdict": Verdict.INCONCLUSIVE, "note": _why(unknown)}
    at = _largest(vague or known, ours, truth)
    if vague:
        note = "differs by no more than constants rounded to floats would at this conditioning"
        columns |= {"verdict": Verdict.INCONCLUSIVE, "note": note, "floor": np.inf}
        return columns | numbers_at(at, ours, truth)
    note = "agrees up to constants that are rounded to floats"
    return columns | {"verdict": Verdict.AGREE, "note": note, **numbers_at(at, floats, truth)}


def _largest(gaps: Sequence[Gap], ours: Array, truth: Array) -> tuple[int, ...]:
    """Return the entry with the largest difference; one that is not finite beats all."""
    with np.errstate(invalid="ignore"):  # inf - inf is NaN, the worst of all
        differences = np.array([abs(ours[gap.index] - truth[gap.index]) for gap in gaps])
    return gaps[worst(differences)[0]].index


def _why(unknown: Sequence[Slope]) -> str:
    kinds = ", ".join(sorted({s.shape.value for s in unknown}))
    return f"no derivative here: {kinds}" if kinds else "along single entries nothing disagrees"
