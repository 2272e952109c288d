r"""How noisy is a function? The level of its noise, from differences of neighbouring values.

Rounding, an iteration stopped early, float32 inside, random numbers: all make g(x) jump by an
amount that does not shrink with the step. In a table of divided differences of neighbouring values,
what is smooth dies out from column to column and what is noise stays: with the weights of each
difference scaled to a sum of squares of 1, the root mean square of every column of noise is its
standard deviation σ. The first column from which three agree on σ gives the level.

Source: J. J. Moré and S. M. Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33 (2011),
with their equal spacing replaced by an unequal one: on equal nodes 1e5·x may be rounded by the same
amount everywhere, and that rounding remain unseen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck.oracles.evaluation import (
    DOUBLE,
    Function,
    Precision,
    Probe,
    quietly,
)
from gradcheck.oracles.steps import FIRST, NEXT_TO_NOTHING, representable

# Moré and Wild use 7 to 9 values; fewer hardly agree, more show g itself.
POINTS = 8
# First spacing, relative: eight units of float32, so that float32 inside g is seen as noise.
SPACING = FIRST * 2.0**-18
# Factor between one spacing and the next that is tried (Moré and Wild: 100).
STRIDE = 2.0**7
TRIES = 4
# Staircases with longer steps than this, relative to x or to 1, are taken for what they are.
LONGEST = 2.0**-8
# On a staircase, go on to a spacing of several steps.
STEPS = 8.0
# Columns of one noise agree within this factor (Moré and Wild, section 5).
AGREEMENT = 4.0
# Where "noise" is this part of the function, the spacing is longer than its waves.
WHOLE = 2.0**-6
# One second difference this much larger than all others is a kink.
BEND = 16.0
# Noise that drops by this factor at a shorter spacing has structure between the two spacings.
TWO_SCALES = 16.0
# Noise up to this many roundings of the value needs no second look.
ROUNDING = 2.0**8
# The second look is taken at a spacing this much shorter.
FINER = 2.0**14
REPEATS = 6

Values = NDArray[np.floating[Any]]


def _nodes() -> NDArray[np.longdouble]:
    """Unequal on purpose: at equal spacing every value may be rounded by the same amount."""
    golden = (math.sqrt(5) - 1) / 2
    return np.array([i + (i * golden) % 1 / 2 for i in range(POINTS)], dtype=np.longdouble)


def _differences() -> Iterator[NDArray[np.longdouble]]:
    """Yield the k-th divided differences as matrices, their rows scaled to keep the noise's σ."""
    table = np.eye(POINTS, dtype=np.longdouble)
    for k in range(1, POINTS - 1):
        table = np.diff(table, axis=0) / (NODES[k:] - NODES[:-k])[:, None]
        yield table / np.sqrt((table**2).sum(axis=1, keepdims=True))


NODES = _nodes()
DIFFERENCES = tuple(_differences())


@dataclass(frozen=True, slots=True)
class Noise:
    """Standard deviation of the noise; `fine` is that of steps shorter than `spacing`.

    The two differ where the values look smooth at one spacing and jump at a longer one: fast small
    waves, or a computation whose rounding changes in leaps.
    """

    level: float
    fine: float | None = None
    spacing: float = 0.0

    def at(self, step: float) -> float:
        """Noise that matters for a given step."""
        return self.level if self.fine is None or step >= self.spacing else self.fine

    @property
    def plain(self) -> bool:
        """Whether one level tells all."""
        return self.fine is None


def noise(g: Function, x: float, *, precision: Precision = DOUBLE) -> float:
    """Measure the standard deviation of the noise in the values of `g` near `x`.

    Parameters
    ----------
    g : callable
        From a number to a number.
    x : float
        The point.
    precision : Precision
        The numbers that `g` is evaluated on.

    Returns
    -------
    float
        In the units of ``g(x)``; 0 where `g` is exact or constant near x. For a function that
        returns another value each time, at least the range of several evaluations at x.

    Raises
    ------
    ValueError
        If `x` is not finite or ``g(x)`` is not a single real number.

    Examples
    --------
    >>> f"{noise(lambda x: (x + 1e10) - 1e10, 1.0):.0e}"  # 1e10 has steps of 1.9e-6
    '7e-07'

    """
    with quietly():
        return measured_noise(Probe(g, x, precision)).level


def measured_noise(probe: Probe) -> Noise:
    """Return the noise around the point of a probe, at one or two scales."""
    spacing, values = _first_table(probe)
    level, spacing, size = _search(probe, spacing, values)
    random = scatter(probe)
    if random or level <= ROUNDING * probe.eps * size:
        return Noise(max(random, level))
    values = _values(probe, spacing / FINER)
    if values is None or _stands_still(values):
        return Noise(level)
    fine, finer_size = _level(values)[0], float(np.abs(values).max())
    smooth = fine * TWO_SCALES < level * min(1.0, finer_size / size)
    return Noise(level, fine, spacing) if smooth else Noise(level)


def ripples(probe: Probe, spacing: float, noise: Noise) -> bool:
    """Whether values that look smooth closer to x jump at this spacing.

    So do fast small waves, and so does (1 - cos x) / x**2 near 0: between two leaps of the rounded
    numerator it is as smooth as 1 / x**2, with a slope that is rounding altogether.
    """
    values = _values(probe, spacing)
    if values is None or _bends_once(values):
        return False
    (level, agreed), size = _level(values), float(np.abs(values).max())
    seen = max(noise.level, probe.eps * size)
    return agreed and level > TWO_SCALES * seen


def scatter(probe: Probe) -> float:
    """Range of repeated evaluations at the point itself: 0 unless the function is random."""
    again = probe(probe.x)
    if again == probe.centre or not np.isfinite(again):
        return 0.0
    return float(np.ptp([probe.centre, again, *(probe(probe.x) for _ in range(REPEATS))]))


def _first_table(probe: Probe) -> tuple[float, Values | None]:
    """Return values at a spacing that is not shorter than the steps of a staircase."""
    spacings = list(_spacings(abs(float(probe.x))))
    first = _values(probe, spacings[0])
    if first is None or not _stands_still(first):
        return spacings[0], first
    for spacing in spacings[1:]:
        values = _values(probe, spacing)
        if values is not None and not _stands_still(values):
            return STEPS * spacing, _values(probe, STEPS * spacing)
    return spacings[0], first


def _spacings(size: float) -> Iterator[float]:
    """Yield spacings relative to x, then those relative to 1 if these are longer."""
    for unit in (size, 1.0) if NEXT_TO_NOTHING < size < 1 else (max(size, 1.0),):
        spacing = SPACING * unit
        while spacing <= LONGEST * unit:
            yield spacing
            spacing *= STRIDE


def _search(probe: Probe, spacing: float, values: Values | None) -> tuple[float, float, float]:
    """Shorten the spacing until it is not g itself that jumps; return noise, spacing, size of g."""
    level, size = np.inf, 0.0
    for tried in range(TRIES):
        if values is not None:
            if tried and _stands_still(values):
                break
            found, agreed = _level(values)
            size = float(np.abs(values).max())
            if not _bends_once(values):
                level = min(level, found)
                if agreed and found <= WHOLE * size:
                    break
        spacing /= STRIDE
        values = _values(probe, spacing)
    return (level if np.isfinite(level) else 0.0), spacing, size


def _bends_once(values: Values) -> bool:
    """Whether g is straight but for one bend: a kink near x is not noise.

    A kink between two nodes bends the two triples around it, to the same side; a jump bends them to
    opposite sides.
    """
    bends = np.pad(DIFFERENCES[1] @ (values - values[0]), 1)
    place = int(np.argmax(np.abs(bends)))
    beside = max(place - 1, place + 1, key=lambda i: abs(bends[i]))
    rest = np.abs(np.delete(bends, [place, beside])).max()
    largest, second = bends[place], bends[beside]
    return bool(abs(largest) > BEND * rest and (largest * second > 0 or abs(second) <= rest))


def _stands_still(values: Values) -> bool:
    """Whether g changes from one value to the next less often than not."""
    return bool(2 * np.count_nonzero(np.diff(values)) < len(values) - 1)


def _values(probe: Probe, spacing: float) -> Values | None:
    """Return values to one side of x, where a kink at x does not look like noise."""
    for side in (1, -1):
        h = side * representable(spacing, probe.x)
        values = np.array([probe.centre, *(probe(probe.x + node * h) for node in NODES[1:])])
        if np.isfinite(values).all():
            return values
    return None


def _level(values: Values) -> tuple[float, bool]:
    """Return the first σ on which three columns agree, or else the last: noise, and a rest of g."""
    changes = values - values[0]
    columns = [differences @ changes for differences in DIFFERENCES]
    levels = [float(np.sqrt(np.mean(column**2))) for column in columns]
    for k, column in enumerate(columns[:-2]):
        alike = max(levels[k : k + 3]) <= AGREEMENT * min(levels[k : k + 3])
        if alike and (column.min() * column.max() < 0 or not column.any()):
            return levels[k], True
    return levels[-1], False
