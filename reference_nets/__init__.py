"""Neural-network layers, losses and nets, every equation as a scalar loop and a matrix formula.

`CATALOGUE` is the sequence of all operations in reading order.
"""

from reference_nets.activations import ACTIVATIONS, identity, relu, sigmoid, softmax, tanh
from reference_nets.layers import LAYERS, dense
from reference_nets.losses import (
    LOSSES,
    binary_cross_entropy,
    softmax_cross_entropy,
    squared_error,
)
from reference_nets.nets import NETS, multilayer_perceptron
from reference_nets.real_input import real_points

CATALOGUE = (*LAYERS, *ACTIVATIONS, *LOSSES, *NETS)

__all__ = [
    "CATALOGUE",
    "binary_cross_entropy",
    "dense",
    "identity",
    "multilayer_perceptron",
    "real_points",
    "relu",
    "sigmoid",
    "softmax",
    "softmax_cross_entropy",
    "squared_error",
    "tanh",
]
