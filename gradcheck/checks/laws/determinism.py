"""The same inputs give the same output and the same gradients.

Code that draws from a random generator is the same function at every run as long as its generators
begin at the same state; that it needs this is said, because its gradients were checked for one
draw.

Runs are compared to the bit: what rounding may change is measured by other runs, which would not
tell it from randomness.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.laws.history import history
from gradcheck.checks.laws.likeness import beyond
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation.layer import Array

LAW = "deterministic"

ANOTHER_SEED = 1


def deterministic(trial: Trial) -> Iterator[Finding]:
    """Run twice with the generators at the same state, and once at another.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One for each quantity that differs from run to run, or one for all.
    """
    found = list(_differing(trial, history(trial).quantities))
    yield from found
    if not found:
        names = drawn(trial)
        yield trial.holds(LAW, _random(names) if names else "")


@lru_cache(maxsize=1)
def drawn(trial: Trial) -> tuple[str, ...]:
    """Return the quantities that follow the random generators.

    Runs with arrays of another layout, shape or precision draw other numbers: laws that compare
    those do not apply.
    """
    other = trial.run(trial.values(), trial.cotangent, seed=ANOTHER_SEED).quantities
    first = trial.first.quantities
    return tuple(name for name in first if name in other and beyond(other[name], first[name]))


def _differing(trial: Trial, again: Mapping[str, Array]) -> Iterator[Finding]:
    for name, expected in trial.first.quantities.items():
        if name in again and (gap := beyond(again[name], expected)):
            columns = {"candidate": "second run", "reference": "first run", **gap.columns}
            yield trial.finding(LAW, name, gap.verdict, _why(gap.verdict), **columns)


def _why(verdict: Verdict) -> str:
    if verdict is Verdict.INCONCLUSIVE:
        return "two runs at the same inputs differ, though not in the first six digits"
    return (
        "randomness: two runs at the same inputs differ, though the random generators began at "
        "the same state: seed the generator that is used, or do not keep state between calls"
    )


def _random(names: Sequence[str]) -> str:
    return (
        f"random: {', '.join(names)} follow the random generators; checked for one draw, with the "
        f"generators held"
    )
