"""What stands in a list of layers to be tested: its name, its checks, how it is examined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from gradcheck.adapters.examples import example_of
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer
from gradcheck.checks.finding import Finding
from gradcheck.examination import CHECKS, DERIVATIVE, Examination, examine_operation
from gradcheck.notation import Layer, Operation
from gradcheck.pytest_plugin.checking import name_of

FORMS = "forms"


class Examined(Protocol):
    """A layer or an operation whose checks are run when their findings are asked for."""

    def findings(self, check: str) -> Sequence[Finding]:
        """Return the findings of one check."""
        ...


class ExaminedOperation:
    """An operation at points of its own, where its witnesses are heard together.

    Parameters
    ----------
    operation : Operation
        What is examined.
    *point : Point
        Where, if not at points that are drawn.
    seed : int
        Draws the points and the directions.
    """

    def __init__(self, operation: Operation, *point: Any, seed: int) -> None:
        self._all = examine_operation(operation, *point, seed=seed)

    def findings(self, check: str) -> tuple[Finding, ...]:
        """Return the findings of one check."""
        return tuple(finding for finding in self._all if finding.check == check)


def examined(subject: Any, seed: int) -> Examined:
    """Begin to examine what stands in a list of layers.

    Parameters
    ----------
    subject : object
        A `Layer`, an `Operation`, a tuple of arguments of `gradcheck.layer`, or anything for
        which an example can be found.
    seed : int
        Of all that is drawn.

    Raises
    ------
    PointError, CodeError
        If the code is not recognised, or does not run at its example.
    """
    first, *others = parts(subject)
    if isinstance(first, Operation):
        return ExaminedOperation(first, *others, seed=seed)
    return Examination(_layer_of(first, others, seed), seed=seed)


def parts(subject: Any) -> tuple[Any, ...]:
    """Return a subject as the arguments of `gradcheck.layer`, whose first one names it."""
    return subject if isinstance(subject, tuple) and subject else (subject,)


def _layer_of(subject: Any, others: Sequence[Any], seed: int) -> Layer:
    if not all(map(callable, others)):
        return layer(subject, *others)
    try:  # the code alone: an example has to be found
        return example_of(subject, *others, seed=seed)
    except CodeError as error:
        error.add_note("in a list of layers, say (layer, [x]) or (forward, backward, [x, w])")
        raise


def checks_of(subject: Any) -> tuple[str, ...]:
    """Return the names of the checks that a subject is held to; none of its code is run."""
    operation = parts(subject)[0]
    if not isinstance(operation, Operation):
        return CHECKS
    return (FORMS, DERIVATIVE) if len(operation.forms) > 1 else (DERIVATIVE,)


def different_names(subjects: Iterable[Any]) -> list[str]:
    """Name subjects so that each can be told from the others, in every process alike.

    Examples
    --------
    >>> different_names([len, abs, len])
    ['len', 'abs', 'len_2']
    """
    names: list[str] = []
    for subject in subjects:
        name = fresh = name_of(parts(subject)[0])
        count = 1
        while fresh in names:
            count += 1
            fresh = f"{name}_{count}"
        names.append(fresh)
    return names
