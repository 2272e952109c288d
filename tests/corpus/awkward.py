"""One right but awkward gradient, and the same gradient with one entry gone wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

#: The relative mistake of a wrong twin: far above the rounding of float64 (1e-16), far below what
#: a guessed tolerance (1e-3 to 1e-5) sees.
MISTAKE = 1e-6

#: Cotangents over which the largest gradient entry is sought: one alone may be small by chance.
_COTANGENTS = 4


@dataclass(frozen=True, eq=False)
class Awkward:
    """A function with a right gradient that is awkward to check.

    Parameters
    ----------
    category : str
        The kind of awkwardness, shared by the entries of one file.
    name : str
        Unique in the corpus.
    why : str
        One sentence: what makes it awkward.
    forward : callable
        ``forward(*inputs)`` returns an array or a scalar.
    backward : callable
        ``backward(cotangent, *inputs)`` returns a tuple with one gradient per input, None for
        inputs that are not floating-point.
    inputs : tuple
        Arrays, scalars or lists; the same in every run.
    twin_at : tuple of (int, tuple of int), optional
        The input and the index in its gradient that the wrong twin spoils; by default the entry
        of the largest magnitude. Kinks name an entry at which no multiple is a valid subgradient.
    """

    category: str
    name: str
    why: str
    forward: Callable[..., Any]
    backward: Callable[..., tuple[Any, ...]]
    inputs: tuple[Any, ...]
    twin_at: tuple[int, tuple[int, ...]] | None = None

    def __str__(self) -> str:
        return self.name


def draw(seed: int, *shape: int) -> np.ndarray:
    """Return normal numbers of three decimals, which print legibly when a test fails.

    Examples
    --------
    >>> draw(0, 3)
    array([ 0.126, -0.132,  0.64 ])
    """
    return np.round(np.random.default_rng(seed).normal(size=shape), 3)


def cotangent_for(entry: Awkward, seed: int) -> np.ndarray:
    """Return a random cotangent of the shape of the entry's output."""
    return draw(seed, *np.shape(entry.forward(*entry.inputs)))


def spoiled_entry(entry: Awkward) -> tuple[int, tuple[int, ...]]:
    """Return where the wrong twin errs: an input's position and an index in its gradient."""
    return _largest_entry(entry) if entry.twin_at is None else entry.twin_at


def wrong_twin(entry: Awkward) -> Callable[..., tuple[Any, ...]]:
    """Return the entry's backward with one entry of one gradient wrong by one part in a million."""
    which, where = spoiled_entry(entry)

    def backward(cotangent: Any, *inputs: Any) -> tuple[Any, ...]:
        gradients = list(entry.backward(cotangent, *inputs))
        gradients[which] = np.array(gradients[which], subok=True)
        gradients[which][where] *= 1 + MISTAKE
        return tuple(gradients)

    return backward


def _largest_entry(entry: Awkward) -> tuple[int, tuple[int, ...]]:
    """Return the input and index whose gradient is largest on average over some cotangents."""
    sizes = [_mean_magnitude(entry, which) for which in range(len(entry.inputs))]
    which = int(np.argmax([size.max(initial=-1.0) for size in sizes]))
    where = np.unravel_index(np.argmax(sizes[which]), sizes[which].shape)
    return which, tuple(int(i) for i in where)


def _mean_magnitude(entry: Awkward, which: int) -> np.ndarray:
    """Return the mean magnitude of one input's gradient; nothing where the input has none."""
    gradients = [
        entry.backward(cotangent_for(entry, seed), *entry.inputs)[which]
        for seed in range(_COTANGENTS)
    ]
    return np.zeros(0) if gradients[0] is None else np.mean(np.abs(gradients), axis=0)
