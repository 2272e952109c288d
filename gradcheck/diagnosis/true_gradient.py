"""The true gradient in single entries, with errors: the measure of every explanation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcheck.arithmetic import NotLiftable, Undecided, midpoint, resting_collector
from gradcheck.checks.comparison import ROUNDED_CONSTANTS
from gradcheck.checks.evaluation import Array, Directions, Evaluation
from gradcheck.checks.measured_derivative import of_one_input
from gradcheck.checks.rounding import SAFETY, rounding
from gradcheck.diagnosis.bounded import EPS, Bounded
from gradcheck.notation import delta
from gradcheck.oracles.estimate import Estimate
from gradcheck.oracles.exact import Shape, Slope, log2_of, power_of_two
from gradcheck.oracles.gradient import gradient

Index = tuple[int, ...]

MOST_BALLS = 1000
"""Numbers in all inputs and the output up to which balls are quick: a slope takes three runs of the
code, at some microseconds for each number.  Beyond, floats and their errors tell as much, soon."""


def true_gradient(evaluation: Evaluation, symbol: str, indices: Sequence[Index]) -> Bounded:
    """Differentiate the forward code by some entries of an input: in balls if they apply.

    At a kink the slope is any between those of both sides, and so is the bound on its error.

    Parameters
    ----------
    evaluation : Evaluation
        The form whose forward equation is differentiated.
    symbol : str
        The input.
    indices : sequence of tuple of int
        Its entries.

    Returns
    -------
    Bounded
        One number for each index.

    Raises
    ------
    Exception
        Whatever the code raises at this point.

    Examples
    --------
    >>> from gradcheck.notation import MATRIX, Point
    >>> from reference_nets import tanh
    >>> here = Evaluation(tanh, MATRIX, Point({"z": [0.0, 1.0]}, [1.0, 1.0]))
    >>> slope = true_gradient(here, "z", [(0,)])
    >>> slope.value, bool(slope.error < 1e-15)
    (array([1.]), True)
    """
    if _numbers(evaluation) > MOST_BALLS:
        return _measured(evaluation, symbol, indices)
    try:
        with resting_collector():
            slopes = [_slope(evaluation.function, symbol, index) for index in indices]
    except (NotLiftable, Undecided):
        return _measured(evaluation, symbol, indices)
    pairs = [_in_floats(slope) for slope in slopes]
    return Bounded(np.array([v for v, _ in pairs]), np.array([e for _, e in pairs]))


def true_slope(evaluation: Evaluation, directions: Directions) -> Bounded:
    """Return the slope of <cotangent, output> along directions, as an array of one.

    Raises
    ------
    NotLiftable, Undecided
        If balls cannot follow the code.
    """
    function = evaluation.function
    value, error = _in_floats(function.glance(directions) or function.slope(directions))
    return Bounded(np.array([value]), np.array([error]))


def _slope(evaluation: Evaluation, symbol: str, index: Index) -> Slope:
    direction = np.zeros(evaluation.point.inputs[symbol].shape)
    direction[index] = 1.0
    return evaluation.glance({symbol: direction}) or evaluation.slope({symbol: direction})


def _in_floats(slope: Slope) -> tuple[float, float]:
    value = float(midpoint(slope.value))
    if slope.shape is Shape.KINK:
        width = abs(float(midpoint(slope.right)) - float(midpoint(slope.left))) / 2
        return value, width + EPS * abs(value) + power_of_two(log2_of(slope.error))
    if slope.shape in (Shape.SMOOTH, Shape.EDGE):
        return value, EPS * abs(value) + power_of_two(log2_of(slope.error))
    return np.nan, np.inf


def _numbers(evaluation: Evaluation) -> int:
    point = evaluation.point
    return point.cotangent.size + sum(x.size for x in point.inputs.values())


def _measured(evaluation: Evaluation, symbol: str, indices: Sequence[Index]) -> Bounded:
    x = evaluation.point.inputs[symbol]
    entries = [int(np.ravel_multi_index(index, x.shape)) if x.ndim else 0 for index in indices]
    estimate = gradient(of_one_input(evaluation, symbol), x, entries=entries)
    value, error = _with_sides(estimate)
    return Bounded(value.ravel()[entries], error.ravel()[entries])


def _with_sides(estimate: Estimate) -> tuple[Array, Array]:
    """Let a kink's error reach from one side's slope to the other's."""
    width = np.abs(estimate.right - estimate.left) / 2 + estimate.side_error
    return estimate.value, np.where(estimate.kink, width, estimate.error)


def gradient_of_code(evaluation: Evaluation, symbol: str) -> Bounded:
    """Return the gradient that the code under test gives, with what rounding excuses in it.

    In balls where they apply, where constants that are rounded to floats are all there is to
    excuse; otherwise in floats.  The shape is whatever the code returns.

    Examples
    --------
    >>> from gradcheck.notation import MATRIX, Point
    >>> from reference_nets import tanh
    >>> here = Evaluation(tanh, MATRIX, Point({"z": [0.0, 1.0]}, [1.0, 1.0]))
    >>> gradient_of_code(here, "z").value
    array([1.        , 0.41997434])
    """
    name = delta(symbol)
    if _numbers(evaluation) > MOST_BALLS:
        return _code_in_floats(evaluation, name)
    try:
        value = midpoint(evaluation.in_balls((name,))[name])
        moves = evaluation.function.conditioning((name,))[name]
    except (NotLiftable, Undecided):
        return _code_in_floats(evaluation, name)
    return Bounded(value, _excused(value, moves))


def _code_in_floats(evaluation: Evaluation, name: str) -> Bounded:
    floats = evaluation.in_floats((name,))[name]
    return Bounded(floats.astype(np.float64), rounding(evaluation, name))


def _excused(value: Array, moves: Array) -> Array:
    moves = moves if moves.shape == value.shape else np.zeros(value.shape)
    with np.errstate(invalid="ignore"):  # what is not finite has no bound
        excused: Any = ROUNDED_CONSTANTS * np.abs(value) + SAFETY * moves
    return np.where(np.isfinite(value), excused, 0.0)
