"""A point whose entries are symbols: every point of its shape inside the declared domains."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import sympy

from gradcheck.arithmetic.expressions import Expr, expression
from gradcheck.arithmetic.symbol import SymbolArray, symbols_like
from gradcheck.notation import Domain, Interval, OneHot, Operation, PointError, Probabilities
from gradcheck.notation.extents import completed

Equations: TypeAlias = dict[Expr, Expr]

SEED = 0
"""Of the indices and counts, which cannot be symbols: a proof holds for those that are drawn."""


@dataclass(frozen=True, eq=False)
class SymbolicPoint:
    """Symbols for the inputs and the cotangent of an operation.

    Attributes
    ----------
    values : mapping of str to array
        The inputs and the cotangent, under their symbols.
    inputs_in_batch : int or None
        The number of inputs of a batch; None for a single input.
    inside : dict
        What holds inside the domains, to be put in once derivatives are taken: the last of some
        probabilities is one minus the others, a number in an interval is a function of a positive
        one.
    """

    values: Mapping[str, Any]
    inputs_in_batch: int | None
    inside: Equations = field(default_factory=dict)

    def in_floats(self) -> dict[str, Any]:
        """Return floats of the same shapes; indices and counts as they are."""
        return {
            symbol: np.full(value.shape, 0.5) if isinstance(value, SymbolArray) else value
            for symbol, value in self.values.items()
        }


def symbolic_points(operation: Operation, *, in_batch: bool) -> Iterator[SymbolicPoint]:
    """Yield points of small shapes, chosen so that no size passes for another or for a constant.

    Every dimension has two entries first; then one dimension after the other has three, the
    number of inputs in a batch included.

    Examples
    --------
    >>> from reference_nets import dense
    >>> [point.values["w"].shape for point in symbolic_points(dense, in_batch=False)]
    [(2, 2), (3, 2), (2, 3)]
    """
    sizes = list(_small_sizes(operation))
    for drawn in sizes:
        yield _symbolic_point(operation, drawn, 2 if in_batch else None)
    if in_batch:
        yield _symbolic_point(operation, sizes[0], 3)


def _small_sizes(operation: Operation) -> Iterator[dict[str, int]]:
    """Yield the sizes of the dimensions; drawn ones where those that follow would not fit."""
    free = [name for name in operation.signature.names if name not in operation.extents]
    found = False
    for larger in (None, *free):
        small = {name: 3 if name == larger else 2 for name in free} | dict(operation.usual_sizes)
        with suppress(PointError):
            yield completed(small, operation.extents)
            found = True
    if not found:
        yield operation.draw_sizes(np.random.default_rng(SEED))


def _symbolic_point(
    operation: Operation, sizes: Mapping[str, int], inputs_in_batch: int | None
) -> SymbolicPoint:
    values: dict[str, Any] = {}
    inside: Equations = {}
    for symbol in operation.inputs:
        domain = operation.domain_of(symbol)
        shape = operation.shape(symbol, sizes, inputs_in_batch)
        if domain.is_real or isinstance(domain, OneHot):
            values[symbol] = symbols_like(symbol, shape, **_assumptions(domain))
            inside |= _inside(domain, values[symbol])
        else:
            values[symbol] = domain.sample(np.random.default_rng(SEED), shape, sizes)
    shape = operation.shape(operation.output, sizes, inputs_in_batch)
    values[operation.cotangent] = symbols_like(operation.cotangent, shape)
    return SymbolicPoint(values, inputs_in_batch, inside)


def _assumptions(domain: Domain) -> dict[str, bool]:
    if isinstance(domain, Probabilities) or (isinstance(domain, Interval) and domain.low >= 0):
        return {"positive": True}
    if isinstance(domain, Interval) and domain.high <= 0:
        return {"negative": True}
    return {}


def _inside(domain: Domain, symbols: SymbolArray) -> Equations:
    if isinstance(domain, OneHot | Probabilities):
        rows = symbols.reshape(-1, symbols.shape[-1]).tolist()
        return {row[-1].expr: 1 - sum(x.expr for x in row[:-1]) for row in rows}
    if isinstance(domain, Interval):
        return {x.expr: _between(domain, x.expr) for x in symbols.ravel().tolist()}
    return {}


def _between(interval: Interval, x: Expr) -> Expr:
    """Write a number between two bounds as a function of a positive one."""
    positive = sympy.Dummy(f"of {x}", positive=True)
    low, high = interval.low, interval.high
    if math.isfinite(low) and math.isfinite(high):
        return expression(low) + (expression(high) - expression(low)) / (1 + positive)
    if math.isfinite(low):
        return expression(low) + positive
    return expression(high) - positive if math.isfinite(high) else x
