"""Arrays inside a domain: one strategy for each kind of domain, open to a stranger's own kind."""

from __future__ import annotations

import math
from functools import singledispatch
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from gradcheck.notation import (
    Binary,
    Domain,
    Integers,
    Interval,
    OneHot,
    Probabilities,
    Reals,
    Signs,
)
from gradcheck.notation.domain import Array, Sizes
from gradcheck.notation.signature import Shape
from gradcheck.search.real_numbers import TINY, real_numbers


@singledispatch
def arrays_in(
    domain: Domain, shape: Shape, sizes: Sizes, *, magnitude: float = 1e3
) -> st.SearchStrategy[Array]:
    """Draw arrays of a shape from inside a domain.

    Parameters
    ----------
    domain : Domain
        Where the array lives.  A new class of domain registers its strategy with
        ``@arrays_in.register``, for a function that takes these same arguments.
    shape : tuple of int
        The shape of the array.
    sizes : mapping of str to int
        The extents of the operation's dimensions, of which a domain may name one.
    magnitude : float
        The largest size of a real number where the domain is unbounded.

    Raises
    ------
    TypeError
        If no strategy is registered for this class of domain.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(arrays_in(Reals(), (2,), {}), lambda x: True)
    array([0., 0.])
    """
    raise TypeError(
        f"no strategy draws from the domain {domain} ({type(domain).__name__}): register a "
        f"function of (domain: {type(domain).__name__}, shape, sizes, *, magnitude) "
        f"with @arrays_in.register"
    )


@arrays_in.register
def _reals(
    domain: Reals, shape: Shape, sizes: Sizes, *, magnitude: float = 1e3
) -> st.SearchStrategy[Array]:
    numbers = real_numbers(magnitude=magnitude)
    return _floats(shape, numbers).map(lambda x: np.asarray(domain.scale * x))


@arrays_in.register
def _interval(
    domain: Interval, shape: Shape, sizes: Sizes, *, magnitude: float = 1e3
) -> st.SearchStrategy[Array]:
    numbers = real_numbers(domain.low, domain.high, magnitude=magnitude)
    bounds = [x for x in (domain.low, domain.high) if domain.closed and math.isfinite(x)]
    return _floats(shape, st.sampled_from(bounds) | numbers if bounds else numbers)


@arrays_in.register
def _integers(
    domain: Integers, shape: Shape, sizes: Sizes, *, magnitude: float = 1e3
) -> st.SearchStrategy[Array]:
    end = domain.end(sizes)
    if domain.low >= end:  # such sizes leave no value: Hypothesis draws others
        return st.nothing()
    return npst.arrays(np.int64, shape, elements=st.integers(domain.low, end - 1))


@arrays_in.register
def _binary(
    domain: Binary, shape: Shape, sizes: Sizes, *, magnitude: float = 1e3
) -> st.SearchStrategy[Array]:
    return _floats(shape, st.sampled_from((0.0, 1.0)))


@arrays_in.register
def _signs(
    domain: Signs, shape: Shape, sizes: Sizes, *, magnitude: float = 1e3
) -> st.SearchStrategy[Array]:
    return _floats(shape, st.sampled_from((1.0, -1.0)))


@arrays_in.register
def _one_hot(
    domain: OneHot, shape: Shape, sizes: Sizes, *, magnitude: float = 1e3
) -> st.SearchStrategy[Array]:
    places = npst.arrays(np.int64, shape[:-1], elements=st.integers(0, shape[-1] - 1))
    return places.map(lambda place: np.eye(shape[-1])[place])


@arrays_in.register
def _probabilities(
    domain: Probabilities, shape: Shape, sizes: Sizes, *, magnitude: float = 1e3
) -> st.SearchStrategy[Array]:
    """Draw weights and divide by their sum: uniform, one-hot and nearly one-hot ones included."""
    simple = (1.0, TINY) if domain.positive else (1.0, 0.0, TINY)
    weights = st.sampled_from(simple) | st.integers(1, 1000).map(float)
    return _floats(shape, weights).map(_normalised)


def _normalised(weights: Array) -> Array:
    vanishing = weights.sum(axis=-1, keepdims=True) == 0
    kept: Array = np.where(vanishing, 1.0, weights)
    shares: Array = kept / kept.sum(axis=-1, keepdims=True)
    return shares


def _floats(shape: Shape, elements: st.SearchStrategy[Any]) -> st.SearchStrategy[Array]:
    return npst.arrays(np.float64, shape, elements=elements)
