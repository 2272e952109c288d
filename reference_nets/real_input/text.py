"""A text that every Python ships, the Zen of Python, as a sequence of numbered words.

Source
    T. Peters, The Zen of Python, PEP 20 (2004).
"""

import codecs
import contextlib
import importlib
import io
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np


def zen() -> str:
    """Return the Zen of Python.

    Examples
    --------
    >>> zen().splitlines()[2]
    'Beautiful is better than ugly.'
    """
    with contextlib.redirect_stdout(io.StringIO()):  # the module prints itself on import
        module = importlib.import_module("this")
    return codecs.decode(module.s, "rot13")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, with their apostrophes.

    Examples
    --------
    >>> words("Now is better -- although it's *never*...")
    ['now', 'is', 'better', 'although', "it's", 'never']
    """
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())


def numbered(tokens: Sequence[str], seen_at_least: int = 1) -> tuple[np.ndarray, tuple[str, ...]]:
    """Number the words of a text, and leave out the rare ones.

    Parameters
    ----------
    tokens : sequence of str
        The words as they follow each other.
    seen_at_least : int
        How often a word must occur to be kept.

    Returns
    -------
    numbers : array (n,) of int
        The words that are kept, in their order, by their places in the vocabulary.
    vocabulary : tuple of str
        Most frequent first; of equally frequent ones, first seen first.

    Examples
    --------
    >>> numbered(["never", "is", "better", "than", "is", "than"], seen_at_least=2)
    (array([0, 1, 0, 1]), ('is', 'than'))
    """
    frequencies = Counter(tokens).most_common()
    vocabulary = tuple(word for word, times in frequencies if times >= seen_at_least)
    number = {word: n for n, word in enumerate(vocabulary)}
    return np.array([number[word] for word in tokens if word in number], dtype=int), vocabulary
