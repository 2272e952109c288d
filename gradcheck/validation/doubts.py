"""When a verdict on a guess proves nothing: other guesses are right, or targets are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from gradcheck.adapters.examples import described
from gradcheck.checks.finding import LAW, Finding, Verdict
from gradcheck.examination import examine
from gradcheck.notation import Layer
from gradcheck.validation.rows import undecided

OTHERS = 6
"""Other examples that are tried where the likeliest one disagrees."""


def unlike(first: Layer, examples: Iterator[Layer]) -> Iterator[Layer]:
    """Yield examples whose inputs are of other kinds than those before.

    Single numbers and axes of a single entry are left out: a mistake has no room in them.
    """
    seen = {_kinds(first)}
    for example in examples:
        roomy = all(min(example.values[name].shape, default=1) > 1 for name in example.inputs)
        if roomy and _kinds(example) not in seen:
            seen.add(_kinds(example))
            yield example


def _kinds(example: Layer) -> tuple[tuple[int, bool, bool], ...]:
    """Return of each input how many axes it has, and whether it is held, or positive."""
    values = {name: example.values[name] for name in example.inputs}
    return tuple((v.ndim, name in example.held, bool((v > 0).all())) for name, v in values.items())


def disagrees(findings: Sequence[Finding]) -> bool:
    """Tell whether a gradient is wrong; laws do not depend on shapes."""
    return any(f.verdict is Verdict.DISAGREE and f.reference != LAW for f in findings)


def agrees(findings: Sequence[Finding]) -> bool:
    """Tell whether all gradients are right."""
    return all(f.verdict is Verdict.AGREE for f in findings if f.reference != LAW)


def doubt(first: Layer, examples: Iterator[Layer], **how: Any) -> Finding | None:
    """Return the row of a layer that is right for some guesses: wrong ones prove nothing then.

    Parameters
    ----------
    first : Layer
        The likeliest guess, on which it is wrong.
    examples : iterator of Layer
        The guesses after it.
    **how
        Handed to `examine`.
    """
    for other in islice(unlike(first, examples), OTHERS):
        if agrees(examine(other, laws=False, explain=False, **how)):
            return undecided(
                first.name,
                f"its gradient is wrong for {described(first)}, but not for {described(other)}: "
                f"say which of them it is meant for with --shapes",
            )
    return None
