"""Activations, one textbook name a file: each function h and its derivative h'."""

from reference_nets.activations.identity import identity
from reference_nets.activations.relu import relu
from reference_nets.activations.sigmoid import sigmoid
from reference_nets.activations.softmax import softmax
from reference_nets.activations.tanh import tanh

ACTIVATIONS = (identity, sigmoid, tanh, relu, softmax)

__all__ = ["ACTIVATIONS", "identity", "relu", "sigmoid", "softmax", "tanh"]
