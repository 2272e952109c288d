"""Holding random generators, so that two runs of the same code draw the same numbers."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np

from gradcheck.notation.reach import reached


@contextmanager
def generators_held(seed: int = 0, generators: Iterable[Any] = ()) -> Iterator[None]:
    """Begin at a fixed state of Python's, NumPy's and PyTorch's generators, and put them back.

    Dropout that draws its mask from them is then the same function at every run.

    Parameters
    ----------
    seed : int
        Where they begin.  No verdict may depend on it, only on its being the same.
    generators : iterable
        Others that the code draws from, as `generators_of` finds them.

    Examples
    --------
    >>> own = np.random.default_rng()
    >>> with generators_held(generators=[own]):
    ...     first = np.random.rand() + own.random()
    >>> with generators_held(generators=[own]):
    ...     second = np.random.rand() + own.random()
    >>> first == second
    True
    """
    handles = [handle for handle in map(_handle, (*_global(), *generators)) if handle]
    before = [handle.state() for handle in handles]
    try:
        for handle in handles:
            handle.put(handle.beginning(seed))
        yield
    finally:
        for handle, state in zip(handles, before, strict=True):
            handle.put(state)


def generators_of(code: Iterable[Any]) -> tuple[Any, ...]:
    """Return the random generators that functions and objects hold beside the global ones.

    Parameters
    ----------
    code : iterable of objects
        Functions are followed into closures and globals, objects into their classes.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> generators_of([lambda x: x * rng.random()]) == (rng,)
    True
    """
    shared = set(map(id, _global()))
    return tuple(x for x in reached(code).values() if id(x) not in shared and _handle(x))


class _Handle(NamedTuple):
    """How to hold one generator."""

    state: Callable[[], Any]
    put: Callable[[Any], Any]
    beginning: Callable[[int], Any]


def _global() -> tuple[Any, ...]:
    """Return the generators behind ``random.random()``, ``np.random.rand()``, ``torch.rand()``."""
    torch: Any = sys.modules.get("torch")
    ours = (random._inst, np.random.mtrand._rand)
    return (*ours, torch.random.default_generator) if torch else ours


def _handle(generator: Any) -> _Handle | None:
    """Return how to hold a generator; None where it is none, or of a kind that is not known."""
    if isinstance(generator, np.random.Generator):
        bits = generator.bit_generator
        state, put = partial(getattr, bits, "state"), partial(setattr, bits, "state")
        return _Handle(state, put, partial(_numpy_bits, type(bits)))
    if isinstance(generator, np.random.RandomState):
        return _Handle(generator.get_state, generator.set_state, _numpy_legacy)
    if isinstance(generator, random.Random):
        return _Handle(generator.getstate, generator.setstate, _python)
    if type(generator).__module__.split(".")[0] == "torch" and hasattr(generator, "manual_seed"):
        return _Handle(generator.get_state, generator.set_state, _torch)
    return None


# Seeding anew would take longer than most layers: the states are remembered.


@cache
def _python(seed: int) -> Any:
    return random.Random(seed).getstate()


@cache
def _numpy_legacy(seed: int) -> Any:
    return np.random.RandomState(seed).get_state()


@cache
def _numpy_bits(kind: Any, seed: int) -> Any:
    return kind(seed).state


@cache
def _torch(seed: int) -> Any:
    generator = sys.modules["torch"].Generator()
    generator.manual_seed(seed)
    return generator.get_state()
