"""Losses that add up entry by entry: E = Σ_k ℓ(y_k, t_k) and δy_k = δE ∂ℓ/∂y(y_k, t_k)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.notation.domain import Domain
from gradcheck.notation.equation import BATCH, MATRIX, SCALAR, Body, Equation
from gradcheck.notation.errors import NotationError
from gradcheck.notation.operation import Operation, delta
from gradcheck.notation.scalar import total
from gradcheck.notation.signature import Signature


@dataclass(frozen=True, eq=False)
class SeparableLoss(Operation):
    """A loss that adds up over entries and still knows the loss of one entry and its slopes."""

    loss: Equation = field(kw_only=True)
    slopes: Sequence[Equation] = field(kw_only=True)


def separable(
    name: str, loss: Equation, *slopes: Equation, domain: Mapping[str, Domain] | None = None
) -> SeparableLoss:
    r"""Build a loss from the loss of one entry and its partial derivatives.

    Parameters
    ----------
    name : str
        The textbook name.
    loss : Equation
        A function of the numbers that belong to one entry: of a prediction and a target, say.
        Its scalar form takes numbers, its matrix form arrays of one shape.
    *slopes : Equation
        The partial derivatives: for a loss ``ell``, that in ``y`` is called ``ell_y`` and takes the
        same parameters.  Inputs without one are constants.
    domain : mapping of str to Domain, optional
        Where the inputs live.

    Raises
    ------
    NotationError
        If a slope is not named for the loss and one of its parameters, or takes other parameters.

    Returns
    -------
    SeparableLoss
        Its inputs are the parameters of the loss, each of shape ``(k)``, its output is ``E``, and
        it has all three forms; summed over the entries of an input, averaged over a batch.

    Examples
    --------
    >>> from gradcheck.notation import equation
    >>> @equation
    ... def ell(y, t):
    ...     return (y - t) * (y - t)
    >>> @ell.matrix
    ... def ell(y, t):
    ...     return (y - t) ** 2
    >>> @equation
    ... def ell_y(y, t):
    ...     return 2 * (y - t)
    >>> @ell_y.matrix
    ... def ell_y(y, t):
    ...     return 2 * (y - t)
    >>> square = separable("square", ell, ell_y)
    >>> square([3.0, 1.0], [1.0, 0.0]), square.pullback(1.0, [3.0, 1.0], [1.0, 0.0])["y"]
    (array(5.), array([4., 2.]))
    """
    symbols = loss.parameters
    differentiable = [_symbol(loss, slope) for slope in slopes]
    return SeparableLoss(
        name,
        Signature((("k",),) * len(symbols), ()),
        Equation("E", symbols, _sums(loss)),
        [
            Equation(delta(symbol), ("delta_E", *symbols), _scaled(symbol, slope))
            for symbol, slope in zip(differentiable, slopes, strict=True)
        ],
        constants=[symbol for symbol in symbols if symbol not in differentiable],
        domain=domain or {},
        batch="mean",
        loss=loss,
        slopes=slopes,
    )


def _symbol(loss: Equation, slope: Equation) -> str:
    """Return the input in which a slope is the derivative."""
    symbol = slope.name.removeprefix(f"{loss.name}_")
    if symbol not in loss.parameters or slope.name != f"{loss.name}_{symbol}":
        expected = ", ".join(f"{loss.name}_{parameter}" for parameter in loss.parameters)
        raise NotationError(
            f"the slope {slope.name} is named for no parameter of {loss.name}: "
            f"call it one of {expected}"
        )
    if slope.parameters != loss.parameters:
        raise NotationError(
            f"the slope {slope.name} takes ({', '.join(slope.parameters)}), but {loss.name} takes "
            f"({', '.join(loss.parameters)}): write both with the same symbols"
        )
    return symbol


def _sums(loss: Equation) -> dict[str, Body]:
    one, all_at_once, symbols = loss[SCALAR], loss[MATRIX], loss.parameters

    def scalar(*inputs: Any) -> Any:
        return total(one(*entry) for entry in zip(*inputs, strict=True))

    def matrix(*inputs: Any) -> Any:
        return np.sum(all_at_once(*inputs))

    def batch(*inputs: Any) -> Any:
        return np.sum(all_at_once(*inputs)) / len(inputs[0])

    scalar.__doc__ = rf"E = \sum_k \ell({_indexed(symbols, 'k')})"
    matrix.__doc__ = rf"E = 1^\top \ell({', '.join(symbols)})"
    batch.__doc__ = rf"E = \frac{{1}}{{N}} \sum_{{nk}} \ell({_indexed(symbols, '{nk}')})"
    return {SCALAR: scalar, MATRIX: matrix, BATCH: batch}


def _scaled(symbol: str, slope: Equation) -> dict[str, Body]:
    one, all_at_once, symbols = slope[SCALAR], slope[MATRIX], slope.parameters
    partial = rf"\frac{{\partial \ell}}{{\partial {symbol}}}"

    def scalar(delta_E: Any, *inputs: Any) -> Any:  # noqa: N803 - the cotangent of E
        return [delta_E * one(*entry) for entry in zip(*inputs, strict=True)]

    def matrix(delta_E: Any, *inputs: Any) -> Any:  # noqa: N803 - the cotangent of E
        return delta_E * all_at_once(*inputs)

    def batch(delta_E: Any, *inputs: Any) -> Any:  # noqa: N803 - the cotangent of E
        return delta_E / len(inputs[0]) * all_at_once(*inputs)

    scalar.__doc__ = rf"\delta {symbol}_k = \delta E \, {partial}({_indexed(symbols, 'k')})"
    matrix.__doc__ = rf"\delta {symbol} = \delta E \, {partial}({', '.join(symbols)})"
    batch.__doc__ = (
        rf"\delta {symbol}_{{nk}} = \frac{{\delta E}}{{N}} \, "
        rf"{partial}({_indexed(symbols, '{nk}')})"
    )
    return {SCALAR: scalar, MATRIX: matrix, BATCH: batch}


def _indexed(symbols: Sequence[str], index: str) -> str:
    return ", ".join(f"{symbol}_{index}" for symbol in symbols)
