"""What lies outside a run is afterwards as it was before, or the report names it.

Runs leave class attributes, globals of modules and the user's own objects alone.  That code
changes such state does no harm by itself, a counter of calls for example; the harm shows in other
laws, and this one says where to look.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.checks.finding import Finding
from gradcheck.checks.laws.history import history
from gradcheck.checks.laws.trial import Trial

LAW = "restored"


def restored(trial: Trial) -> Iterator[Finding]:
    """Name the state outside of runs that a run changes.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One.
    """
    changed = history(trial).outside
    yield trial.holds(
        LAW, f"changes state outside of its runs: {', '.join(changed)}" if changed else ""
    )
