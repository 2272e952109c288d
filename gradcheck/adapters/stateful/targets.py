"""Targets of losses: floats that have no gradient, because nobody differentiates by them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from gradcheck.notation.layer import Array

_NAMES = (
    re.compile(
        r"t|(y|t)_?(true|real|gt|target|t)|true_?\w*|targets?|labels?|lbls?|ground_?truths?|gt"
        r"|truth|expected\w*|desired\w*|one_?hot\w*|\w+_one_?hot|actual|real|reference",
        re.IGNORECASE,
    ),
    re.compile(r"y|d", re.IGNORECASE),
)
"""The second one counts only where the first says nothing: y is a prediction beside t."""

_PREDICTION = re.compile(r"pred|hat|out|logit|score|prob|^y.+|^p$|^a\d?$", re.IGNORECASE)


def targets_among(arrays: Mapping[str, Array]) -> tuple[str, ...]:
    """Return the inputs that look like targets: by their names, or else by whole numbers.

    The first input is none for its whole numbers alone: predictions come first, as a rule.

    Examples
    --------
    >>> targets_among({"y_pred": np.array([0.25, 0.75]), "y_true": np.array([0.5, 0.5])})
    ('y_true',)
    >>> targets_among({"a": np.array([[0.25, 0.75]]), "b": np.array([[0.0, 1.0]])})
    ('b',)
    """
    named, perhaps = (tuple(s for s in arrays if names.fullmatch(s)) for names in _NAMES)
    others = tuple(arrays)[1:]
    if not set(perhaps) <= set(others) and not any(map(_PREDICTION.search, others)):
        perhaps = ()
    whole = tuple(symbol for symbol in others if _is_whole(arrays[symbol]))
    found = (named, perhaps, whole)
    return next((symbols for symbols in found if 0 < len(symbols) < len(arrays)), ())


def held_because(array: Array) -> str:
    """Say what is seen in an array that is taken as a target."""
    if _is_whole(array):
        one_hot = array.ndim and np.all((array == 0) | (array == 1)) and np.all(array.sum(-1) == 1)
        return "one-hot" if one_hot else "whole numbers"
    return "the name of a target"


def _is_whole(array: Array) -> bool:
    return bool(np.all(array == np.rint(array)))
