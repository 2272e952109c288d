"""Laws that every layer obeys, whatever it computes: each a function from a trial to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from gradcheck.checks.finding import Finding
from gradcheck.checks.laws.trial import Trial

Law = Callable[[Trial], Iterator[Finding]]

LAWS: Mapping[str, Law] = {}
"""Under the names by which reports, test ids and expected failures know them."""

__all__ = ["LAWS", "Law", "Trial"]
