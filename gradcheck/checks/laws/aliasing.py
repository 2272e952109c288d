"""What a layer hands out stays as it is.

Harm is an array that was handed out and that a later call overwrites: the output, or the gradient
of an input, is a buffer of the layer's own.  That disagrees.  Memory that is shared without such
harm is legal and common, as in ``x.reshape(-1)`` or in a residual connection that returns the
cotangent for both of its inputs; that it is shared is said, because whoever writes into one array
changes the other.  An output that a layer keeps for its backward pass is not mentioned: nearly
every sigmoid does that.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.laws.entitlement import gaps
from gradcheck.checks.laws.history import Change, history
from gradcheck.checks.laws.likeness import difference
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation.layer import Array

LAW = "no-aliasing"

MOST_WORK = 10_000
"""Strides may hide whether two arrays overlap; so many cases are tried, then bounds must do."""


def unaliased(trial: Trial) -> Iterator[Finding]:
    """Look for results that later calls overwrite, and for memory that results share.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One for each result that is overwritten, or one for all that names what is shared.
    """
    overwritten = history(trial).overwritten
    for change in overwritten:
        yield _overwritten(trial, change)
    if not overwritten:
        shared = ", ".join(_shared(trial))
        yield trial.holds(LAW, shared and f"{shared}: writing into one changes the other")


def _overwritten(trial: Trial, change: Change) -> Finding:
    columns = {
        "candidate": f"after the next {change.by}",
        "reference": "as returned",
        **difference(change.found, change.before, gaps(change.found, change.before) != 0),
    }
    note = f"{change.name} is a buffer that the next {change.by} overwrites: return a copy"
    return trial.finding(LAW, change.name, Verdict.DISAGREE, note, **columns)


def _shared(trial: Trial) -> Iterator[str]:
    """Yield which results share memory with what."""
    seen = history(trial)
    handed = {name: one.array for name, one in seen.handed.items()}
    kept = {name: one.array for name, one in seen.memory.items()}
    mine = {  # those that an object keeps itself are its own attributes
        name: one.array
        for name, one in seen.gradients.items()
        if trial.gradients[name] not in trial.layer.parameters
    }
    yield from _sharing(trial.output, seen.output.array, handed)
    for name, gradient in mine.items():
        yield from _sharing(name, gradient, handed | kept)
    for one, other in combinations(mine, 2):
        yield from _sharing(one, mine[one], {other: mine[other]})


def _sharing(name: str, array: Array, others: dict[str, Array]) -> Iterator[str]:
    for other, theirs in others.items():
        if overlap(array, theirs):
            yield f"{name} shares memory with {other}"


def overlap(a: Array, b: Array) -> bool:
    """Whether two arrays share memory, or may do so where finding out would take long.

    Examples
    --------
    >>> x = np.zeros(6)
    >>> overlap(x[::2], x[1::2]), overlap(x, x.reshape(2, 3))
    (False, True)
    """
    try:
        # NumPy's stubs know only two of the values that its manual allows
        return bool(np.shares_memory(a, b, max_work=MOST_WORK))  # type: ignore[arg-type]
    except np.exceptions.TooHardError:
        return bool(np.may_share_memory(a, b))
