"""Pairs of functions on tensors that are not joined to autograd, as C++ extensions have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from importlib import import_module
from typing import Any

import numpy as np

from gradcheck.adapters.given import CodeError, Given
from gradcheck.adapters.pytorch.tensors import array_of, is_tensor, tensor_of
from gradcheck.arithmetic.leaves import leaves, map_leaves
from gradcheck.notation.layer import Layer

HOMES = ("cached", "jacobians", "functions")
"""The adapters of pairs, in the order in which they look."""


def adapt(given: Given) -> Layer:
    """Make a layer of a forward and a backward function of tensors.

    The pair is recognised as one of functions of arrays would be, and checked in float64; where
    it refuses that, in the dtype of its inputs.

    Raises
    ------
    PointError
        If an input is no tensor of real numbers, or the names do not fit.
    CodeError
        If a function raises at the inputs, or returns what is no gradient.
    """
    try:
        return _layer(given, np.float64)
    except CodeError as refusal:
        dtypes = {np.asarray(value).dtype for value in map(_array, given.inputs)}
        if np.dtype(np.float32) not in dtypes:
            raise
        own = _layer(given, np.float32)
        note = f"checked in float32, because in float64 {refusal}"
        return replace(own, notes=(*own.notes, note))


def _layer(given: Given, dtype: Any) -> Layer:
    device = next(leaf.device for leaf in leaves(given.inputs) if is_tensor(leaf))
    assert given.backward is not None  # recognised by it
    on_arrays = replace(
        given,
        subject=_on_arrays(given.subject, device, dtype),
        backward=_on_arrays(given.backward, device, dtype),
        inputs=tuple(_in_dtype(_array(value), dtype) for value in given.inputs),
    )
    homes = (import_module(f"gradcheck.adapters.{home}") for home in HOMES)
    made: Layer = next(home for home in homes if home.recognises(on_arrays)).adapt(on_arrays)
    return replace(
        made,
        kind=f"PyTorch, {made.kind}",
        code=(given.subject, given.backward),
        exact=False,
    )


def _on_arrays(function: Callable[..., Any], device: Any, dtype: Any) -> Callable[..., Any]:
    """Return the same function of arrays; it keeps its name and its parameters."""

    def tensor(leaf: Any) -> Any:
        if not isinstance(leaf, np.ndarray):
            return leaf
        return tensor_of(_in_dtype(leaf, dtype), device)

    @wraps(function)
    def called(*arguments: Any) -> Any:
        result = function(*(map_leaves(argument, tensor) for argument in arguments))
        return map_leaves(result, _array)

    return called


def _array(leaf: Any) -> Any:
    return array_of(leaf) if is_tensor(leaf) else leaf


def _in_dtype(leaf: Any, dtype: Any) -> Any:
    """Convert the floats that are not complex, as those of a complex step are."""
    kept = not isinstance(leaf, np.ndarray) or leaf.dtype.kind != "f" or leaf.dtype == dtype
    return leaf if kept else leaf.astype(dtype)
