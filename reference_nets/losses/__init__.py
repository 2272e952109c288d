"""Losses, one textbook name a file; each says whether it sums or averages over inputs."""

from reference_nets.losses.binary_cross_entropy import binary_cross_entropy
from reference_nets.losses.softmax_cross_entropy import softmax_cross_entropy
from reference_nets.losses.squared_error import squared_error

LOSSES = (squared_error, binary_cross_entropy, softmax_cross_entropy)

__all__ = ["LOSSES", "binary_cross_entropy", "softmax_cross_entropy", "squared_error"]
