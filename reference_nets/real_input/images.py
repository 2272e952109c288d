"""The convolutional net on handwritten digits as images of one channel."""

from collections.abc import Iterator

from gradcheck.notation import Operation, Point
from reference_nets.nets.lenet import lenet
from reference_nets.real_input.classification import Classifier
from reference_nets.real_input.digits import CLASSES, FEW, digits

CONVOLUTIONAL = Classifier(
    lenet, scores="z4", sizes={"k": 4, "k2": 8, "k3": 16, "k4": CLASSES}, learning_rate=0.5
)


def image_points(seed: int) -> Iterator[tuple[Operation, Point]]:
    """Yield LeNet on the first digits."""
    images, targets = digits(FEW)
    data = {"a0": images[:, None], "t": targets}
    yield from CONVOLUTIONAL.points(data, f"digits, {FEW} images", seed)
