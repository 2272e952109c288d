"""All candidates of a layer, a few of each kind in turn, and combinations of several kinds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from zlib import crc32

import numpy as np

from gradcheck.notation.layer import Array, Layer
from gradcheck.search.awkward_reals import off_default
from gradcheck.search.candidate import Candidate
from gradcheck.search.cotangents import COTANGENTS
from gradcheck.search.layouts import LAYOUTS, PLAIN
from gradcheck.search.sizes import resized
from gradcheck.search.variants import KINDS, OFF_DEFAULT, structures, variants

MOST_COMBINED = 3
"""How many kinds are combined at once."""


def generic(layer: Layer, seed: int) -> Candidate:
    """Return the example with all constant arrays that are differentiated moved off that.

    A factor of 1 and a shift of 0 hide from every other candidate whatever forgets them.
    """
    rng, values = _rng(seed, "generic"), dict(layer.values)
    for symbol in layer.differentiable:
        for _, moved in off_default(values[symbol], rng):
            values[symbol] = moved
    what = "parameters moved off their defaults"
    return Candidate(kind=OFF_DEFAULT, what=what, values=values, seed=seed)


def singles(layer: Layer, base: Mapping[str, Array], seed: int) -> Iterator[Candidate]:
    """Yield candidates that are awkward in one way, each kind in turn.

    Parameters
    ----------
    layer : Layer
        Its example says what holds for all values, and how they may be resized.
    base : mapping of str to ndarray
        What they are variants of.
    seed : int
        Draws places and numbers.
    """
    streams = [_of_kind(kind, layer, base, seed) for kind in KINDS]
    others = (_of_shapes(layer, seed), _of_layouts(base, seed), _of_cotangents(base, seed))
    yield from _in_turn([*streams, *others])


def combinations(
    layer: Layer, base: Mapping[str, Array], seed: int, count: int
) -> Iterator[Candidate]:
    """Yield candidates that are awkward in two or three ways at once, as many as `count`."""
    rng, kept = _rng(seed, "combinations"), structures(layer)
    kinds = [kind for kind in KINDS if any(True for _ in variants(kind, base, kept, rng))]
    for _ in range(count if kinds else 0):
        values, said = dict(base), []
        for kind in rng.choice(kinds, rng.integers(2, MOST_COMBINED, endpoint=True)):
            options = list(variants(kind, values, kept, rng))
            if options:
                what, values = options[rng.integers(len(options))]
                said.append(what)
        yield Candidate(kind="combinations", what=" and ".join(said), values=values, seed=seed)


def _of_kind(kind: str, layer: Layer, base: Mapping[str, Array], seed: int) -> Iterator[Candidate]:
    for what, values in variants(kind, base, structures(layer), _rng(seed, kind)):
        yield Candidate(kind=kind, what=what, values=values, seed=seed)


def _of_shapes(layer: Layer, seed: int) -> Iterator[Candidate]:
    for what, values in resized(layer, structures(layer), _rng(seed, "shapes")):
        yield Candidate(kind="shapes", what=what, values=values, seed=seed)


def _of_layouts(base: Mapping[str, Array], seed: int) -> Iterator[Candidate]:
    for layout in LAYOUTS:
        if layout != PLAIN:
            yield Candidate(
                kind="memory layouts", what=layout, values=base, layout=layout, seed=seed
            )


def _of_cotangents(base: Mapping[str, Array], seed: int) -> Iterator[Candidate]:
    for what, cotangent in COTANGENTS.items():
        yield Candidate(kind="cotangents", what=what, values=base, cotangent=cotangent, seed=seed)
    for other in range(seed + 1, seed + 3):
        yield Candidate(kind="cotangents", what=f"seed {other}", values=base, seed=other)


def _in_turn(streams: Iterable[Iterator[Candidate]]) -> Iterator[Candidate]:
    waiting = deque(streams)
    while waiting:
        for candidate in islice(waiting[0], 1):
            yield candidate
            waiting.append(waiting[0])
        waiting.popleft()


def _rng(seed: int, purpose: str) -> np.random.Generator:
    """Return a generator of its own for each purpose, so that none depends on the others."""
    return np.random.default_rng([seed, crc32(purpose.encode())])
