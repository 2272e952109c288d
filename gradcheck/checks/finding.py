"""A finding: one comparison, with both values, their errors, the oracle and the verdict."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a comparison says.  The values are the texts of the report."""

    AGREE = "agree"
    DISAGREE = "DISAGREE"
    INCONCLUSIVE = "inconclusive"
    CRASHED = "crashed"  # says nothing about a gradient: the code took its process with it


class Evidence(StrEnum):
    """How a verdict was reached."""

    PROVED = "proved"  # an identity of symbols
    EXACT = "exact"  # balls of 200 and more bits
    MEASURED = "measured"  # floats with error bars


NUMERICAL = "numerical"
"""The third witness beside the forms: the derivative of the forward code."""

LAW = "law"
"""What code is held to where nothing is compared with the derivative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row of a report.

    Attributes
    ----------
    operation, point : str
        What was checked, and where.
    check : str
        The law: ``forms``, ``derivative``, ``batch``, or one of `gradcheck.checks.laws.LAWS`.
    quantity : str
        The left-hand side that was compared, for example ``delta_w``.
    candidate, reference : str
        Who is compared with whom: ``scalar form``, ``matrix form``, ``batch form``, ``backward``,
        ``numerical``, ``law``.
    oracle : str
        Where the reference comes from, and why stronger oracles did not apply.
    evidence : Evidence
        Exact in balls, measured in floats, or proved in symbols.
    shape : tuple of int
        Of the quantity.
    entries : int
        How many were compared: all of them.
    worst_index : tuple of int
        Where candidate and reference differ most, measured in what the reference allows.
    candidate_value, reference_value : float
        Both values there.
    abs_error, rel_error : float
        Their difference, and that over the reference value.
    reference_error : float
        Bound on the error of the reference value, with the rounding of the candidate.
    wrong : int
        How many entries disagree, where that was determined; 0 if none does.
    digits : float
        Decimal digits to which both formulas agree; NaN where only floats were compared.
    floor : float
        Detection floor: the smallest relative error in one entry that would have been seen.
    ulp, ulp_entitled : float
        Largest error of the float evaluation in units in the last place of the true value, and
        the error that its conditioning would excuse at that entry; NaN where nothing is known.
    digits_kept, digits_allowed : float
        The same as decimal digits, at the entry that keeps the smallest share of them.
    accuracy_index : tuple of int
        That entry.
    accuracy : str
        ``accurate``, ``inaccurate`` or, where nothing is known, empty.
    verdict : Verdict
        Whether the formula is right.
    kink : bool
        Whether the point is a kink, so that the gradient was compared with a set of slopes.
    note : str
        A sentence for a human; empty if there is nothing to say.
    cause : str
        The best explanation of a disagreement, with its evidence; empty where nothing fits.
    smallest : str
        The smallest case that still disagrees, where one was looked for.
    reproduce : str
        A line of Python or of a shell that brings the disagreement back.
    """

    operation: str
    point: str
    check: str
    quantity: str
    candidate: str
    reference: str
    oracle: str = ""
    evidence: Evidence = Evidence.MEASURED
    shape: tuple[int, ...] = ()
    entries: int = 0
    worst_index: tuple[int, ...] = ()
    candidate_value: float = math.nan
    reference_value: float = math.nan
    abs_error: float = math.nan
    rel_error: float = math.nan
    reference_error: float = math.nan
    wrong: int = 0
    digits: float = math.nan
    floor: float = math.nan
    ulp: float = math.nan
    ulp_entitled: float = math.nan
    digits_kept: float = math.nan
    digits_allowed: float = math.nan
    accuracy_index: tuple[int, ...] = ()
    accuracy: str = ""
    verdict: Verdict
    kink: bool = False
    note: str = ""
    cause: str = ""
    smallest: str = ""
    reproduce: str = ""


def overall(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on all: the worst one decides, nothing inconclusive is agreement.

    Examples
    --------
    >>> overall([Verdict.AGREE, Verdict.INCONCLUSIVE]).value
    'inconclusive'
    >>> overall([]).value
    'inconclusive'
    """
    verdicts = set(verdicts)
    for worst in (Verdict.DISAGREE, Verdict.CRASHED):
        if worst in verdicts:
            return worst
    return Verdict.AGREE if verdicts == {Verdict.AGREE} else Verdict.INCONCLUSIVE
