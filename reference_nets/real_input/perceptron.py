"""The multilayer perceptron on all handwritten digits, pixel by pixel."""

from collections.abc import Iterator

from gradcheck.notation import Operation, Point
from reference_nets.nets.multilayer_perceptron import multilayer_perceptron
from reference_nets.real_input.classification import Classifier
from reference_nets.real_input.digits import CLASSES, digits

PERCEPTRON = Classifier(
    multilayer_perceptron(2),
    scores="z2",
    sizes={"u0": 64, "u1": 16, "u2": CLASSES},
    learning_rate=1.0,
)


def perceptron_points(seed: int) -> Iterator[tuple[Operation, Point]]:
    """Yield the multilayer perceptron on all 1,797 digits."""
    images, targets = digits()
    data = {"a0": images.reshape(len(images), -1), "t": targets}
    yield from PERCEPTRON.points(data, "digits", seed)
