"""Laws that every layer obeys, whatever it computes: each a function from a trial to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from gradcheck.checks.budget import OutOfBudget
from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.laws import (
    aliasing,
    batches,
    captured,
    determinism,
    independence,
    layouts,
    linearity,
    mutation,
    repetition,
    shapes,
    single_precision,
    surroundings,
)
from gradcheck.checks.laws.runs import Raised
from gradcheck.checks.laws.trial import EVERYTHING, Trial

Law = Callable[[Trial], Iterator[Finding]]

WRITTEN: Mapping[str, Law] = {
    linearity.LAW: linearity.linear,
    shapes.LAW: shapes.shapes,
    determinism.LAW: determinism.deterministic,
    mutation.LAW: mutation.unmodified,
    aliasing.LAW: aliasing.unaliased,
    repetition.REPEATABLE: repetition.repeatable,
    independence.LAW: independence.independent,
    repetition.ACCUMULATION: repetition.accumulation,
    surroundings.LAW: surroundings.restored,
    layouts.LAW: layouts.layouts,
    single_precision.LAW: single_precision.in_single_precision,
    batches.LAW: batches.rows_alone,
    captured.LAW: captured.captured,
}


def hold(name: str, trial: Trial) -> Iterator[Finding]:
    """Hold a layer to a law; code that raises on the way leaves it open, with the reason.

    Parameters
    ----------
    name : str
        Of the law.
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        Those of the law.
    """
    try:
        if not trial.evaluation.failure(trial.output):  # the derivative says so if there is one
            yield from WRITTEN[name](trial)
    except (Raised, OutOfBudget) as reason:
        note = f"left unchecked: {reason}"
        yield trial.finding(name, EVERYTHING, Verdict.INCONCLUSIVE, note)


LAWS: Mapping[str, Law] = {name: partial(hold, name) for name in WRITTEN}
"""Under the names by which reports, test ids and expected failures know them."""

__all__ = ["LAWS", "Law", "Trial"]
