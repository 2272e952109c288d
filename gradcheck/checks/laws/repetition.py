"""Going back twice gives the same gradients of the inputs, and says how parameters' are kept.

Gradients of parameters that an object keeps may be added to at every backward pass or replaced;
both are conventions, and the report states which.  A gradient of an input belongs to one pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.laws.history import history
from gradcheck.checks.laws.likeness import same_bits, unlike
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation.layer import Array

REPEATABLE = "repeatable"
ACCUMULATION = "accumulation"


class Convention(StrEnum):
    """What a second backward pass does to the gradient of a parameter."""

    ACCUMULATES = "accumulates"
    OVERWRITES = "overwrites"
    NEITHER = "neither"


def repeatable(trial: Trial) -> Iterator[Finding]:
    """Compare the input gradients of two backward passes after one forward pass.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One for each input whose second gradient is another one, or one for all.
    """
    seen = history(trial)
    if seen.refused:
        yield trial.holds(REPEATABLE, f"goes back once only: a second time {seen.refused}")
        return
    found: list[Finding] = []
    for name, symbol in trial.gradients.items():
        if symbol in trial.layer.inputs and name in seen.gradients and name in seen.again:
            found += _changed(trial, name, seen.gradients[name].copy, seen.again[name])
    yield from found or [trial.holds(REPEATABLE)]


def _changed(trial: Trial, name: str, first: Array, second: Array) -> Iterator[Finding]:
    gap = unlike(trial, name, second, first)
    if gap is None:
        return
    note = "a second backward pass gives another gradient: it uses up or changes what forward kept"
    if convention(trial, name, first, second) is Convention.ACCUMULATES:
        note = "a second backward pass doubles it: the gradient of an input is added up over calls"
    columns = {"candidate": "second pass", "reference": "first pass", **gap.columns}
    yield trial.finding(REPEATABLE, name, gap.verdict, note, **columns)


def accumulation(trial: Trial) -> Iterator[Finding]:
    """State for the parameters that an object keeps how it keeps their gradients.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One that states the convention, or those that break it: gradients which neither
        accumulate nor are replaced, and layers that do both.  Nothing where a framework keeps the
        gradients: its convention is known.
    """
    if not trial.layer.exact:
        return
    seen, found = history(trial), {}
    for name, symbol in trial.gradients.items():
        if symbol in trial.layer.parameters and name in seen.gradients and name in seen.again:
            first, second = seen.gradients[name].copy, seen.again[name]
            if first.any():  # zero twice is zero
                found[name] = convention(trial, name, first, second)
    neither = [name for name, how in found.items() if how is Convention.NEITHER]
    for name in neither:
        yield _neither(trial, name)
    if found and not neither:
        yield _stated(trial, found)


def convention(trial: Trial, name: str, first: Array, second: Array) -> Convention:
    """Tell whether a second gradient is the first one, or twice that."""
    if same_bits(second, first) or unlike(trial, name, second, first) is None:
        return Convention.OVERWRITES
    if unlike(trial, name, second, 2 * first, scale=2) is None:
        return Convention.ACCUMULATES
    return Convention.NEITHER


def _neither(trial: Trial, name: str) -> Finding:
    seen = history(trial)
    gap = unlike(trial, name, seen.again[name], seen.gradients[name].copy)
    columns = gap.columns if gap else {}
    note = (
        "a second backward pass neither replaces the gradient nor adds the same to it: "
        "it uses up or changes what forward kept"
    )
    seen_as = {"candidate": "second pass", "reference": "first pass", **columns}
    return trial.finding(ACCUMULATION, name, Verdict.DISAGREE, note, **seen_as)


def _stated(trial: Trial, found: dict[str, Convention]) -> Finding:
    by = {how: [n for n in found if found[n] is how] for how in dict.fromkeys(found.values())}
    text = "; ".join(f"backward {how} {', '.join(names)}" for how, names in by.items())
    if len(by) == 1 or not _in_one_object(found):
        advice = ", so zero them before each pass" if Convention.ACCUMULATES in by else ""
        return trial.holds(ACCUMULATION, text + advice)
    return trial.finding(ACCUMULATION, ", ".join(found), Verdict.DISAGREE, f"mixed: {text}")


def _in_one_object(found: Mapping[str, Convention]) -> bool:
    """Tell whether a single object follows both conventions: the layers of a net may differ."""
    conventions: dict[str, set[Convention]] = {}
    for name, how in found.items():
        conventions.setdefault(name.rpartition(".")[0], set()).add(how)
    return any(len(both) > 1 for both in conventions.values())
