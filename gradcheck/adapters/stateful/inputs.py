"""Where the gradients of the inputs are: returned, or left in attributes as ``self.dinputs``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gradcheck.adapters.stateful.names import affinity
from gradcheck.adapters.stateful.pairs import Gradient
from gradcheck.adapters.stateful.places import Place
from gradcheck.adapters.stateful.rehearsal import Rehearsal

_ANY_INPUT = ("x", "X", "input", "inputs", "in", "a", "A", "A_prev", "a_prev", "z", "Z", "data")
"""What people call the only input in the name of its gradient, whatever forward calls it."""


def gradients_in_attributes(
    floating: Sequence[str], rehearsal: Rehearsal, used: Iterable[Place]
) -> dict[str, Gradient]:
    """Return the gradients of inputs that a backward pass wrote into attributes.

    Parameters
    ----------
    floating : sequence of str
        The inputs that may have one.
    rehearsal : Rehearsal
        The run whose attributes are looked at.
    used : iterable of Place
        Those that are gradients of parameters.
    """
    written = [place for place in rehearsal.leaves if place in rehearsal.written - set(used)]
    return {
        symbol: Gradient(min(found, key=lambda candidate: candidate[0])[1])
        for symbol in floating
        if (found := list(_candidates(symbol, written, alone=len(floating) == 1)))
    }


def _candidates(
    symbol: str, places: Iterable[Place], *, alone: bool
) -> Iterator[tuple[tuple[int, int], Place]]:
    names = (symbol, *_ANY_INPUT) if alone else (symbol,)
    for place in places:
        ranks = [affinity((name,), place.names) for name in names]
        for n, rank in enumerate(ranks):
            if rank is not None:
                yield (rank, n), place
