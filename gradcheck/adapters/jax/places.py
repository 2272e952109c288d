"""JAX's primitives that move elements, or add them at places: JAX itself says which goes where.

A primitive that only moves elements moves integers in the same way.  So the elements are numbered,
JAX runs the primitive on the numbers, and the balls are put where their numbers went: indices out
of bounds, negative padding and all other details are JAX's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import accumulate
from typing import Any

import numpy as np

from gradcheck.adapters.jax.arguments import is_floating
from gradcheck.arithmetic.array import as_balls, boxed
from gradcheck.arithmetic.elementwise import object_array

NOWHERE = -1
"""The number of an element that comes from no operand."""


def moved(equation: Any, inputs: Sequence[Any]) -> list[Any]:
    """Run a primitive that only moves elements."""
    floats = [n for n, v in enumerate(equation.invars) if is_floating(v.aval)]
    arrays = [object_array(inputs[n]) for n in floats]
    starts = accumulate((array.size for array in arrays), initial=0)
    numbered = list(inputs)
    for n, array, start in zip(floats, arrays, starts, strict=False):
        numbered[n] = np.arange(start, start + array.size, dtype=np.int64).reshape(array.shape)
    pool = np.concatenate([*(array.ravel() for array in arrays), object_array(_filling(equation))])
    return [boxed(pool[numbers]) for numbers in bound(equation, numbered, **_marked(equation))]


def added_at(equation: Any, inputs: Sequence[Any]) -> list[Any]:
    """Add updates to an operand at places; several may go to the same one."""
    target, _, updates = map(object_array, inputs)
    result = as_balls(target.ravel().copy())
    places = _places(equation, inputs[1]).ravel()
    inside = places >= 0
    np.add.at(result, places[inside], boxed(updates.ravel()[inside]))
    return [np.reshape(result, target.shape)]


def bound(equation: Any, inputs: Sequence[Any], **changes: Any) -> list[Any]:
    """Let JAX itself run a primitive on arrays that are no balls."""
    arrays = map(import_module("jax.numpy").asarray, inputs)
    results = equation.primitive.bind(*arrays, **{**equation.params, **changes})
    return [_plain(r) for r in (results if equation.primitive.multiple_results else [results])]


def _plain(result: Any) -> Any:
    """Return an array of NumPy; a key of a random generator stays as it is."""
    jax: Any = import_module("jax")
    is_key = jax.dtypes.issubdtype(result.dtype, jax.dtypes.prng_key)
    return result if is_key else np.asarray(result)


def _filling(equation: Any) -> Any:
    """Return what a gather puts where an index is out of bounds."""
    value = equation.params.get("fill_value")
    return np.array([np.nan if value is None else value])


def _marked(equation: Any) -> dict[str, Any]:
    """Let a gather mark what is out of bounds."""
    return {"fill_value": NOWHERE} if "fill_value" in equation.params else {}


def _places(equation: Any, indices: Any) -> Any:
    """Return where each update goes, as an index of the flattened operand: -1 where it is dropped.

    The transpose of adding at places is taking from them.
    """
    jax: Any = import_module("jax")
    operand, _, updates = (variable.aval for variable in equation.invars)
    zeros = np.zeros(operand.shape)

    def add(values: Any) -> Any:
        return equation.primitive.bind(zeros, indices, values, **equation.params)

    take = jax.linear_transpose(add, jax.ShapeDtypeStruct(updates.shape, np.float64))
    (numbers,) = take(1.0 + np.arange(zeros.size).reshape(zeros.shape))
    return np.asarray(numbers).astype(np.int64) - 1


MOVING = (  # noqa: SIM905 - one name a line would fill the screen
    "broadcast_in_dim concatenate dynamic_slice dynamic_update_slice expand_dims gather pad "
    "reshape rev scatter select_n slice split squeeze tile transpose"
).split()
"""Primitives that only move elements."""

PLACES: dict[str, Callable[[Any, Sequence[Any]], list[Any]]] = {
    **dict.fromkeys(MOVING, moved),
    "scatter-add": added_at,
    "scatter_add": added_at,
}
"""Name of a primitive -> function of its equation in a jaxpr, and of its inputs."""
