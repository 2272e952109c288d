"""Classifiers before and after training: two points of a net on labelled data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np

from gradcheck.notation import BATCH, Operation, Point
from reference_nets.real_input.training import Arrays, descent, initial_weights

WANTED_ACCURACY = 0.97
MOST_STEPS = 1000
"""Several times what the nets need; a label tells the accuracy that was reached."""


@dataclass(frozen=True)
class Classifier:
    """A net, and what is chosen to train it.

    Parameters
    ----------
    net : Operation
        Its output is the loss; the one-hot classes are its input t.
    scores : str
        The quantity whose largest entry names the class.
    sizes : mapping of str to int
        The extents of the net's dimensions.
    learning_rate : float
        Of gradient descent on the mean loss, full batch.
    """

    net: Operation
    scores: str
    sizes: Mapping[str, int]
    learning_rate: float

    def points(self, data: Arrays, label: str, seed: int) -> Iterator[tuple[Operation, Point]]:
        """Yield the net on these data with its first weights, and with trained ones.

        Parameters
        ----------
        data : mapping of str to array
            All inputs but the parameters.
        label : str
            What a report calls the data.
        seed : int
            Of the first weights.
        """
        weights: Arrays = initial_weights(self.net, self.sizes, np.random.default_rng(seed))
        yield self._point(weights, data, f"{label}, at initialisation")
        weights = self._trained(weights, data)
        reached = self._accuracy(weights, data)
        yield self._point(weights, data, f"{label}, trained to {reached:.1%}")

    def _trained(self, weights: Arrays, data: Arrays) -> Arrays:
        """Descend until the wanted accuracy is reached, or the steps are used up."""
        path = descent(self.net, weights, data, self.learning_rate)
        for weights in islice(path, MOST_STEPS):
            if self._accuracy(weights, data) >= WANTED_ACCURACY:
                break
        return weights

    def _accuracy(self, weights: Arrays, data: Arrays) -> float:
        """Return the share of inputs whose largest score is that of their class."""
        scores = self.net.evaluate(BATCH, {**weights, **data}, (self.scores,))[self.scores]
        return float(np.mean(scores.argmax(axis=1) == data["t"].argmax(axis=1)))

    def _point(self, weights: Arrays, data: Arrays, label: str) -> tuple[Operation, Point]:
        return self.net, Point({**weights, **data}, 1.0, label, len(data["t"]))
