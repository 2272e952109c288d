"""Skip-gram on the pairs of neighbouring words of a real text.

Source
    T. Mikolov et al., as `skip_gram` has it, section 2.2, for the distribution of the noise.
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from gradcheck.notation import Operation, Point
from reference_nets.nets.skip_gram import skip_gram
from reference_nets.real_input.text import numbered, words, zen
from reference_nets.real_input.training import descent, initial_weights

SEEN_AT_LEAST = 2
"""Words that occur only once are left out: there is nothing to learn of them."""

WINDOW, NOISE_WORDS, LENGTH = 2, 3, 6
"""Neighbours on either side, noise words of a pair, numbers in a word's vector."""

LEARNING_RATE, STEPS = 2.0, 200


def word_pair_points(seed: int) -> Iterator[tuple[Operation, Point]]:
    """Yield skip-gram on the Zen of Python, with its first vectors and with trained ones."""
    rng = np.random.default_rng(seed)
    text, vocabulary = numbered(words(zen()), SEEN_AT_LEAST)
    centres, neighbours = pairs(text, WINDOW)
    frequencies = np.bincount(text, minlength=len(vocabulary))
    s = noise(rng, frequencies, (len(centres), NOISE_WORDS))
    data = {"c": centres, "o": neighbours, "s": s}
    weights = initial_weights(skip_gram, {"m": len(vocabulary), "d": LENGTH}, rng)
    path = islice(descent(skip_gram, weights, data, LEARNING_RATE), 0, STEPS + 1, STEPS)
    for vectors, when in zip(path, ("at initialisation", f"after {STEPS} steps"), strict=True):
        label = f"Zen of Python, {len(centres)} pairs of words, {when}"
        yield skip_gram, Point({**vectors, **data}, 1.0, label, len(centres))


def pairs(text: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Return each word of a text once for each of its neighbours, and those neighbours.

    Parameters
    ----------
    text : array (n,)
        Words by their numbers.
    window : int
        How many neighbours a word has on either side, where the text goes on so far.

    Examples
    --------
    >>> centres, neighbours = pairs(np.array([5, 6, 7]), window=1)
    >>> centres, neighbours
    (array([5, 6, 6, 7]), array([6, 5, 7, 6]))
    """
    place = np.arange(len(text))
    distance = abs(np.subtract.outer(place, place))
    centre, neighbour = np.nonzero((distance > 0) & (distance <= window))
    return text[centre], text[neighbour]


def noise(rng: np.random.Generator, frequencies: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Draw words with probabilities proportional to their frequencies to the power 3/4.

    Examples
    --------
    >>> noise(np.random.default_rng(0), np.array([0, 4, 0]), (2, 2))
    array([[1, 1],
           [1, 1]])
    """
    likely = frequencies**0.75
    return rng.choice(len(frequencies), size=shape, p=likely / likely.sum())
