"""The inputs of a batch do not influence each other, where that was declared.

A row of the output and of the gradients is what the layer gives for that row alone, whatever
stands in the other rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradcheck.checks.finding import Finding
from gradcheck.checks.laws.determinism import drawn
from gradcheck.checks.laws.likeness import unlike
from gradcheck.checks.laws.runs import Run
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation import delta

LAW = "batch"


def rows_alone(trial: Trial) -> Iterator[Finding]:
    """Compare the first and the last row with what they give alone, and among changed others.

    Parameters
    ----------
    trial : Trial
        A layer at its example, with `Layer.batch` declared.

    Yields
    ------
    Finding
        One for each quantity whose row depends on others, or one for all; nothing where no batch
        was declared, or only one row was given.
    """
    batch = trial.layer.batch
    counts = {trial.layer.values[symbol].shape[:1] for symbol in batch}
    if not batch or counts in ({(1,)}, {(0,)}):
        return
    if drawn(trial):
        yield trial.holds(LAW, "rows were not compared: alone, they draw other numbers")
        return
    if counts != {np.shape(trial.cotangent)[:1]} or counts == {()}:
        yield trial.holds(LAW, _no_rows(trial))
        return
    last = len(trial.cotangent) - 1
    found = [
        *_compared(trial, _alone(trial, 0), 0, 0, "alone"),
        *_compared(trial, _alone(trial, last), 0, last, "alone"),
        *_compared(trial, _others_changed(trial, last), last, last, "among other rows"),
    ]
    seen = dict.fromkeys(finding.quantity for finding in found)
    first = [next(f for f in found if f.quantity == quantity) for quantity in seen]
    yield from first or [trial.holds(LAW)]


def _no_rows(trial: Trial) -> str:
    shapes = ", ".join(f"{s} {trial.layer.values[s].shape}" for s in trial.layer.batch)
    shape = np.shape(trial.cotangent)
    return f"rows were not compared: {shapes} and the output {shape} do not count the same inputs"


def _alone(trial: Trial, row: int) -> Run:
    """Run with a single row."""
    values = trial.values()
    for symbol in trial.layer.batch:
        values[symbol] = values[symbol][row : row + 1].copy()
    return trial.run(values, trial.cotangent[row : row + 1].copy())


def _others_changed(trial: Trial, row: int) -> Run:
    """Run with copies of one row in place of the others, and with another cotangent there.

    These are values that the layer is known to take.
    """
    values, cotangent = trial.values(), 2 * trial.cotangent
    for symbol in trial.layer.batch:
        values[symbol][:] = values[symbol][row]
    cotangent[row] = trial.cotangent[row]
    return trial.run(values, cotangent)


def _compared(trial: Trial, run: Run, there: int, row: int, how: str) -> Iterator[Finding]:
    for name in _with_rows(trial):
        expected, found = trial.first.quantities.get(name), run.quantities.get(name)
        if expected is None or found is None or not found.ndim or len(found) <= there:
            continue
        gap = unlike(trial, name, found[there], expected[row])
        if gap:
            columns: dict[str, Any] = {
                "candidate": f"row {row} {how}",
                "reference": f"row {row} in its batch",
            }
            note = f"row {row} comes out otherwise {how}: inputs of the batch influence each other"
            yield trial.finding(LAW, name, gap.verdict, note, **columns, **gap.columns)


def _with_rows(trial: Trial) -> Sequence[str]:
    differentiable = [s for s in trial.layer.batch if s in trial.layer.differentiable]
    return (trial.output, *map(delta, differentiable))
