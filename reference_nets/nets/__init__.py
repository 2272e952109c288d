"""Nets, loss included, one textbook name a file."""

from reference_nets.nets.multilayer_perceptron import multilayer_perceptron

NETS = (multilayer_perceptron(2), multilayer_perceptron(3))

__all__ = ["NETS", "multilayer_perceptron"]
