"""Nets on real data: points at which a report looks beside the random ones.

The data are scikit-learn's bundled handwritten digits: 1,797 images of 8×8 pixels in ten classes
(E. Alpaydin and C. Kaynak, Optical recognition of handwritten digits, UCI machine learning
repository, 1998).  Nothing is downloaded.
"""

from collections.abc import Iterator

import numpy as np

from gradcheck.notation import BATCH, Operation, Point
from reference_nets.nets.multilayer_perceptron import multilayer_perceptron

HIDDEN_UNITS = 16
LEARNING_RATE = 1.0
WANTED_ACCURACY = 0.97


def real_points(seed: int) -> Iterator[tuple[Operation, Point]]:
    """Yield the multilayer perceptron on all digits, before and after training.

    Parameters
    ----------
    seed : int
        Of the initial weights.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed.
    """
    net, images, targets = multilayer_perceptron(2), *digits()
    weights = initial_weights(np.random.default_rng(seed), (images.shape[1], HIDDEN_UNITS, 10))
    data = {"a0": images, "t": targets}
    yield net, Point({**weights, **data}, 1.0, "digits, at initialisation", len(images))
    weights = trained(net, weights, data)
    label = f"digits, trained to {accuracy(weights, images, targets):.1%}"
    yield net, Point({**weights, **data}, 1.0, label, len(images))


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return the images, scaled to [0, 1], as rows (1797, 64), and their classes, one-hot."""
    from sklearn.datasets import load_digits

    images, classes = load_digits(return_X_y=True)
    return images / 16, np.eye(10)[classes]


def initial_weights(rng: np.random.Generator, units: tuple[int, ...]) -> dict[str, np.ndarray]:
    """Draw weights of variance 1/inputs for every layer; the biases are zero."""
    weights = {}
    for L in range(1, len(units)):
        shape = units[L], units[L - 1]
        weights[f"w{L}"] = rng.standard_normal(shape) / np.sqrt(units[L - 1])
        weights[f"b{L}"] = np.zeros(units[L])
    return weights


def trained(
    net: Operation, weights: dict[str, np.ndarray], data: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Descend along the net's own gradients, full batch, until the wanted accuracy is reached."""
    weights = dict(weights)
    wanted = [f"delta_{symbol}" for symbol in net.parameters]
    while accuracy(weights, data["a0"], data["t"]) < WANTED_ACCURACY:
        values = {**weights, **data, net.cotangent: 1.0}
        gradients = net.evaluate(BATCH, values, wanted)
        for symbol in net.parameters:
            weights[symbol] = weights[symbol] - LEARNING_RATE * gradients[f"delta_{symbol}"]
    return weights


def accuracy(weights: dict[str, np.ndarray], images: np.ndarray, targets: np.ndarray) -> float:
    """Return the share of images whose largest score is that of their class."""
    hidden = np.tanh(images @ weights["w1"].T + weights["b1"])
    scores = hidden @ weights["w2"].T + weights["b2"]
    return float(np.mean(scores.argmax(axis=1) == targets.argmax(axis=1)))
