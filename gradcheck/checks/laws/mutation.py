"""Neither pass writes into what it was handed, nor backward into what forward kept for it.

An input or a cotangent belongs to the caller, who goes on using it: an array that is written into
disagrees.  A floating-point input that the user declared as held may be a buffer, as the running
mean of batch normalisation is; that it is written into is only said.  So it is of a layer of
PyTorch that works in place and returns its input, because autograd keeps track of that.

What a layer keeps is its own: that backward writes into it does harm where a second backward pass
then gives something else, and is only said where it does not.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.laws.aliasing import overlap
from gradcheck.checks.laws.entitlement import gaps
from gradcheck.checks.laws.history import Change, history
from gradcheck.checks.laws.likeness import difference, same_bits
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation.layer import Array

LAW = "no-mutation"


def unmodified(trial: Trial) -> Iterator[Finding]:
    """Compare inputs, parameters, cotangent and memory before and after both passes.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One for each array that was written into, or one for all.
    """
    changes = history(trial).changes
    for change in changes:
        yield _modified(trial, change)
    if not changes:
        yield trial.holds(LAW)


def _modified(trial: Trial, change: Change) -> Finding:
    note = f"{change.by} writes into {change.name}"
    if _is_declared(trial, change):
        return trial.holds(LAW, f"{note} and returns it: it works in place", change.name)
    if _is_buffer(trial, change.name):
        return trial.holds(LAW, f"{note}, which is held as a buffer", change.name)
    if change.name not in history(trial).handed and _harmless(trial):
        return trial.holds(LAW, f"{note}, but goes back a second time as before", change.name)
    cure = "work on a copy" if change.by == "backward" else "return a new array"
    columns = {
        "candidate": f"after {change.by}",
        "reference": "before",
        **difference(change.found, change.before, _differs(change)),
    }
    return trial.finding(LAW, change.name, Verdict.DISAGREE, f"{note}: {cure}", **columns)


def _differs(change: Change) -> Array:
    return np.asarray(gaps(change.found, change.before) != 0)


def _is_declared(trial: Trial, change: Change) -> bool:
    """Whether a framework's layer returns the input itself: autograd knows that it was changed."""
    kept = history(trial).handed[change.name] if change.name in trial.layer.values else None
    in_place = kept is not None and overlap(kept.array, history(trial).output.array)
    return change.by == "forward" and not trial.layer.exact and in_place


def _is_buffer(trial: Trial, name: str) -> bool:
    held = trial.layer.values.get(name) if name in trial.layer.held else None
    return held is not None and held.dtype.kind == "f"


def _harmless(trial: Trial) -> bool:
    """Whether a second backward pass gives the same input gradients."""
    seen = history(trial)
    mine = [name for name, symbol in trial.gradients.items() if symbol in trial.layer.inputs]
    return not seen.refused and all(
        same_bits(seen.again[name], seen.gradients[name].copy)
        for name in mine
        if name in seen.gradients and name in seen.again
    )
