"""The network that the project began with: small operations, which every law can be tried on."""

from reference_nets import (
    binary_cross_entropy,
    dense,
    identity,
    multilayer_perceptron,
    relu,
    sigmoid,
    softmax,
    softmax_cross_entropy,
    squared_error,
    tanh,
)

REFERENCE_NETWORK = (
    dense,
    identity,
    sigmoid,
    tanh,
    relu,
    softmax,
    squared_error,
    binary_cross_entropy,
    softmax_cross_entropy,
    multilayer_perceptron(2),
    multilayer_perceptron(3),
)
