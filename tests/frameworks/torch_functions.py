"""What PyTorch calls the operations of the reference networks.

One line an operation: a function of its inputs in our order, single or a batch of them in rows.
A later operation adds its line here, and a line of awkward inputs in `awkward_points`.
"""

import torch
from torch.nn import functional


def mean_over_inputs(loss):
    """Return a loss that is summed over outputs and averaged over the rows of its first input."""

    def averaged(y, t):
        return loss(y, t, reduction="sum") / (len(y) if y.ndim == 2 else 1)

    return averaged


def perceptron(*symbols):
    """Return the loss of the multilayer perceptron w1, b1, w2, b2, ..., a0, t, with tanh."""
    *parameters, a, t = symbols
    for w, b in zip(parameters[::2], parameters[1::2], strict=True):
        z = functional.linear(a, w, b)
        a = torch.tanh(z)
    return mean_over_inputs(functional.cross_entropy)(z, t)


TORCH = {
    "dense": lambda w, a, b: functional.linear(a, w, b),
    "identity": lambda z: z * 1,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "softmax": lambda z: functional.softmax(z, dim=-1),
    "squared error": lambda y, t: functional.mse_loss(y, t, reduction="sum") / 2,
    "binary cross-entropy": mean_over_inputs(functional.binary_cross_entropy),
    "softmax cross-entropy": mean_over_inputs(functional.cross_entropy),
    "multilayer perceptron, 1 layer": perceptron,
    "multilayer perceptron, 2 layers": perceptron,
    "multilayer perceptron, 3 layers": perceptron,
}
