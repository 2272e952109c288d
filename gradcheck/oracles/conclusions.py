"""From extrapolated differences to an estimate: smooth, kink, edge of the domain, or unknown."""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.oracles.differences import OneSidedDifferences
from gradcheck.oracles.estimate import Estimate
from gradcheck.oracles.evaluation import Probe
from gradcheck.oracles.richardson import Extrapolation
from gradcheck.oracles.samples import Resolution, Sample

ONE_SIDED = "one-sided differences"
UNSETTLED = (
    "the differences do not settle as the step shrinks: a jump, an infinite slope, or structure "
    "finer than the steps"
)
TWO_SCALES = (
    "the function has small fast variations on a slow trend: whether these are noise or its "
    "derivative cannot be told in this arithmetic"
)
# Roundings of the quotient and of the additions in the tableau, in units of the result.
QUOTIENT = 4.0
# A kink is a jump of the slope by several times what is uncertain about the two slopes...
CLEAR = 4.0
# ... and not one that the central differences rule out, because they settled closer to x.
RULED_OUT = 1 / 8

Side = Extrapolation | None


def estimate_from(window: Extrapolation, eps: float, oracle: str) -> Estimate:
    """Return the estimate of a smooth function."""
    return Estimate.single(float(window.value), error_of(window, eps), oracle)


def error_of(window: Extrapolation, eps: float) -> float:
    """Bound on the error of a window, with the rounding of the quotient and to float64."""
    value = float(window.value)
    return float(window.bound + abs(window.value - value)) + QUOTIENT * eps * abs(value)


def sides(samples: Sequence[Sample], resolution: Resolution) -> tuple[Side, Side]:
    """Return the slope to the left and the slope to the right, where they settle."""
    left, right = (_side(samples, OneSidedDifferences(resolution, side)) for side in (-1, 1))
    return left, right


def _side(samples: Sequence[Sample], differences: OneSidedDifferences) -> Side:
    for one in samples:
        differences.add(one)
    return differences.consensus()


def is_kink(left: Extrapolation, right: Extrapolation, central: Extrapolation | None) -> bool:
    """Whether the slopes differ by more than their errors, and central differences allow it."""
    jump = abs(right.value - left.value)
    ruled_out = central is not None and central.bound < RULED_OUT * jump
    return bool(jump > CLEAR * (left.bound + right.bound)) and not ruled_out


def at_kink(left: Extrapolation, right: Extrapolation, eps: float, oracle: str) -> Estimate:
    """Return the two slopes of a kink."""
    slopes = float(left.value), float(right.value)
    reason = f"kink: the slope is {slopes[0]:.6g} to the left and {slopes[1]:.6g} to the right"
    return Estimate.at_kink(*slopes, max(error_of(left, eps), error_of(right, eps)), oracle, reason)


def at_edge(left: Side, right: Side, eps: float) -> Estimate:
    """Return the slope of the one side on which the function is defined."""
    known = right if left is None else left
    if known is None:
        return Estimate.unknown(ONE_SIDED, UNSETTLED)
    value, error, nan = float(known.value), error_of(known, eps), float("nan")
    slopes = (nan, value) if left is None else (value, nan)
    missing = "left" if left is None else "right"
    reason = f"edge of the domain: the function is not defined to the {missing}"
    return Estimate.single(value, error, ONE_SIDED, reason, sides=(*slopes, error))


def outside(probe: Probe) -> str:
    """Reason for a point at which the function has no value."""
    return f"the function is {float(probe.centre)} at x = {float(probe.x)!r}: outside its domain"


def drowned(noise: float) -> str:
    """Reason for a function that is nothing but noise."""
    return (
        f"the values jump by {noise:.1e} between neighbouring inputs: nothing smooth is left to "
        "differentiate"
    )
