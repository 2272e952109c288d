"""The law of the gradient, decided in balls: <δx, v> is the slope of the forward code along v.

One direction with random weights covers all entries at once, because at 30 and more digits a
single wrong entry cannot hide among thousands of right ones.  Only where the two sides disagree
are the entries looked at one by one, and only at a kink is a set of gradients sampled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.arithmetic import midpoint
from gradcheck.checks.accuracy import accuracy_columns
from gradcheck.checks.comparison import AGREEMENT_FLOOR, misfit, numbers_at, worst
from gradcheck.checks.entrywise import entry_by_entry
from gradcheck.checks.evaluation import Array, Evaluation, gradients
from gradcheck.checks.finding import NUMERICAL, Evidence, Finding, Verdict
from gradcheck.checks.probing import COVERED, Probe, magnitudes, probe, random_weights
from gradcheck.checks.subdifferential import Membership, membership
from gradcheck.notation import delta
from gradcheck.oracles.exact import EFFORTS, Shape, power_of_two

ORACLE = "balls"
DECIMAL = float(np.log10(2))

WANTED = 100.0
"""log2 of the precision in which every gradient is to be known: 30 digits."""

KINKS = (Shape.KINK, Shape.TIE)
"""Where one derivative is not enough: a gradient is held against a set of them."""


@dataclass
class _Covered:
    """What the directions say about one gradient.

    Attributes
    ----------
    probes : list of (mask, Probe)
        The entries that each direction covers; empty unless all agree.
    shape : Shape
        What the function looked like along the direction that decided.
    together : Shape
        What it looked like along a direction in all inputs.
    """

    probes: list[tuple[Array, Probe]] = field(default_factory=list)
    shape: Shape = Shape.SMOOTH
    together: Shape = Shape.SMOOTH


def exact_derivative(evaluation: Evaluation, rng: np.random.Generator) -> Iterator[Finding]:
    """Compare every gradient of one form with the derivative of its forward code, in balls.

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

    Raises
    ------
    NotLiftable, Undecided
        If balls cannot follow the code: the oracles for floats are next.
    """
    operation = evaluation.operation
    columns = dict(_all_columns(evaluation, rng))
    for symbol in operation.differentiable:
        yield Finding(
            operation=operation.name,
            point=evaluation.point.label,
            check="derivative",
            quantity=delta(symbol),
            candidate=evaluation.witness,
            reference=NUMERICAL,
            oracle=ORACLE,
            evidence=Evidence.EXACT,
            shape=evaluation.point.inputs[symbol].shape,
            entries=evaluation.point.inputs[symbol].size,
            **columns[symbol],
        )


def _all_columns(
    evaluation: Evaluation, rng: np.random.Generator
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each differentiable input with the columns of its finding."""
    names = gradients(evaluation.operation)
    floats, balls = evaluation.in_floats(names), evaluation.in_balls(names)
    fitting = []
    for symbol in evaluation.operation.differentiable:
        if complaint := _wrong_shape(evaluation, balls, symbol):
            yield symbol, complaint
        else:
            fitting.append(symbol)
    covered = _verify(evaluation, balls, fitting, rng)
    right = _smooth_and_right(covered)
    truths = {delta(symbol): balls[delta(symbol)] for symbol in right}
    accuracy = accuracy_columns(evaluation, floats, truths)
    for symbol in right:
        name = delta(symbol)
        agreed = _agreement(floats[name], balls[name], covered[symbol].probes)
        yield symbol, {**agreed, **accuracy.get(name, {})}
    left = [symbol for symbol in fitting if symbol not in right]
    kinked, member = _kinked(evaluation, balls, covered, left, rng)
    for symbol in left:
        if member and symbol in kinked:
            name = delta(symbol)
            yield symbol, _at_kink(floats[name], balls[name], symbol, member)
        else:
            yield symbol, entry_by_entry(evaluation, floats, balls, symbol, rng)


def _smooth_and_right(covered: Mapping[str, _Covered]) -> list[str]:
    """Return the inputs whose gradients are right beyond doubt.

    At a kink that shows only where all inputs move together, there are none, though each gradient
    may agree along its own input.
    """
    right = [symbol for symbol, one in covered.items() if one.probes]
    hidden = len(right) == len(covered) and any(one.together in KINKS for one in covered.values())
    return [] if hidden else right


def _kinked(
    evaluation: Evaluation,
    balls: Mapping[str, Any],
    covered: Mapping[str, _Covered],
    symbols: Sequence[str],
    rng: np.random.Generator,
) -> tuple[Sequence[str], Membership | None]:
    """Return which of the inputs are at a kink, and whether their gradients are valid there.

    An input may be smooth along itself at a kink of all inputs together, as those of
    min(|x|, |y|) are at 0: then the gradients of all are held against the hull.
    """
    kinked = [s for s in symbols if covered[s].shape in KINKS]
    if len(kinked) < len(symbols) and covered[symbols[0]].together in KINKS:
        together = membership(evaluation, balls, list(covered), rng)
        if together.verdict is Verdict.AGREE:
            return symbols, together
    return kinked, membership(evaluation, balls, kinked, rng) if kinked else None


def _wrong_shape(
    evaluation: Evaluation, balls: Mapping[str, Any], symbol: str
) -> dict[str, Any] | None:
    found, expected = np.shape(balls[delta(symbol)]), evaluation.point.inputs[symbol].shape
    if found == expected:
        return None
    note = misfit(delta(symbol), midpoint(balls[delta(symbol)]), symbol, expected)
    return {"verdict": Verdict.DISAGREE, "wrong": int(np.prod(expected)), "note": note}


def _verify(
    evaluation: Evaluation,
    balls: Mapping[str, Any],
    symbols: Sequence[str],
    rng: np.random.Generator,
) -> dict[str, _Covered]:
    """Return for each gradient what the directions say.

    All gradients are probed together first; only if that fails, each is probed by itself.
    """
    if not symbols:
        return {}
    masks = {s: np.ones(evaluation.point.inputs[s].shape, dtype=bool) for s in symbols}
    together, shape = _cover(evaluation, balls, masks, rng)
    if together or len(symbols) == 1:
        return {s: _Covered([(m[s], one) for m, one in together], shape) for s in symbols}
    found = {}
    for s in symbols:
        alone, alone_shape = _cover(evaluation, balls, {s: masks[s]}, rng)
        found[s] = _Covered([(m[s], one) for m, one in alone], alone_shape, shape)
    return found


def _cover(
    evaluation: Evaluation,
    balls: Mapping[str, Any],
    masks: dict[str, Array],
    rng: np.random.Generator,
) -> tuple[list[tuple[dict[str, Array], Probe]], Shape]:
    """Probe until an error of one part in 10^12 would be seen in every entry; [] on disagreement.

    Entries too small to be seen next to the large ones are probed again without those.
    """
    sizes = {s: magnitudes(balls[delta(s)]) for s in masks}
    if any(np.isposinf(size).any() for size in sizes.values()):
        return [], Shape.SMOOTH  # an entry that is not finite disagrees or is at an edge
    probes = []
    for n in range(len(EFFORTS)):
        directions = {s: random_weights(rng, mask) for s, mask in masks.items()}
        one = probe(evaluation, balls, directions, EFFORTS[n:])
        if not one.agrees:
            return [], one.slope.shape
        probes.append((masks, one))
        masks = {s: _uncovered(sizes[s], mask, one.unseen) for s, mask in masks.items()}
        if not any(mask.any() for mask in masks.values()):
            break
    return probes, Shape.SMOOTH


def _uncovered(size: Array, mask: Array, unseen: float) -> Array:
    """Return the entries in which a relative error of 10^-12 would have hidden.

    All of them where not even the largest one is known to 30 digits.
    """
    nonzero = mask & (size > -np.inf)
    if float(np.max(size, initial=-np.inf)) < unseen + WANTED:
        return nonzero
    return np.asarray(nonzero & (size < unseen - COVERED))


def _agreement(
    floats: Array, gradient: Any, probes: Sequence[tuple[Array, Probe]]
) -> dict[str, Any]:
    """Return the columns of a gradient that all its probes agree with."""
    true = midpoint(gradient)
    size, unseen = magnitudes(gradient, true), np.full(floats.shape, -np.inf)
    for mask, one in probes:
        unseen = np.where(mask, one.unseen, unseen)
    largest = float(np.max(size, initial=-np.inf))
    error = float(np.max(unseen, initial=-np.inf))
    relative = np.where(size > -np.inf, unseen - np.where(size > -np.inf, size, 0.0), -np.inf)
    broken = ~np.isfinite(floats)
    with np.errstate(invalid="ignore"):  # a float result that is not finite is the worst
        index = worst(np.where(broken, np.inf, np.abs(floats - true)))
    floor = power_of_two(float(np.max(relative, initial=-np.inf)))
    verdict = Verdict.AGREE if floor <= AGREEMENT_FLOOR else Verdict.INCONCLUSIVE
    verdict = Verdict.DISAGREE if broken.any() else verdict
    notes = {
        Verdict.DISAGREE: "not finite in floats, though the true value is",
        Verdict.INCONCLUSIVE: "the balls are too wide to tell the smallest entries",
    }
    return {
        "verdict": verdict,
        "wrong": int(broken.sum()),
        "digits": ((largest if largest > -np.inf else 0.0) - error) * DECIMAL,
        "floor": floor,
        "reference_error": power_of_two(error),
        "note": notes.get(verdict, ""),
        **(numbers_at(index, floats, true) if floats.size else {}),
    }


def _at_kink(floats: Array, gradient: Any, symbol: str, member: Membership) -> dict[str, Any]:
    """Return the columns of a gradient that was held against the gradients nearby."""
    excess, nearest = member.excess[symbol], member.nearest[symbol]
    wrong = excess > 0 if member.verdict is Verdict.DISAGREE else np.zeros(excess.shape, bool)
    verdict = member.verdict
    if verdict is Verdict.DISAGREE and not wrong.any():
        verdict = Verdict.AGREE
    index = worst(excess)
    notes = {
        Verdict.AGREE: "a kink: one of the slopes that are valid here",
        Verdict.DISAGREE: "a kink: outside the hull of the gradients nearby",
        Verdict.INCONCLUSIVE: "a kink: the gradients nearby could not be sampled completely",
    }
    return {
        "verdict": verdict,
        "kink": True,
        "wrong": int(wrong.sum()),
        "floor": 1e-10,
        "note": notes[verdict],
        **numbers_at(index, floats, np.asarray(nearest)),
    }
