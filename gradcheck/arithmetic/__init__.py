"""The same code in other numbers: real balls, and extended precision.

Importing the package enters the counterparts of NumPy's functions into the tables of `dispatch`.
"""

from gradcheck.arithmetic import (  # noqa: F401 - imported to fill the tables
    buffers,
    contraction,
    dtypes,
    elementwise,
    linalg,
    orderings,
    products,
    reductions,
    refusals,
    selection,
    structure,
    ufunc_like,
)
from gradcheck.arithmetic.array import BallArray, to_balls
from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.errors import NotLiftable, Undecided
from gradcheck.arithmetic.extended import Extended, in_extended, longdouble_is_wider
from gradcheck.arithmetic.lifting import lifted, resting_collector
from gradcheck.arithmetic.lines import Line, distances, inner
from gradcheck.arithmetic.precision import current_precision, precision
from gradcheck.arithmetic.rounding import midpoint, radius
from gradcheck.arithmetic.running import in_balls

__all__ = [
    "Ball",
    "BallArray",
    "Extended",
    "Line",
    "NotLiftable",
    "Undecided",
    "current_precision",
    "distances",
    "in_balls",
    "in_extended",
    "inner",
    "lifted",
    "longdouble_is_wider",
    "midpoint",
    "precision",
    "radius",
    "resting_collector",
    "to_balls",
]
