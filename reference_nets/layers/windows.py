"""Windows of arrays, for the matrix and batch forms of convolution and pooling."""

import numpy as np


def windows(x, sizes, steps, fill=0.0):
    """Return what each window sees: axes (..., u, v) of outputs, then (p, q) of window places.

    Parameters
    ----------
    x : array, shape (..., h, j)
        Its last axes are those along which windows move, as many as there are sizes.
    sizes : tuple of int
        The places p (and q) of a window.
    steps : Steps
        How windows move.
    fill : float
        What stands on the padding.

    Examples
    --------
    >>> from reference_nets.layers.steps import Steps
    >>> windows(np.arange(4.0), (2,), Steps(stride=2))
    array([[0., 1.],
           [2., 3.]])
    """
    n = len(sizes)
    width = [(0, 0)] * (x.ndim - n) + [(steps.padding, steps.padding)] * n
    padded = np.pad(x, width, constant_values=fill)
    spans = tuple(steps.span(p) for p in sizes)
    views = np.lib.stride_tricks.sliding_window_view(padded, spans, axis=tuple(range(-n, 0)))
    moves, places = slice(None, None, steps.stride), slice(None, None, steps.dilation)
    return views[(..., *[moves] * n, *[places] * n)]


def overlap_add(seen, sizes, steps):
    """Add windows back onto the inputs that they see: the adjoint of `windows`.

    Parameters
    ----------
    seen : array, shape (..., u, v, p, q)
        One number for each output and window place.
    sizes : tuple of int
        The inputs h (and j) along the axes on which windows move.
    steps : Steps
        How windows move.

    Examples
    --------
    >>> from reference_nets.layers.steps import Steps
    >>> overlap_add(np.ones((2, 2)), (3,), Steps())
    array([1., 2., 1.])
    """
    n = len(sizes)
    outputs, places = seen.shape[-2 * n : -n], seen.shape[-n:]
    padded = np.zeros((*seen.shape[: -2 * n], *(h + 2 * steps.padding for h in sizes)))
    for place in np.ndindex(places):
        met = [
            slice(first, first + steps.stride * (u - 1) + 1, steps.stride)
            for first, u in zip(np.multiply(place, steps.dilation), outputs, strict=True)
        ]
        padded[(..., *met)] += seen[(..., *place)]
    return padded[(..., *(slice(steps.padding, steps.padding + h) for h in sizes))]


def first_largest(seen, axes):
    """Return 1 where a window sees the first of its largest numbers, and 0 elsewhere.

    Parameters
    ----------
    seen : array, shape (..., p, q)
        What each window sees.
    axes : int
        The number of axes of a window.

    Examples
    --------
    >>> first_largest(np.array([[2.0, 5.0, 5.0]]), 1)
    array([[0., 1., 0.]])
    """
    flat = seen.reshape(*seen.shape[:-axes], -1)
    return np.eye(flat.shape[-1])[flat.argmax(axis=-1)].reshape(seen.shape)
