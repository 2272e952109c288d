"""Hypothesis strategies that draw points from an operation's own declaration."""

from gradcheck.search.arrays import arrays_in
from gradcheck.search.real_numbers import real_numbers
from gradcheck.search.strategies import points

__all__ = ["arrays_in", "points", "real_numbers"]
