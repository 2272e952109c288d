"""Memory layouts: the same numbers in another order, with gaps, backwards, or read-only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gradcheck.notation.layer import Array, Layer, Session, Values

PLAIN = "C order"


@dataclass(frozen=True)
class Layout:
    """A way to store an array.

    Attributes
    ----------
    stored : callable
        Returns an array of the same numbers that is stored so.  It works on arrays of balls too,
        so that it uses their methods alone.
    text : str
        The same as an expression of Python, to be formatted with that of the array; empty where
        there is none.
    """

    stored: Callable[[Array], Array]
    text: str = ""


def _read_only(x: Array) -> Array:
    copy = x.copy()
    copy.flags.writeable = False
    return copy


LAYOUTS: Mapping[str, Layout] = {
    PLAIN: Layout(lambda x: x, "{}"),
    "Fortran order": Layout(lambda x: x.copy(order="F"), "{}.copy(order='F')"),
    "every second entry of a larger array": Layout(
        lambda x: x.repeat(2, axis=-1)[..., ::2], "{}.repeat(2, axis=-1)[..., ::2]"
    ),
    "stored backwards": Layout(
        lambda x: x[..., ::-1].copy()[..., ::-1], "{}[..., ::-1].copy()[..., ::-1]"
    ),
    "read-only": Layout(_read_only),
}
"""The layouts that arrays of at least one axis can have."""


def arranged(layer: Layer, layout: str) -> Layer:
    """Return a layer whose code is handed inputs and cotangents in another memory layout.

    Examples
    --------
    >>> import numpy as np
    >>> from gradcheck.adapters.recognition import layer
    >>> flat = layer(lambda x: x.ravel(order="K"), lambda dout, x: dout.reshape(x.shape),
    ...              [np.array([[1.0, 2.0], [3.0, 4.0]])])
    >>> arranged(flat, "Fortran order").start().forward(flat.values)
    array([1., 3., 2., 4.])
    """
    if layout == PLAIN:
        return layer
    return replace(layer, start=lambda: _Arranged(layer.start(), LAYOUTS[layout]))


class _Arranged(Session):
    """A session that stores what it is handed in another way first."""

    def __init__(self, session: Session, layout: Layout) -> None:
        self._session, self._layout = session, layout

    def forward(self, values: Values) -> Any:
        return self._session.forward(self._all(values))

    def backward(self, cotangent: Any) -> Mapping[str, Any]:
        return self._session.backward(self._one(cotangent))

    def gradients(self, values: Values, cotangent: Any) -> Mapping[str, Any]:
        return self._session.gradients(self._all(values), self._one(cotangent))

    def memory(self) -> Mapping[str, Array]:
        return self._session.memory()

    def _all(self, values: Values) -> dict[str, Any]:
        return {symbol: self._one(x) for symbol, x in values.items()}

    def _one(self, x: Any) -> Any:
        return self._layout.stored(x) if getattr(x, "ndim", 0) else x
