"""One run does not change another: what forward kept is still there after somebody else's forward.

Caches at the level of a class or a module break this; a network with two such layers goes back
with the values of the last one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.checks.finding import Finding
from gradcheck.checks.laws.likeness import unlike
from gradcheck.checks.laws.runs import Raised, backward, forward, started
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation.layer import Array

LAW = "independent-runs"


def independent(trial: Trial) -> Iterator[Finding]:
    """Go forward, let another start go forward at other values, and then go back.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One for each quantity that the other run changed, or one for all; nothing where the layer
        has no other values nearby.
    """
    interrupted = _interrupted(trial)
    if interrupted is None:
        return
    found = []
    for name, expected in trial.first.quantities.items():
        if name in interrupted and (gap := unlike(trial, name, interrupted[name], expected)):
            columns = {"candidate": "interrupted run", "reference": "run alone"}
            note = _why(trial, name)
            found.append(trial.finding(LAW, name, gap.verdict, note, **columns, **gap.columns))
    yield from found or [trial.holds(LAW)]


def _interrupted(trial: Trial) -> dict[str, Array] | None:
    """Return what a run gives that another one interrupts; None if that one cannot be had."""
    with trial.running():
        mine, other = started(trial.layer), started(trial.layer)
        output = forward(mine, trial.values())
        try:
            with trial.running():  # puts the generators back to where mine left them
                forward(other, trial.other_values())
        except Raised:
            return None
        gradients = backward(mine, trial.cotangent, trial.layer.differentiable)
        found = {trial.output: output, **gradients}
        return {name: np.array(quantity) for name, quantity in found.items()}


def _why(trial: Trial, name: str) -> str:
    if name == trial.output:
        return "forward of another run overwrites the output: it is kept in a class or a module"
    return (
        "backward reads what forward of another run left: "
        "keep in the object or return in the cache what it needs, not in a class or a module"
    )
