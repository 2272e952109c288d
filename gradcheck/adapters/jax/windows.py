"""JAX's primitives on sliding windows, in NumPy code that takes balls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradcheck.arithmetic.array import as_balls

Lengths = Sequence[int]
Padding = Sequence[tuple[int, int]]


def padded(x: Any, padding: Padding, dilation: Lengths, value: float = 0.0) -> Any:
    """Put padding around an array and between its elements; what is negative cuts away."""
    inside = [(n - 1) * d + 1 if n else 0 for n, d in zip(np.shape(x), dilation, strict=True)]
    spread = as_balls(np.full(inside, value))
    spread[tuple(slice(None, None, d) for d in dilation)] = x
    grown = np.pad(
        spread, [(max(a, 0), max(b, 0)) for a, b in padding], constant_values=as_balls(value)
    )
    ends = zip(padding, grown.shape, strict=True)
    return grown[tuple(slice(max(-a, 0), n - max(-b, 0)) for (a, b), n in ends)]


def windows(x: Any, lengths: Lengths, strides: Lengths, dilation: Lengths) -> Any:
    """Return all windows: the axes of their places, then the axes inside them."""
    reach = [(n - 1) * d + 1 for n, d in zip(lengths, dilation, strict=True)]
    seen = np.lib.stride_tricks.sliding_window_view(x, reach)
    steps = [slice(None, None, step) for step in (*strides, *dilation)]
    return seen[tuple(steps)]


def over_windows(reduce: Callable[..., Any], start: float) -> Callable[..., Any]:
    """Make a reduction of every window of a function of NumPy; `start` is what changes nothing."""

    def reduced(
        x: Any,
        *,
        window_dimensions: Lengths,
        window_strides: Lengths,
        padding: Padding,
        base_dilation: Lengths,
        window_dilation: Lengths,
    ) -> Any:
        whole = padded(x, padding, base_dilation, start)
        seen = windows(whole, window_dimensions, window_strides, window_dilation)
        return reduce(seen, axis=tuple(range(seen.ndim // 2, seen.ndim)))

    return reduced


def add_at_selected(
    source: Any,
    x: Any,
    *,
    select_prim: Any,
    window_dimensions: Lengths,
    window_strides: Lengths,
    padding: Padding,
) -> Any:
    """Add each element of the source to the place of the extreme element of its window in x."""
    ones = [1] * x.ndim
    worst = -np.inf if select_prim.name == "ge" else np.inf
    seen = windows(padded(x, padding, ones, worst), window_dimensions, window_strides, ones)
    rows = np.reshape(seen, (source.size, -1))
    chosen = np.argmax(rows, axis=1) if select_prim.name == "ge" else np.argmin(rows, axis=1)
    places = np.pad(np.arange(x.size).reshape(x.shape), padding, constant_values=-1)
    numbers = windows(places, window_dimensions, window_strides, ones).reshape(source.size, -1)
    gradient = as_balls(np.zeros(x.size))
    np.add.at(gradient, numbers[np.arange(source.size), chosen], np.reshape(source, -1))
    return np.reshape(gradient, x.shape)


WINDOWS: dict[str, Callable[..., Any]] = {
    "reduce_window_max": over_windows(np.max, -np.inf),
    "reduce_window_min": over_windows(np.min, np.inf),
    "reduce_window_sum": over_windows(np.sum, 0.0),
    "select_and_scatter_add": add_at_selected,
}
"""Name of a primitive -> function of its inputs, and of the parameters that its signature names."""
