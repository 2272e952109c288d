"""A point whose entries are symbols: every point of a shape at once, inside the declared domains."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from gradcheck.arithmetic.expressions import Expr, sympy
from gradcheck.arithmetic.symbol import SymbolArray, symbols_like
from gradcheck.notation import Domain, Interval, OneHot, Operation, Probabilities

Equations: TypeAlias = dict[Expr, Expr]

SAMPLE_SEED = 0
"""Indices and counts cannot be symbols: they are drawn, the same ones always."""


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
    names = (*operation.signature.names, *(["N"] if in_batch else []))
    for larger in (None, *names):
        sizes = {name: 3 if name == larger else 2 for name in names}
        yield _symbolic_point(operation, sizes, sizes["N"] if in_batch else None)


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
            values[symbol] = domain.sample(np.random.default_rng(SAMPLE_SEED), shape, sizes)
    shape = operation.shape(operation.output, sizes, inputs_in_batch)
    values[operation.cotangent] = symbols_like(operation.cotangent, shape)
    return SymbolicPoint(values, inputs_in_batch, inside)


def _assumptions(domain: Domain) -> dict[str, bool]:
    if isinstance(domain, Interval) and domain.low >= 0:
        return {"positive": True}
    if isinstance(domain, Interval) and domain.high <= 0:
        return {"negative": True}
    return {"positive": True} if isinstance(domain, Probabilities) else {}


def _inside(domain: Domain, symbols: SymbolArray) -> Equations:
    if isinstance(domain, OneHot | Probabilities):
        return _summing_to_one(symbols)
    if isinstance(domain, Interval):
        return {x.expr: _between(domain, x.expr) for x in symbols.ravel().tolist()}
    return {}


def _summing_to_one(symbols: SymbolArray) -> Equations:
    rows = symbols.reshape(-1, symbols.shape[-1]).tolist()
    return {row[-1].expr: 1 - sum(x.expr for x in row[:-1]) for row in rows}


def _between(interval: Interval, x: Expr) -> Expr:
    """Write a number between two bounds by a positive one."""
    positive = sympy.Dummy(f"of {x}", positive=True)
    low, high = (sympy.Rational(b) if math.isfinite(b) else None
                 for b in (interval.low, interval.high))  # fmt: skip
    if low is not None and high is not None:
        return low + (high - low) / (1 + positive)
    if low is not None:
        return low + positive
    return x if high is None else high - positive
