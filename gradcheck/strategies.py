"""Hypothesis strategies: points of operations, and awkward inputs of anybody's layer."""

from gradcheck.search.arrays import arrays_in
from gradcheck.search.inputs import inputs_near, values
from gradcheck.search.real_numbers import real_numbers
from gradcheck.search.strategies import points

__all__ = ["arrays_in", "inputs_near", "points", "real_numbers", "values"]
