"""Pairs that hand a cache on, as ``affine_forward(x, w, b) -> out, cache``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gradcheck.adapters.given import (
    Given,
    gradients_by_name,
    like,
    real_output,
    required,
    restorer,
)
from gradcheck.arithmetic.leaves import leaves
from gradcheck.notation.layer import Array, Layer, Session, Values

KIND = "forward with cache"


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
    symbols = given.symbols(given.subject)
    held = given.held_among(symbols)
    makers = dict(zip(symbols, map(restorer, given.inputs), strict=True))

    def start() -> Session:
        return _WithCache(given.subject, given.backward, makers, held)

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


def _takes_two(given: Given) -> bool:
    return given.backward is not None and required(given.backward) in (2, None)


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
