"""A finding as a sentence: index, both values, both names, and how much is wrong."""

from __future__ import annotations

from gradcheck.checks.finding import NUMERICAL, Finding, Verdict


def sentence(finding: Finding) -> str:
    """Say in one sentence what a comparison found.

    Parameters
    ----------
    finding : Finding
        Any; what is said depends on its verdict and its accuracy.

    Examples
    --------
    >>> print(sentence(Finding(
    ...     operation="dense", point="random", check="derivative", quantity="delta_b",
    ...     candidate="matrix form", reference="numerical", oracle="balls", entries=3, wrong=1,
    ...     worst_index=(0,), candidate_value=0.625, reference_value=1.25,
    ...     verdict=Verdict.DISAGREE)))
    dense, random: delta_b[0] = 0.625 in matrix form, but 1.25 by differences in balls; 1 of 3
    entries is wrong
    """
    where = f"{finding.operation}, {finding.point}: {entry(finding.quantity, finding.worst_index)}"
    if finding.verdict is Verdict.DISAGREE:
        return f"{where} {_both_values(finding)}; {_share(finding)}{_because(finding)}"
    if finding.verdict is Verdict.INCONCLUSIVE:
        return f"{where} could not be decided{_because(finding)}"
    if finding.accuracy == "inaccurate":
        place = entry(finding.quantity, finding.accuracy_index)
        return (
            f"{finding.operation}, {finding.point}: {place} in {finding.candidate} keeps "
            f"{finding.digits_kept:.0f} of the {finding.digits_allowed:.0f} digits that its "
            f"conditioning allows: the formula is right, its float evaluation is not accurate"
        )
    return f"{where} agrees in {finding.candidate} and {_reference(finding)}{_because(finding)}"


def entry(quantity: str, index: tuple[int, ...]) -> str:
    """Write a quantity with its index, as Python does.

    Examples
    --------
    >>> entry("delta_w", (0, 2)), entry("delta_s", ())
    ('delta_w[0, 2]', 'delta_s')
    """
    return f"{quantity}[{', '.join(map(str, index))}]" if index else quantity


def _both_values(finding: Finding) -> str:
    ours, theirs = finding.candidate_value, finding.reference_value
    return f"= {ours!r} in {finding.candidate}, but {theirs!r} {_reference(finding)}"


def _reference(finding: Finding) -> str:
    if finding.reference == NUMERICAL:
        return f"by differences in {finding.oracle}" if finding.oracle == "balls" else (
            f"by {finding.oracle or 'differences'}"
        )  # fmt: skip
    return f"in {finding.reference}"


def _share(finding: Finding) -> str:
    if finding.entries == 1:
        return "its only entry is wrong"
    verb = "is" if finding.wrong == 1 else "are"
    return f"{finding.wrong} of {finding.entries} entries {verb} wrong"


def _because(finding: Finding) -> str:
    return f": {finding.note}" if finding.note else ""
