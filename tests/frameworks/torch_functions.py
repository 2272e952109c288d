"""What PyTorch calls the operations of the reference networks.

One line an operation: a function of its inputs in our order, single or a batch of them in rows.
A family has a table of its own, and one of awkward inputs beside it, of which this is the index.
"""

import torch
from torch.nn import functional

from tests.frameworks.torch_activations import ACTIVATIONS
from tests.frameworks.torch_attention import ATTENTION
from tests.frameworks.torch_image_layers import IMAGE_LAYERS, IMAGE_NETS
from tests.frameworks.torch_losses import LOSSES, mean_over_inputs
from tests.frameworks.torch_models import MODELS
from tests.frameworks.torch_normalisation import NORMALISATIONS
from tests.frameworks.torch_recurrence import RECURRENCE
from tests.frameworks.torch_simple_layers import SIMPLE_LAYERS


def perceptron(*symbols):
    """Return the loss of the multilayer perceptron w1, b1, w2, b2, ..., a0, t, with tanh."""
    *parameters, a, t = symbols
    for w, b in zip(parameters[::2], parameters[1::2], strict=True):
        z = functional.linear(a, w, b)
        a = torch.tanh(z)
    return mean_over_inputs(functional.cross_entropy)(z, t)


TORCH = {
    **ACTIVATIONS,
    **SIMPLE_LAYERS,
    **NORMALISATIONS,
    **RECURRENCE,
    **ATTENTION,
    **IMAGE_LAYERS,
    **IMAGE_NETS,
    **LOSSES,
    **MODELS,
    "dense": lambda w, a, b: functional.linear(a, w, b),
    "multilayer perceptron, 1 layer": perceptron,
    "multilayer perceptron, 2 layers": perceptron,
    "multilayer perceptron, 3 layers": perceptron,
}
