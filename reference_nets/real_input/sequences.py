"""Recurrent nets and a Transformer on handwritten digits, which they read row by row."""

from collections.abc import Iterator

import numpy as np

from gradcheck.notation import Operation, Point
from reference_nets.layers.elman import elman
from reference_nets.layers.gru import gru
from reference_nets.layers.lstm import lstm
from reference_nets.nets.sequence_classifier import sequence_classifier
from reference_nets.nets.transformer_classifier import transformer_classifier
from reference_nets.real_input.classification import Classifier
from reference_nets.real_input.digits import CLASSES, FEW, digits

ROWS, PIXELS, UNITS = 8, 8, 8

RECURRENT = tuple(
    Classifier(
        sequence_classifier(layer),
        scores="z",
        sizes={"t": ROWS, "i": PIXELS, "k": UNITS, "k2": CLASSES},
        learning_rate=0.5,
    )
    for layer in (elman, lstm(), gru)
)

TRANSFORMER = Classifier(
    transformer_classifier,
    scores="scores",
    sizes={"t": ROWS, "k": PIXELS, "h": 2, "d": 4, "d2": 4, "k2": 16, "k3": CLASSES},
    learning_rate=0.2,
)
BASE, EPSILON = 10_000.0, 1e-5
"""The base of the position encoding in the publication, and a usual ε of normalisation."""


def sequence_points(seed: int) -> Iterator[tuple[Operation, Point]]:
    """Yield the sequence classifiers on the first digits, as sequences of rows."""
    images, targets = digits(FEW)
    data, label = {"x": images, "t": targets}, f"digits, {FEW} images by rows"
    start = np.zeros((FEW, UNITS))
    for classifier in RECURRENT:
        states = {state: start for state in ("h0", "c0") if state in classifier.net.inputs}
        yield from classifier.points({**data, **states}, label, seed)
    constants = {"base": np.array(BASE), "epsilon": np.array(EPSILON)}
    yield from TRANSFORMER.points({**data, **constants}, label, seed)
