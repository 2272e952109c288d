"""Where right programs differ most: zeros, ties, logits of 500, saturated units."""

import numpy as np

from gradcheck.notation import Point
from tests.frameworks.awkward_activations import ACTIVATIONS
from tests.frameworks.awkward_image_layers import IMAGE_LAYERS, IMAGE_NETS
from tests.frameworks.awkward_losses import LOSSES
from tests.frameworks.awkward_models import MODELS
from tests.frameworks.awkward_sequences import ATTENTION, NORMALISATIONS, RECURRENCE
from tests.frameworks.awkward_simple_layers import SIMPLE_LAYERS

ZEROS = {"w": np.zeros((2, 3)), "a": np.zeros(3), "b": np.zeros(2)}
CANCELLING = {"w": [[1.0, -1.0, 1e-8], [500.0, 0.0, -500.0]], "a": [1.0, 1.0, 1.0], "b": [0, 0.1]}


def perceptron(weight, bias, layers):
    """Return the inputs of a net of 2 units a layer, all weights of one size but for signs."""
    signs = np.array([[1.0, -1.0], [1.0, 1.0]])
    weights = {f"w{L}": weight * signs for L in range(1, layers + 1)}
    biases = {f"b{L}": np.full(2, bias) for L in range(1, layers + 1)}
    return {**weights, **biases, "a0": np.array([1.0, 0.5]), "t": np.array([0.0, 1.0])}


PERCEPTRONS = {
    "all zero": (0.0, 0.0),
    "saturated": (30.0, 5.0),
    "logits of 500": (250.0, 0.0),
    "tiny": (1e-8, 0.0),
}

AWKWARD = {
    **ACTIVATIONS,
    **SIMPLE_LAYERS,
    **NORMALISATIONS,
    **RECURRENCE,
    **ATTENTION,
    **IMAGE_LAYERS,
    **IMAGE_NETS,
    **LOSSES,
    **MODELS,
    "dense": [ZEROS, CANCELLING],
    **{
        f"multilayer perceptron, {layers} layer{'s' * (layers > 1)}": [
            perceptron(weight, bias, layers) for weight, bias in PERCEPTRONS.values()
        ]
        for layers in (1, 2, 3)
    },
}


def as_declared(domain, values):
    """Return real numbers as floats, indices as they are."""
    return np.asarray(values, dtype=float if domain.is_real else None)


def awkward_points(operation):
    """Yield the awkward inputs of an operation with a cotangent of ordinary numbers."""
    rng = np.random.default_rng(0)
    for inputs in AWKWARD[operation.name]:
        arrays = {s: as_declared(operation.domain_of(s), inputs[s]) for s in operation.inputs}
        shape = operation.shape(operation.output, operation.sizes(arrays))
        yield Point(arrays, np.round(rng.standard_normal(shape), 3), "awkward")
