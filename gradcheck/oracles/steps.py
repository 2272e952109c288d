"""Steps of finite differences: scaled to the point, and exactly representable.

The ladder of steps goes downwards from the largest length at which a function can be expected to
be smooth, in strides of 8 while it does not look smooth and of 2 once it does: what is found first
is the *largest* step that works, where rounding does least harm.
"""

from __future__ import annotations

import math
import sys

from gradcheck.oracles.evaluation import Real

# No round number: equal steps of 1/8, 1/16, ... would fall on the zeros of sin(2**k * pi * x).
FIRST = 0.7548776662466927 / 6
# Below this a step is a handful of units in the last place: its difference is rounding alone.
SMALLEST = 2.0**-44
# Below this, with |x| smaller still, the length to look for is |x| itself (log at 1e-200).
TINY = 2.0**-30
# Steps that are small against a subnormal x would underflow: it counts as zero.
NEXT_TO_NOTHING = sys.float_info.min
SHRINK, HALVE = 8, 2


def first_step(x: Real, scale: float | None) -> float:
    """Return the step to begin with: an eighth of `scale` or of x, whichever is the larger."""
    return FIRST * max(abs(float(x)), 1.0 if scale is None else scale)


def smaller_step(step: float, x: Real, first: float, stride: int) -> float | None:
    """Return the step after `step`, or None where a smaller one would say nothing."""
    shorter, size = step / stride, abs(float(x))
    if NEXT_TO_NOTHING < size < TINY * first:
        if step <= SMALLEST * size:
            return None
        return shorter if step < size or shorter > TINY * first else FIRST * size
    return shorter if shorter > SMALLEST * first else None


def representable(step: float, x: Real) -> Real:
    r"""Round a step so that ``(x + h) - x == h`` wherever x has the digits for it.

    Where h exceeds \|x\| no h may have this property; then `step` is returned as it is, and the
    displacement of x + h by half a unit in its last place belongs to the rounding of g.
    """
    size = abs(x)
    rounded = (size + step) - size
    return rounded if (size + rounded) - size == rounded and rounded > 0 else type(size)(step)


def power_of_two_above(length: float) -> float:
    """Return the smallest power of two that is larger than a positive `length`."""
    return math.ldexp(1.0, min(math.frexp(length)[1], sys.float_info.max_exp - 1))
