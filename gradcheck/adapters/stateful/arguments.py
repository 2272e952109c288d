"""What a backward method takes, as far as the names of its parameters tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.adapters.given import Given, positional, required
from gradcheck.adapters.stateful.calls import DERIVATIVES, Argument, Arguments, method
from gradcheck.adapters.stateful.names import base_names

RATE_ATTRIBUTES = re.compile(r"lr|eta|learn(ing)?_?rate", re.IGNORECASE)
"""Attributes that are learning rates, whatever the object does; alpha may be a slope."""

_RATE = re.compile(r"lr|eta|alpha|(learn(ing)?_?)?rate|step(_?size)?", re.IGNORECASE)

_UPSTREAM = re.compile(r"g|gy|grad\w*|delta\w*|up\w*|err(or)?s?|top_?diff|cotangent", re.IGNORECASE)


def ways_to_call(given: Given, forward: str, backward: str, *, cached: bool) -> list[Arguments]:
    """Return what backward may take, the likeliest first.

    Parameters
    ----------
    given : Given
        The object, and the inputs of forward.
    forward, backward : str
        Its methods.
    cached : bool
        Whether forward returned a cache.
    """
    function = method(given.subject, backward)
    names, needed = positional(function), required(function)
    inputs = positional(method(given.subject, forward))[: len(given.inputs)]
    if needed is None:
        return [(Argument.COTANGENT,)]
    if needed == 0 and names and names[0] not in inputs:
        return [(Argument.COTANGENT,), ()]
    if 0 < needed < len(names) and _RATE.fullmatch(names[needed]):
        needed += 1
    if cached and needed == 2:
        return [(Argument.COTANGENT, Argument.CACHE)]
    ways = _ways(names[:needed], inputs, len(given.inputs), derivative=backward in DERIVATIVES)
    return list(dict.fromkeys(ways))


def _ways(
    names: Sequence[str], inputs: Sequence[str], count: int, *, derivative: bool
) -> Iterator[Arguments]:
    """Yield the ways; where the names of methods and parameters disagree, the second counts."""
    if not names:
        yield ()
        return
    if len(names) == 1 and (count == 1 or names[0] not in inputs):
        own = derivative and count == 1 and not _is_upstream(names[0], inputs)
        yield (0,) if own else (Argument.COTANGENT,)
        return
    yield from sorted(
        _longer_ways(names, inputs, count), key=lambda way: _doubt(way, names, inputs)
    )


def _longer_ways(names: Sequence[str], inputs: Sequence[str], count: int) -> Iterator[Arguments]:
    roles = tuple(_role(name, n, inputs) for n, name in enumerate(names))
    if roles.count(Argument.COTANGENT) <= 1:
        yield roles
    plain = [role for role in roles if role is not Argument.RATE]
    rates = (Argument.RATE,) * (len(roles) - len(plain))
    if len(plain) == count + 1:
        yield (Argument.COTANGENT, *range(count), *rates)
    if len(plain) == count:
        yield (*range(count), *rates)


def _doubt(way: Arguments, names: Sequence[str], inputs: Sequence[str]) -> int:
    """Count the cotangents that are not called so: y_pred is not, though forward says y_hat."""
    return sum(
        argument is Argument.COTANGENT and not _is_upstream(name, inputs)
        for argument, name in zip(way, names, strict=True)
    )


def _is_upstream(name: str, inputs: Sequence[str]) -> bool:
    """Tell whether a parameter is called as a gradient is."""
    return name not in inputs and bool(_UPSTREAM.fullmatch(name) or any(base_names(name)))


def _role(name: str, n: int, inputs: Sequence[str]) -> Argument | int:
    if name in inputs:
        return inputs.index(name)
    return Argument.RATE if n and _RATE.fullmatch(name) else Argument.COTANGENT
