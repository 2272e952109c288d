"""Pairs that hand a cache on, as ``affine_forward(x, w, b) -> out, cache``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gradcheck.adapters.given import (
    CodeError,
    Given,
    gradients_by_name,
    like,
    positional,
    real_output,
    required,
    restorer,
)
from gradcheck.arithmetic.leaves import leaves
from gradcheck.notation.layer import Array, Layer, Session, Values

KIND = "forward with cache"

_COTANGENT = re.compile(r"d[A-Za-z]|(d|grad|delta)_?(out|y|h|c|s|z|o)\w*")
"""Names of cotangents: ``dh``, ``dout``, ``grad_out``, ``delta_y``."""


def recognises(given: Given) -> bool:
    """Tell whether forward returns an output and a cache, and backward takes two arguments."""
    if not callable(given.subject) or given.backward is None:
        return False
    return isinstance(given.result, tuple) and len(given.result) == 2 and _takes_two(given)


def adapt(given: Given) -> Layer:
    """Make a layer of a forward that returns ``out, cache`` and ``backward(dout, cache)``.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or the names do not fit.
    CodeError
        If forward raises at the inputs, or its output is no array of floats.
    """
    assert given.backward is not None  # recognised by it
    if given.kind is None:
        _refuse_two_outputs(given)
    symbols = given.symbols(given.subject)
    held = given.held_among(symbols)
    makers = dict(zip(symbols, map(restorer, given.inputs), strict=True))
    backward = _swapped(given.backward) if _cache_comes_first(given) else given.backward

    def start() -> Session:
        return _WithCache(given.subject, backward, makers, held)

    return Layer(
        name=given.name,
        kind=KIND,
        values=dict(zip(symbols, given.arrays, strict=True)),
        start=start,
        output=real_output(given.result[0]),
        held=held,
        code=(given.subject, given.backward),
        found=f"{given.name}({', '.join(symbols)}) returns an output and a cache, and the "
        f"backward function takes the cotangent and the cache",
    )


def _swapped(backward: Callable[..., Any]) -> Callable[..., Any]:
    return lambda cotangent, cache: backward(cache, cotangent)


def _takes_two(given: Given) -> bool:
    assert given.backward is not None  # recognised by it
    names = positional(given.backward)
    return required(given.backward) in (2, None) or (len(names) == 2 and _is_cache(names[1]))


def _is_cache(name: str) -> bool:
    return "cache" in name


def _cache_comes_first(given: Given) -> bool:
    """Tell whether backward is written as ``backward(cache, dout)``."""
    assert given.backward is not None  # recognised by it
    names = positional(given.backward)
    return bool(names) and _is_cache(names[0])


def _refuse_two_outputs(given: Given) -> None:
    """Refuse ``backward(dh, dc)``: its second argument is a cotangent and no cache.

    Raises
    ------
    CodeError
        If the names say so, and what forward returned second is an array of floats.
    """
    assert given.backward is not None  # recognised by it
    second, names = given.result[1], positional(given.backward)
    floats = isinstance(second, np.ndarray) and second.dtype.kind == "f"
    if floats and len(names) == 2 and all(map(_COTANGENT.fullmatch, names)):
        raise CodeError(
            f"forward returned two arrays, and backward takes ({', '.join(names)}): a layer "
            f"has one output here; join the two, or say kind='cache' if the second one is it"
        )


class _WithCache(Session):
    """What forward leaves for backward is the cache that it returned."""

    def __init__(
        self,
        forward: Callable[..., Any],
        backward: Callable[..., Any] | None,
        makers: Mapping[str, Callable[[Any], Any]],
        held: tuple[str, ...],
    ) -> None:
        self._forward, self._backward = forward, backward
        self._makers, self._held = makers, held
        self._output: Any = None
        self._cache: Any = None

    def forward(self, values: Values) -> Any:
        handed = [make(values[symbol]) for symbol, make in self._makers.items()]
        self._output, self._cache = self._forward(*handed)
        return self._output

    def backward(self, cotangent: Any) -> dict[str, Any]:
        assert self._backward is not None
        found = self._backward(like(self._output, cotangent), self._cache)
        return gradients_by_name(found, tuple(self._makers), self._held)

    def memory(self) -> dict[str, Array]:
        kept = [leaf for leaf in leaves(self._cache) if isinstance(leaf, np.ndarray)]
        return {f"cache[{n}]": array for n, array in enumerate(kept)}
