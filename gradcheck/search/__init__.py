"""Searching for inputs at which a gradient goes wrong, and strategies that draw such inputs."""

from gradcheck.search.arrays import arrays_in
from gradcheck.search.real_numbers import real_numbers
from gradcheck.search.searching import found
from gradcheck.search.shrinking import shrunk
from gradcheck.search.strategies import points

__all__ = ["arrays_in", "found", "points", "real_numbers", "shrunk"]
