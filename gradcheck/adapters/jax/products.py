"""JAX's products and convolutions, in NumPy code that takes balls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from string import ascii_letters
from typing import Any

import numpy as np

from gradcheck.adapters.jax.windows import padded, windows


def dot_general(left: Any, right: Any, *, dimension_numbers: Any) -> Any:
    """Sum over pairs of axes, go along others together: batch, then left, then right axes."""
    (summed_left, summed_right), (batch_left, batch_right) = dimension_numbers
    names = iter(ascii_letters)
    of_left = [next(names) for _ in np.shape(left)]
    of_right = [next(names) for _ in np.shape(right)]
    of_both = zip([*summed_left, *batch_left], [*summed_right, *batch_right], strict=True)
    for i, j in of_both:
        of_right[j] = of_left[i]
    batch = [of_left[i] for i in batch_left]
    summed = [of_left[i] for i in summed_left]
    free = [name for name in of_left + of_right if name not in batch + summed]
    text = "{},{}->{}".format(*map("".join, (of_left, of_right, batch + free)))
    return np.einsum(text, left, right)


def convolution(
    signal: Any,
    kernel: Any,
    *,
    dimension_numbers: Any,
    window_strides: Sequence[int],
    padding: Sequence[tuple[int, int]],
    lhs_dilation: Sequence[int],
    rhs_dilation: Sequence[int],
    feature_group_count: int,
    batch_group_count: int,
) -> Any:
    """Multiply the windows of a signal with a kernel, in groups of features or of inputs."""
    of_signal, of_kernel, of_output = dimension_numbers
    x, w = np.transpose(signal, of_signal), np.transpose(kernel, of_kernel)
    x = padded(x, [(0, 0), (0, 0), *padding], [1, 1, *lhs_dilation])
    seen = windows(x, [1, 1, *w.shape[2:]], [1, 1, *window_strides], [1, 1, *rhs_dilation])
    n = w.ndim - 2
    seen = np.reshape(seen, seen.shape[: n + 2] + w.shape[2:])  # inputs, features, places, offsets
    groups = feature_group_count * batch_group_count
    split = 1 if feature_group_count > 1 else 0
    results = [
        _of_one_group(signals, kernels, n)
        for signals, kernels in zip(
            np.split(seen, groups, axis=split), np.split(w, groups, axis=0), strict=True
        )
    ]
    return np.transpose(np.concatenate(results, axis=1), np.argsort(of_output))


def _of_one_group(seen: Any, kernel: Any, n: int) -> Any:
    """Sum over features and offsets: b c places offsets, o c offsets -> b o places."""
    offsets, places = ascii_letters[:n], ascii_letters[n : 2 * n]
    return np.einsum(f"Xy{places}{offsets},Zy{offsets}->XZ{places}", seen, kernel)


PRODUCTS: dict[str, Callable[..., Any]] = {
    "conv_general_dilated": convolution,
    "dot_general": dot_general,
}
"""Name of a primitive -> function of its inputs, and of the parameters that its signature names."""
