"""Two functions, ``forward(*inputs)`` and ``backward(cotangent, *inputs)``, as a layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gradcheck.adapters.given import Given, gradients_by_name, like, real_output, restorer
from gradcheck.notation.layer import Layer, Session, Values

KIND = "forward and backward"


def recognises(given: Given) -> bool:
    """Tell whether a function and its gradient function were given."""
    return callable(given.subject) and given.backward is not None


def adapt(given: Given) -> Layer:
    """Make a layer of two functions.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or the names do not fit.
    CodeError
        If a function raises at the inputs, or returns what is no gradient.
    """
    assert given.backward is not None  # recognised by it
    symbols = given.symbols(given.subject)
    output, held = given.result, given.held_among(symbols)
    real_output(output)
    makers = dict(zip(symbols, map(restorer, given.inputs), strict=True))

    def start() -> Session:
        return _Pair(given.subject, given.backward, makers, held, output)

    return Layer(
        name=given.name,
        kind=KIND,
        values=dict(zip(symbols, given.arrays, strict=True)),
        start=start,
        output=real_output(output),
        held=held,
        code=(given.subject, given.backward),
        found=f"{given.name}({', '.join(symbols)}) with a backward function of the cotangent "
        f"and the same inputs",
    )


class _Pair(Session):
    """The inputs are all that the two functions share."""

    def __init__(
        self,
        forward: Callable[..., Any],
        backward: Callable[..., Any] | None,
        makers: Mapping[str, Callable[[Any], Any]],
        held: tuple[str, ...],
        output: Any,
    ) -> None:
        self._forward, self._backward = forward, backward
        self._makers, self._held, self._output = makers, held, output
        self._handed: list[Any] = []

    def forward(self, values: Values) -> Any:
        self._handed = self._as_given(values)
        return self._forward(*self._handed)

    def backward(self, cotangent: Any) -> dict[str, Any]:
        return self._back(cotangent, self._handed)

    def gradients(self, values: Values, cotangent: Any) -> dict[str, Any]:
        """Return the gradients without a forward pass, which they do not need."""
        return self._back(cotangent, self._as_given(values))

    def _as_given(self, values: Values) -> list[Any]:
        return [make(values[symbol]) for symbol, make in self._makers.items()]

    def _back(self, cotangent: Any, handed: list[Any]) -> dict[str, Any]:
        assert self._backward is not None
        found = self._backward(like(self._output, cotangent), *handed)
        return gradients_by_name(found, tuple(self._makers), self._held)
