"""Derivatives from the forward code alone: each a value with a bound on its error."""

from gradcheck.oracles.central import central_differences
from gradcheck.oracles.complex_step import complex_step
from gradcheck.oracles.directional import directional
from gradcheck.oracles.directions import random_direction
from gradcheck.oracles.estimate import Estimate, Recused
from gradcheck.oracles.extended import extended_differences
from gradcheck.oracles.gradient import gradient
from gradcheck.oracles.ladder import derivative
from gradcheck.oracles.noise import noise
from gradcheck.oracles.one_sided import one_sided_differences

__all__ = [
    "Estimate",
    "Recused",
    "central_differences",
    "complex_step",
    "derivative",
    "directional",
    "extended_differences",
    "gradient",
    "noise",
    "one_sided_differences",
    "random_direction",
]
