"""One session watched through three backward passes: what changed, and who changed it.

What the code was handed and what it handed out is copied at each step, and compared at the next.
Several laws read the same history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck.checks.laws.likeness import same_bits
from gradcheck.checks.laws.outside import Outside, outside
from gradcheck.checks.laws.runs import Raised, backward, forward, started
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation import delta
from gradcheck.notation.layer import Array, Session


@dataclass(frozen=True)
class Kept:
    """An array, and a copy of what it held when it was first seen."""

    array: Array
    copy: Array

    @classmethod
    def of(cls, array: Array) -> Kept:
        """Copy an array."""
        return cls(array, np.array(array))

    @property
    def changed(self) -> bool:
        """Whether it holds something else by now."""
        return not same_bits(self.array, self.copy)


@dataclass(frozen=True)
class Change:
    """That an array was written into.

    Attributes
    ----------
    name : str
        Of the array.
    by : str
        ``"forward"`` or ``"backward"``.
    found, before : ndarray
        What it held afterwards, and what before.
    """

    name: str
    by: str
    found: Array
    before: Array


@dataclass(frozen=True)
class History:
    """What happened in a session.

    Attributes
    ----------
    symbol : str
        Of the output.
    handed : mapping of str to Kept
        The arrays that the code was given: inputs, parameters and the cotangent.
    memory : mapping of str to Kept
        What it kept between forward and backward, beside those.
    output : Kept
        Of the first forward pass.
    gradients : mapping of str to Kept
        Of the first backward pass.
    again : mapping of str to ndarray
        Gradients of a second backward pass for the same cotangent; copies.
    refused : str
        What the second backward pass raised; empty if it did not.
    changes : tuple of Change
        Of what was handed over or kept.
    overwritten : tuple of Change
        Of what was handed out, by later passes for another cotangent and other values.
    outside : tuple of str
        State outside the session that is no longer what it was.
    """

    symbol: str
    handed: Mapping[str, Kept]
    memory: Mapping[str, Kept]
    output: Kept
    gradients: Mapping[str, Kept]
    again: Mapping[str, Array]
    refused: str
    changes: tuple[Change, ...]
    overwritten: tuple[Change, ...]
    outside: tuple[str, ...]

    @property
    def quantities(self) -> dict[str, Array]:
        """The output and the gradients, as they were handed out first."""
        first = {name: one.copy for name, one in self.gradients.items()}
        return {self.symbol: self.output.copy, **first}


@lru_cache(maxsize=1)
def history(trial: Trial) -> History:
    """Run a session, looking at everything after each step; the laws of a trial share one.

    Raises
    ------
    Raised
        If the first forward or backward pass raises.
    """
    with trial.running():
        return _watched(trial, started(trial.layer), outside(trial.layer.code))


def _watched(trial: Trial, session: Session, before: Outside) -> History:
    values, cotangent = trial.values(), trial.cotangent
    handed = {name: Kept.of(array) for name, array in values.items()}
    output = Kept.of(forward(session, values))
    changes = list(_changes(handed, "forward"))
    memory = {name: Kept.of(array) for name, array in _own_memory(session, handed)}
    handed = {name: Kept.of(array) for name, array in values.items()}
    handed[trial.evaluation.operation.cotangent] = Kept.of(cotangent)
    symbols = trial.layer.differentiable
    gradients = {name: Kept.of(g) for name, g in backward(session, cotangent, symbols).items()}
    changes += _changes({**handed, **_without(memory, gradients)}, "backward")
    again, refused = _again(trial, session)
    overwritten = tuple(_overwritten(trial, session, output, gradients))
    return History(
        symbol=trial.output,
        handed=handed,
        memory=memory,
        output=output,
        gradients=gradients,
        again=again,
        refused=refused,
        changes=tuple(changes),
        overwritten=overwritten,
        outside=outside(trial.layer.code).changes_since(before),
    )


def _again(trial: Trial, session: Session) -> tuple[dict[str, Array], str]:
    try:
        found = backward(session, trial.cotangent, trial.layer.differentiable)
    except Raised as reason:  # some free what they kept
        return {}, str(reason)
    return {name: np.array(gradient) for name, gradient in found.items()}, ""


def _overwritten(
    trial: Trial, session: Session, output: Kept, gradients: Mapping[str, Kept]
) -> Iterator[Change]:
    """Yield what later passes write into: gradients, and the output.

    Gradients of parameters are left out: an object keeps them as attributes, and that the next
    pass writes there is how everybody knows them.
    """
    names = [delta(symbol) for symbol in trial.layer.inputs]
    fresh = {name: Kept.of(gradients[name].array) for name in names if name in gradients}
    result = Kept.of(output.array)
    try:
        backward(session, np.asarray(-2 * trial.cotangent), trial.layer.differentiable)
        yield from _changes(fresh, "backward")
        forward(session, trial.other_values())
    except Raised:  # there is nothing to see at these values
        return
    yield from _changes({trial.output: result}, "forward")


def _changes(kept: Mapping[str, Kept], by: str) -> Iterator[Change]:
    for name, one in kept.items():
        if one.changed:
            yield Change(name, by, np.array(one.array), one.copy)


def _own_memory(session: Session, handed: Mapping[str, Kept]) -> Iterator[tuple[str, Any]]:
    """Yield what a session keeps that is not an array which it was handed."""
    for path, array in session.memory().items():
        if not any(np.may_share_memory(array, one.array) for one in handed.values()):
            yield path, array


def _without(memory: Mapping[str, Kept], gradients: Mapping[str, Kept]) -> dict[str, Kept]:
    """Leave out what is kept of the gradients: backward is there to write them."""
    return {
        path: one
        for path, one in memory.items()
        if not any(np.may_share_memory(one.array, g.array) for g in gradients.values())
    }
