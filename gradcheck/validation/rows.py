"""Findings on code that did not get as far as a comparison: it crashed, or does not run."""

from __future__ import annotations

from dataclasses import replace

from gradcheck.checks.finding import LAW, Finding, Verdict

RUN = "run"
"""The law that comes before all others: code runs to its end, and within its limits."""


def crashed(name: str, reason: str) -> Finding:
    """Return the row of a layer that took its process with it, or had to be stopped."""
    return replace(undecided(name, reason), verdict=Verdict.CRASHED)


def undecided(name: str, reason: str) -> Finding:
    """Return the row of a layer that could not be run."""
    return Finding(
        operation=name,
        point="",
        check=RUN,
        quantity=RUN,
        candidate=name,
        reference=LAW,
        verdict=Verdict.INCONCLUSIVE,
        note=reason,
    )
