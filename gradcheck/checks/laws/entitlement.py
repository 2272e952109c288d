"""What rounding may change in the output and in the gradients, measured by moving the inputs.

For laws that compare two runs of the same code: where sums are taken in another order, both are
right, and differ.  Unlike `gradcheck.checks.rounding`, the bound is one for the whole array: an
entry that moves little by chance is not held against the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.checks.evaluation import SIGN_DRAWS, SIGNS_SEED
from gradcheck.checks.laws.runs import Raised, Runner
from gradcheck.checks.rounding import SAFETY
from gradcheck.notation.layer import Array, Values

COARSENING = 2.0**8
"""Code that computes in float32 or bfloat16 inside does not notice the smallest moves.  They grow
by this until half of a quantity's entries notice one: to that it is entitled."""

COARSEST = 2.0**-8
"""Relative; half a last place of bfloat16, the coarsest format in which people compute."""


def entitlement(
    run: Runner, values: Values, cotangent: Array, unit: Any = None
) -> dict[str, float]:
    """Return how much the largest entry of each quantity may be off by rounding.

    The largest change under moves of all inputs by one unit in their last place, and a last place
    of the result, times a safety for the rounding inside.

    Parameters
    ----------
    run : callable
        Goes forward and back.
    values, cotangent
        Where.
    unit : dtype, optional
        The format in whose last places the inputs move; their own if left out.
    """
    copies = {symbol: value.copy() for symbol, value in values.items()}
    base = run(copies, cotangent.copy()).quantities
    change, step = dict.fromkeys(base, 0.0), 1.0
    waiting = set(base)
    while waiting and step * np.finfo(unit or cotangent.dtype).eps <= COARSEST:
        there = [_tried(run, *moved) for moved in _moves(values, cotangent, unit, step)]
        moves = {name: _largest([one.get(name) for one in there], base[name]) for name in waiting}
        change |= {name: float(np.max(move, initial=0.0)) for name, move in moves.items()}
        waiting = {n for n in waiting if np.sum(moves[n] > 0) < np.sum(base[n] != 0) / 2}
        step *= COARSENING
    return {name: SAFETY * (change[name] + _last_place(x, unit)) for name, x in base.items()}


def _moves(
    values: Values, cotangent: Array, unit: Any, step: float
) -> Iterator[tuple[dict[str, Array], Array]]:
    """Yield the inputs and the cotangent, moved by some last places with random signs."""
    rng = np.random.default_rng(SIGNS_SEED)
    for _ in range(SIGN_DRAWS):
        moved = {symbol: _moved(value, rng, unit, step) for symbol, value in values.items()}
        yield moved, _moved(cotangent, rng, unit, step)


def _moved(x: Array, rng: np.random.Generator, unit: Any, step: float) -> Array:
    if x.dtype.kind != "f":
        return x.copy()
    with np.errstate(all="ignore"):  # next to the largest float: not finite, and left out
        place = step * np.spacing(np.abs(x).astype(unit or x.dtype))
        return np.asarray(x + (place * rng.choice((-1.0, 1.0), size=x.shape)).astype(x.dtype))


def _tried(run: Runner, moved: Values, along: Array) -> Mapping[str, Array]:
    try:
        return run(moved, along).quantities
    except Raised:  # next to the edge of the domain
        return {}


def _largest(moved: Iterable[Array | None], base: Array) -> Array:
    """Return the largest finite change of every entry."""
    change = np.zeros(base.shape)
    for one in moved:
        if one is not None and one.shape == base.shape:
            gap = gaps(one, base)
            change = np.maximum(change, np.where(np.isfinite(gap), gap, 0.0))
    return change


def gaps(found: Array, expected: Array) -> Array:
    """Return the distance of every entry; infinite where only one of them is finite.

    Examples
    --------
    >>> gaps(np.array([1.0, np.nan, np.inf]), np.array([3.0, np.nan, 0.0])).tolist()
    [2.0, 0.0, inf]
    """
    with np.errstate(all="ignore"):  # inf - inf is NaN, and dealt with by name
        difference = np.abs(found - expected.astype(np.result_type(expected, float)))
    alike = (found == expected) | (np.isnan(found) & np.isnan(expected))
    return np.asarray(np.where(alike, 0.0, np.where(np.isnan(difference), np.inf, difference)))


def largest_of(x: Array) -> float:
    """Return the largest finite magnitude, 0 where there is none."""
    return float(np.max(np.abs(x[np.isfinite(x)]), initial=0.0))


def _last_place(x: Array, unit: Any) -> float:
    dtype = unit or (x.dtype if x.dtype.kind == "f" else float)
    return float(np.spacing(np.asarray(largest_of(x), dtype)))
