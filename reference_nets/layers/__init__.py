"""Layers, one textbook name a file."""

from reference_nets.layers.dense import dense

LAYERS = (dense,)

__all__ = ["LAYERS", "dense"]
