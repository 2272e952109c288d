"""Functions with a gradient or Jacobian function of the same arguments, as SciPy takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gradcheck.adapters.given import (
    CodeError,
    Given,
    gradients_by_name,
    real_output,
    required,
    restorer,
    run,
)
from gradcheck.notation.layer import Layer, Session, Values

KIND = "function and Jacobian"


def recognises(given: Given) -> bool:
    """Tell whether the second function takes what the first one does, and no cotangent."""
    if not callable(given.subject) or given.backward is None:
        return False
    return required(given.backward) == len(given.inputs) and not isinstance(given.result, tuple)


def adapt(given: Given) -> Layer:
    """Make a layer of ``fun(x, *args)`` and ``jac(x, *args)``.

    The entry ``[i, j]`` of a Jacobian is ∂fun_i/∂x_j, for outputs and inputs of any shape; the
    Jacobian of a scalar function is its gradient, and an array of the shape of both output and
    input is the derivative entry by entry, as of an activation.  Where ``jac`` returns a single
    array, it is that of the first floating-point input, and the others are held.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or the names do not fit.
    CodeError
        If a function raises at the inputs, or the Jacobian has no such shape.
    """
    assert given.backward is not None  # recognised by it
    symbols, output = given.symbols(given.subject), real_output(given.result)
    held = given.held_among(symbols)
    returned = run(given.backward, "jac", *given.copies())
    floating = [symbol for symbol in symbols if symbol not in held]
    if not isinstance(returned, (tuple, list, Mapping)) and len(floating) > 1:
        held = tuple(symbol for symbol in symbols if symbol != floating[0])
    makers = dict(zip(symbols, map(restorer, given.inputs), strict=True))

    def start() -> Session:
        return _WithJacobian(given.subject, given.backward, makers, held, output.shape)

    checked = [symbol for symbol in symbols if symbol not in held]
    return Layer(
        name=given.name,
        kind=KIND,
        values=dict(zip(symbols, given.arrays, strict=True)),
        start=start,
        output=output,
        held=held,
        code=(given.subject, given.backward),
        found=f"{given.name}({', '.join(symbols)}) with a function of the same arguments that "
        f"returns its {'Jacobian' if output.ndim else 'gradient'} in {', '.join(checked)}",
    )


class _WithJacobian(Session):
    """The VJP is the cotangent times the Jacobian."""

    def __init__(
        self,
        function: Callable[..., Any],
        jacobian: Callable[..., Any] | None,
        makers: Mapping[str, Callable[[Any], Any]],
        held: tuple[str, ...],
        shape: tuple[int, ...],
    ) -> None:
        self._function, self._jacobian = function, jacobian
        self._makers, self._held, self._shape = makers, held, shape
        self._values: Values = {}

    def forward(self, values: Values) -> Any:
        self._values = values
        return self._function(*self._handed(values))

    def backward(self, cotangent: Any) -> dict[str, Any]:
        assert self._jacobian is not None
        found = self._jacobian(*self._handed(self._values))
        by_name = gradients_by_name(self._single(found), tuple(self._makers), self._held)
        return {
            symbol: self._pulled_back(cotangent, jacobian, symbol)
            for symbol, jacobian in by_name.items()
            if symbol not in self._held
        }

    def gradients(self, values: Values, cotangent: Any) -> dict[str, Any]:
        """Return the gradients without a forward pass, which they do not need."""
        self._values = values
        return self.backward(cotangent)

    def _handed(self, values: Values) -> list[Any]:
        return [make(values[symbol]) for symbol, make in self._makers.items()]

    def _single(self, found: Any) -> Any:
        """Tell a gradient that is written as a list of numbers from a list of gradients."""
        floating = [symbol for symbol in self._makers if symbol not in self._held]
        return np.array(found) if len(floating) == 1 and isinstance(found, list) else found

    def _pulled_back(self, cotangent: Any, jacobian: Any, symbol: str) -> Any:
        """Return sum_i c_i J_ij, whatever the shapes of i and j."""
        jacobian = jacobian if isinstance(jacobian, np.ndarray) else np.array(jacobian)
        shape = np.shape(self._values[symbol])
        if not self._shape:
            return cotangent * jacobian
        if jacobian.shape == self._shape == shape:
            return cotangent * jacobian
        rows = int(np.prod(self._shape))
        if jacobian.size != rows * int(np.prod(shape)):
            raise CodeError(
                f"jac returned an array of shape {jacobian.shape} in {symbol}: it should be "
                f"{self._shape + shape}, that of the output and then that of {symbol}"
            )
        return (np.reshape(cotangent, rows) @ np.reshape(jacobian, (rows, -1))).reshape(shape)
