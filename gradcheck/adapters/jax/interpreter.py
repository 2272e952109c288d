"""Running a jaxpr on balls: what JAX recorded of a function, equation by equation.

Whatever depends on no ball is JAX's own business, whatever it is: indices, masks, random numbers.
Casts between floats of different widths only round, and balls do not: the formula is the same.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from gradcheck.adapters.jax.control import CONTROL
from gradcheck.adapters.jax.elementwise import ELEMENTWISE
from gradcheck.adapters.jax.linear_algebra import LINEAR_ALGEBRA
from gradcheck.adapters.jax.places import PLACES, bound
from gradcheck.adapters.jax.products import PRODUCTS
from gradcheck.adapters.jax.reductions import REDUCTIONS
from gradcheck.adapters.jax.windows import WINDOWS
from gradcheck.arithmetic import Ball, BallArray, NotLiftable

FUNCTIONS = {**ELEMENTWISE, **REDUCTIONS, **PRODUCTS, **WINDOWS, **LINEAR_ALGEBRA}
"""The primitives that are a function of their inputs and parameters alone."""


def interpreted(jaxpr: Any, constants: Sequence[Any], inputs: Sequence[Any]) -> list[Any]:
    """Run a jaxpr.

    Parameters
    ----------
    jaxpr : jax.core.Jaxpr
        What to run.
    constants, inputs : sequence
        Values of its constants and inputs, balls or not.

    Returns
    -------
    list
        One array for each output.

    Raises
    ------
    NotLiftable
        If it has a primitive on balls that has no counterpart.
    Undecided
        If a comparison stays open at this precision.
    """
    known = dict(zip([*jaxpr.constvars, *jaxpr.invars], [*constants, *inputs], strict=True))

    def value(variable: Any) -> Any:
        return variable.val if hasattr(variable, "val") else known[variable]

    for equation in _needed(jaxpr):
        results = _run(equation, [value(variable) for variable in equation.invars])
        known.update(zip(equation.outvars, results, strict=True))
    return [value(variable) for variable in jaxpr.outvars]


def _needed(jaxpr: Any) -> list[Any]:
    """Return the equations on which the outputs depend: a backward pass needs no output."""
    needed, kept = set(map(id, jaxpr.outvars)), []
    for equation in reversed(jaxpr.eqns):
        if needed & set(map(id, equation.outvars)):
            needed.update(map(id, equation.invars))
            kept.append(equation)
    return kept[::-1]


def _run(equation: Any, inputs: list[Any]) -> list[Any]:
    name = equation.primitive.name
    if name in CONTROL:
        return CONTROL[name](interpreted, equation.params, inputs)
    if not any(isinstance(x, (Ball, BallArray)) for x in inputs):
        return bound(equation, inputs)
    inputs = [_widened(x) for x in inputs]
    if name in PLACES:
        return PLACES[name](equation, inputs)
    if name not in FUNCTIONS:
        raise NotLiftable(f"JAX's primitive {name} has no counterpart in balls")
    result = FUNCTIONS[name](*inputs, **_asked_for(name, equation.params))
    return result if equation.primitive.multiple_results else [result]


def _widened(x: Any) -> Any:
    """Return bfloat16 and its like, which NumPy does not know, as float64: that is exact."""
    return x.astype(np.float64) if getattr(x, "dtype", np.dtype(float)).kind == "V" else x


def _asked_for(name: str, parameters: dict[str, Any]) -> dict[str, Any]:
    return {key: parameters[key] for key in _keywords(name) if key in parameters}


@cache
def _keywords(name: str) -> tuple[str, ...]:
    """Return the parameters that a function names: the others are about speed."""
    function = FUNCTIONS[name]
    if isinstance(function, np.ufunc):
        return ()
    parameters = inspect.signature(function).parameters.values()
    return tuple(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)
