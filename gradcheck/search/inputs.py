"""Strategies for property tests of one's own: awkward variants of an example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from hypothesis import strategies as st

from gradcheck.checks.budget import Budget
from gradcheck.notation.layer import Array, Layer
from gradcheck.search.candidate import Candidate
from gradcheck.search.judging import OutsideDomain, inside
from gradcheck.search.structure import structures_of
from gradcheck.search.variants import KINDS, Structures, structures, variants

MOST_WAYS = 3
"""In how many ways at once what is drawn is awkward."""

SECONDS = 10.0
"""How long a layer may take at values that are tried."""


def inputs_near(example: Any) -> st.SearchStrategy[Array]:
    """Draw arrays like an example, but with zeros, ties, other signs and sizes, or all of these.

    What holds for the example goes on to hold: integers stay in its range, one-hot rows one-hot,
    a symmetric matrix symmetric.  Shape and dtype are its own.  They shrink towards the example.

    Parameters
    ----------
    example : array_like
        Real numbers, integers or booleans.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(inputs_near([0.3, -1.2]), lambda x: (x == 0).all())
    array([0., 0.])
    >>> bool(find(inputs_near([2, 0, 3]), lambda i: len(set(i.tolist())) < 3).max() <= 3)
    True
    """
    x = np.asarray(example)
    kept = {"x": structures_of(x)}
    return _near({"x": x}, kept).map(lambda values: values["x"])


def values(layer: Layer) -> st.SearchStrategy[dict[str, Array]]:
    """Draw values of a layer near its example: awkward ones that its forward code takes.

    Parameters
    ----------
    layer : Layer
        What `gradcheck.layer` made of somebody's code.

    Examples
    --------
    >>> from hypothesis import find
    >>> from gradcheck.adapters.recognition import layer
    >>> larger = layer(np.maximum, lambda dout, a, b: (dout * (a >= b), dout * (a < b)),
    ...                [np.array([0.3, 1.0]), np.array([-0.7, 2.0])], names=["a", "b"])
    >>> tie = find(values(larger), lambda v: (v["a"] == v["b"]).all())
    >>> bool((tie["a"] == tie["b"]).all())
    True
    """

    def taken(drawn: dict[str, Array]) -> bool:
        candidate = Candidate(kind="drawn", what="drawn", values=drawn)
        try:
            inside(layer, candidate, Budget(SECONDS))
        except OutsideDomain:
            return False
        return True

    return _near(layer.values, structures(layer)).filter(taken)


@st.composite
def _near(draw: st.DrawFn, example: Mapping[str, Array], kept: Structures) -> dict[str, Array]:
    drawn = dict(example)
    for kind in draw(st.lists(st.sampled_from(list(KINDS)), max_size=MOST_WAYS)):
        rng = np.random.default_rng(draw(st.integers(0, 2**16)))
        options = [changed for _, changed in variants(kind, drawn, kept, rng)]
        drawn = options[draw(st.integers(0, len(options) - 1))] if options else drawn
    return drawn
