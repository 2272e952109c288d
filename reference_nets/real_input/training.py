"""Training: first weights for any operation, and plain gradient descent on its own gradients."""

from collections.abc import Iterator, Mapping
from math import prod
from typing import TypeAlias

import numpy as np

from gradcheck.notation import BATCH, Operation, delta
from gradcheck.notation.extents import completed

Arrays: TypeAlias = Mapping[str, np.ndarray]


def initial_weights(
    net: Operation, sizes: Mapping[str, int], rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Draw the parameters of an operation.

    Weights are normal, of variance 1/n, where n is the number of weights that one unit, map or
    head has; biases are zero and gains (gamma) are one.

    Parameters
    ----------
    net : Operation
        Its signature gives the shapes: a parameter of one dimension is a bias or a gain, and the
        first dimension of any other one counts units.  Dimensions of fixed extent, along which the
        gates of a cell are stacked, count for neither.
    sizes : mapping of str to int
        Extents of its dimensions; the usual ones where left out.
    rng : numpy.random.Generator
        The source of randomness.

    Examples
    --------
    >>> from reference_nets import dense
    >>> weights = initial_weights(dense, {"k": 2, "i": 3}, np.random.default_rng(0))
    >>> weights["w"].shape, weights["b"]
    ((2, 3), array([0., 0.]))
    """
    sizes = completed({**net.usual_sizes, **sizes}, net.extents)
    weights = {}
    for symbol in net.parameters:
        shape = net.shape(symbol, sizes)
        _, *of_one_unit = [sizes[dim] for dim in net.dims(symbol) if isinstance(dim, str)]
        if of_one_unit:
            weights[symbol] = rng.standard_normal(shape) / np.sqrt(prod(of_one_unit))
        else:
            weights[symbol] = np.full(shape, 1.0 if symbol.startswith("gamma") else 0.0)
    return weights


def descent(
    net: Operation, weights: Arrays, data: Arrays, learning_rate: float
) -> Iterator[Arrays]:
    """Yield the weights, and after them those of each step of gradient descent, without end.

    Parameters
    ----------
    net : Operation
        A net whose output is the loss; its batch form gives the gradients.
    weights, data : mapping of str to array
        The first values of its parameters, and all its other inputs: the full batch.
    learning_rate : float
        w becomes w - learning_rate δw.
    """
    wanted = [delta(symbol) for symbol in net.parameters]
    while True:
        yield weights
        gradients = net.evaluate(BATCH, {**weights, **data, net.cotangent: 1.0}, wanted)
        weights = {w: weights[w] - learning_rate * gradients[delta(w)] for w in net.parameters}
