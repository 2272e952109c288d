"""A rehearsal: an object runs forward and back once, and what that writes shows its roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from gradcheck.adapters.given import CodeError, Given, like, real_output, required, run
from gradcheck.adapters.operation_of import random_cotangent
from gradcheck.adapters.stateful.calls import Argument, Calls, method
from gradcheck.adapters.stateful.copies import copied, with_values
from gradcheck.adapters.stateful.places import Place, is_floating, leaves_in, parts_in

Leaves: TypeAlias = dict[Place, Any]
Snapshot: TypeAlias = Mapping[Place, tuple[Any, Any]]

RATE = 2.0**40
"""The step of a backward pass that moves parameters: a power of two, so that it scales without
rounding, and so large that the old values do not blur the change."""

PROVIDERS = (
    *("params", "parameters", "get_params", "get_parameters", "grads", "gradients", "get_grads"),
    *("get_gradients", "params_and_grads", "get_params_and_grads", "get_params_grads"),
    *("parameters_and_gradients", "get_parameters_and_gradients", "param_grads", "grad_params"),
    *("grad_parameters", "weights_and_grads", "trainable_variables", "trainable_params"),
)
"""Methods and properties that hand out parameters or gradients."""

ZEROING = (
    *("zero_grad", "zero_grads", "zero_gradients", "clear_grad", "clear_grads", "reset_grad"),
    *("reset_grads", "reset_gradients", "clear_gradients", "zero_gradient", "zerograd"),
)
"""What people call the method that forgets gradients of earlier backward passes."""


@dataclass(frozen=True, eq=False)
class Rehearsal:
    """One run of an object.

    Attributes
    ----------
    base : object
        What was run: a copy was, this is untouched.
    after : object
        The copy afterwards.
    output : object
        What forward returned, without a cache.
    returned : object
        What backward returned.
    stable : frozenset of Place
        The floating-point leaves that the forward pass only reads.
    written : frozenset of Place
        The floating-point leaves that the backward pass wrote.
    """

    base: Any
    after: Any
    output: Any
    returned: Any
    stable: frozenset[Place]
    written: frozenset[Place]

    @cached_property
    def leaves(self) -> Leaves:
        """The floating-point leaves afterwards, what is None, and what methods hand out."""
        empty = {place: None for place, part in parts_in(self.after) if part is None}
        return {**empty, **_floating(self.after), **dict(_provided(self.after))}


def rehearsed(base: Any, given: Given, calls: Calls) -> Rehearsal:
    """Run a copy of an object forward and back.

    Raises
    ------
    CodeError
        If one of them raises, or the output is none.
    """
    subject, inputs = copied(base), given.copies()
    before = _snapshot(subject)
    result = run(method(subject, calls.forward), "forward", *inputs)
    output = calls.output(result, subject)
    between = _snapshot(subject)
    returned = result[1] if calls.returns_both else _back(subject, calls, inputs, result)
    return Rehearsal(
        base=base,
        after=subject,
        output=output,
        returned=returned,
        stable=frozenset(_unchanged(before, between)),
        written=frozenset(set(_floating(subject)) - set(_unchanged(between, _snapshot(subject)))),
    )


def built(base: Any, given: Given, forward: str) -> Any:
    """Return an object with the parameters that it makes at its first forward pass.

    A second pass tells them from caches, which it replaces.
    """
    subject = copied(base)
    known = set(_floating(subject))
    run(method(subject, forward), "forward", *given.copies())
    once, first = copied(subject), _snapshot(subject)
    try:
        run(method(subject, forward), "forward", *given.copies())
    except CodeError:  # one that goes forward only once is as it was given
        return base
    kept = _unchanged(first, _snapshot(subject))
    made = [place for place in kept if place not in known and np.ndim(place.of(once))]
    return once if made else base


def forget_gradients(subject: Any) -> None:
    """Forget the gradients of earlier backward passes as the object does it, if it does."""
    for name in ZEROING:
        if callable(zero := getattr(subject, name, None)) and not required(zero):
            try:
                zero()
            except Exception:
                continue
            return


def matters(rehearsal: Rehearsal, given: Given, calls: Calls, place: Place) -> bool:
    """Tell whether the output depends on an array or a number."""
    old = place.of(rehearsal.base)
    new = _perturbed(old)
    other = with_values(rehearsal.base, {place: new})
    try:
        result = run(method(other, calls.forward), "forward", *given.copies())
    except (CodeError, AttributeError, TypeError):  # the code takes no other values
        return True
    output = np.asarray(calls.output(result, other))
    return not np.array_equal(output, np.asarray(rehearsal.output), equal_nan=True)


def _perturbed(array: Any) -> Any:
    moved = np.asarray(array) * 1.5 + 0.25
    if isinstance(array, np.ndarray):
        return moved.astype(array.dtype)
    return moved.tolist()


def _back(subject: Any, calls: Calls, inputs: list[Any], result: Any) -> Any:
    output = calls.output(result, subject)
    cotangent = random_cotangent(real_output(output).shape, 0)
    special = {
        Argument.COTANGENT: like(output, cotangent.astype(real_output(output).dtype)),
        Argument.CACHE: result[1] if calls.keeps_cache else None,
        Argument.RATE: RATE,
    }
    backward: Callable[..., Any] = method(subject, calls.backward)
    return run(backward, "backward", *calls.handed(inputs, special))


def _floating(subject: Any) -> Leaves:
    return {place: leaf for place, leaf in leaves_in(subject) if is_floating(leaf)}


def _snapshot(subject: Any) -> dict[Place, tuple[Any, Any]]:
    return {place: (leaf, np.array(leaf)) for place, leaf in _floating(subject).items()}


def _unchanged(first: Snapshot, second: Snapshot) -> Iterator[Place]:
    """Yield the places at which the same object still has the same value."""
    for place, (leaf, value) in second.items():
        old, old_value = first.get(place, (None, None))
        if leaf is old and np.array_equal(value, old_value, equal_nan=True):
            yield place


def _provided(subject: Any) -> Iterator[tuple[Place, Any]]:
    """Yield what the object's methods and properties hand out."""
    for name in PROVIDERS:
        place = Place().attribute(name)
        try:
            offered = getattr(subject, name, None)
            if callable(offered):
                place, offered = (
                    place.called(),
                    None if required(offered) else place.called().of(subject),
                )
        except Exception:
            continue
        yield from ((p, leaf) for p, leaf in leaves_in(offered, place) if is_floating(leaf))
