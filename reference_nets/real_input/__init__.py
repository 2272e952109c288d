"""Nets on real data: points at which a report looks beside the random ones.

Each net is looked at twice: with its first weights, and after it has descended along its own
gradients, where units saturate and gradients are small.  Nothing is downloaded.
"""

from collections.abc import Iterator

from gradcheck.notation import Operation, Point
from reference_nets.real_input.images import image_points
from reference_nets.real_input.perceptron import perceptron_points
from reference_nets.real_input.sequences import sequence_points
from reference_nets.real_input.word_pairs import word_pair_points

__all__ = ["real_points"]


def real_points(seed: int) -> Iterator[tuple[Operation, Point]]:
    """Yield nets with points on handwritten digits and on a text, before and after training.

    Parameters
    ----------
    seed : int
        Of the first weights, and of the words that skip-gram takes as noise.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn, which ships the digits, is not installed.

    Examples
    --------
    >>> net, point = next(real_points(seed=0))
    >>> print(net.name, "at", point.label)
    multilayer perceptron, 2 layers at digits, at initialisation
    """
    yield from perceptron_points(seed)
    yield from image_points(seed)
    yield from sequence_points(seed)
    yield from word_pair_points(seed)
