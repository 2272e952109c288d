"""Letting HIPS autograd take arrays of balls for arrays of floats, while they run through it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from gradcheck.arithmetic import Ball, BallArray
from gradcheck.arithmetic.array import as_balls


@contextmanager
def balls_in_autograd() -> Iterator[None]:
    """Enter balls in autograd's tables of differentiable types, and take them out again."""
    extend: Any = import_module("autograd.extend")
    boxes, spaces = extend.Box.type_mappings, extend.VSpace.mappings
    for kind in (Ball, BallArray):
        boxes[kind], spaces[kind] = boxes[np.ndarray], _space_of_balls()
    try:
        yield
    finally:
        for kind in (Ball, BallArray):
            del boxes[kind], spaces[kind]


@cache
def _space_of_balls() -> type:
    """Return what autograd adds gradients in: that of arrays, but with zeros that are balls."""
    of_arrays: Any = import_module("autograd.numpy.numpy_vspaces").ArrayVSpace

    class BallSpace(of_arrays):  # type: ignore[misc]
        def __init__(self, value: Any) -> None:
            self.shape, self.dtype = np.shape(value), value.dtype

        def zeros(self) -> Any:
            return as_balls(np.zeros(self.shape))

    return BallSpace
