"""Finding out how an object is called: by the names of its parameters, and by trying."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.adapters.given import CodeError, Given, positional, run
from gradcheck.adapters.stateful.arguments import ways_to_call
from gradcheck.adapters.stateful.calls import (
    FORWARDS,
    OUTPUTS,
    Argument,
    Calls,
    has,
    method,
)
from gradcheck.adapters.stateful.copies import copied
from gradcheck.adapters.stateful.places import Place, is_floating, is_leaf, leaves_in
from gradcheck.adapters.stateful.rehearsal import (
    Rehearsal,
    built,
    forget_gradients,
    rehearsed,
)

_CACHE = re.compile(r"_*(\w*cache\w*|ctx|context|saved\w*|memory|tape|x|inputs?)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Way:
    """How an object is called, and what came of it.

    Attributes
    ----------
    calls : Calls
        How.
    rehearsal : Rehearsal
        What came of it.
    notes : tuple of str
        What a reader has to know about it.
    """

    calls: Calls
    rehearsal: Rehearsal
    notes: tuple[str, ...] = ()


def way_of(given: Given, forward: str, backward: str) -> Way:
    """Find out how an object is called.

    Raises
    ------
    CodeError
        If forward raises, or backward does in every way that its parameters suggest.
    """
    base = prepared(given, forward)
    after = copied(base)
    result = run(method(after, forward), "forward", *given.copies())
    cached = _is_with_cache(result, positional(method(given.subject, backward)))
    output_in = _attribute_of_output(after) if result is None else ""
    ways = ways_to_call(given, forward, backward, cached=cached)
    if not ways:
        raise CodeError(
            f"{given.name}.{backward} takes other arguments than the cotangent and the "
            f"{len(given.inputs)} inputs of {given.name}.{forward}: write a function around it"
        )
    tried = [Calls(forward, backward, arguments, output_in) for arguments in ways]
    way = _first_that_runs(base, given, tried)
    if () in ways and way.calls.takes_cotangent and not np.ndim(way.rehearsal.output):
        return _without_cotangent(base, given, way)
    return _of_one_value(base, given, way)


def other_way(given: Given, way: Way) -> Way | None:
    """Return the other way in which ``backward(x)`` beside ``forward(x)`` can be understood.

    It may take the cotangent, or return the derivative at the input.
    """
    calls = way.calls
    own, other = (positional(method(given.subject, m)) for m in (calls.forward, calls.backward))
    alike = len(given.inputs) == 1 and own[:1] == other[:1] != []
    if not alike or calls.arguments != (Argument.COTANGENT,):
        return None
    try:
        changed = replace(calls, arguments=(0,))
        return Way(changed, rehearsed(way.rehearsal.base, given, changed))
    except CodeError:  # then it does not take the input
        return None


def prepared(given: Given, forward: str) -> Any:
    """Return a copy of the object with its parameters made and old gradients forgotten."""
    base = built(copied(given.subject), given, forward)
    forget_gradients(base)
    return base


def _is_with_cache(result: Any, names: list[str]) -> bool:
    """Tell whether forward returned an output and a cache, and not two outputs."""
    if not (isinstance(result, tuple) and len(result) == 2 and len(names) > 1):
        return False
    return not is_leaf(result[1]) or bool(_CACHE.fullmatch(names[1]))


def _attribute_of_output(subject: Any) -> str:
    """Return where forward left its output; empty if nowhere."""
    return next(
        (name for name in OUTPUTS if is_floating(Place().attribute(name).found(subject))), ""
    )


def _first_that_runs(base: Any, given: Given, tried: list[Calls]) -> Way:
    errors = []
    for calls in tried:
        try:
            return Way(calls, rehearsed(base, given, calls))
        except CodeError as error:
            errors.append(error)
    raise errors[0]


def _without_cotangent(base: Any, given: Given, way: Way) -> Way:
    """Leave the cotangent of a single value at its default where backward ignores it anyway."""
    calls = replace(way.calls, arguments=())
    try:
        bare = rehearsed(base, given, calls)
    except CodeError:  # its default is there to be replaced
        return way
    if not _same(bare, way.rehearsal):
        return way
    note = f"{calls.backward} ignores its cotangent: only the gradient of the value is checked"
    return Way(calls, bare, (note,))


def _same(one: Rehearsal, two: Rehearsal) -> bool:
    pairs = (one.leaves, two.leaves), (_returned(one), _returned(two))
    return all(
        first.keys() == second.keys()
        and all(np.array_equal(first[p], second[p], equal_nan=True) for p in first)
        for first, second in pairs
    )


def _returned(rehearsal: Rehearsal) -> dict[Any, Any]:
    return {p: leaf for p, leaf in leaves_in(rehearsal.returned) if is_floating(leaf)}


def _of_one_value(base: Any, given: Given, way: Way) -> Way:
    """Take the method that sums losses up, where forward returns one for each sample.

    The gradient that such classes return without a cotangent is that of the mean or sum.
    """
    if way.calls.takes_cotangent or len(given.inputs) < 2 or not np.ndim(way.rehearsal.output):
        return way
    for name in FORWARDS:
        if name != way.calls.forward and has(base, name):
            calls = replace(way.calls, forward=name, output_in="")
            try:
                summed = rehearsed(base, given, calls)
            except CodeError:  # not meant for these inputs
                continue
            if not np.ndim(summed.output) and given.methods is None:
                return Way(calls, summed)
    return way
