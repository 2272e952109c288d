"""Finite differences of one function at one point, extrapolated to step zero.

With h the step, the *slope* (g(x+h) - g(x-h)) / 2h and the *curvature*
(g(x+h) - 2g(x) + g(x-h)) / h² come from the same two values. The slope is wanted. The curvature is
the control: where it cannot be extrapolated, g is not smooth on [x-h, x+h], however well the slope
behaves (for abs at 0 the slope is exactly 0 at every step, and the curvature is 2/h).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest

from gradcheck.oracles.evaluation import Probe, Real
from gradcheck.oracles.noise import Noise
from gradcheck.oracles.richardson import Extrapolation, Tableau, best_of_row
from gradcheck.oracles.samples import Resolution, Sample, sample
from gradcheck.oracles.steps import HALVE, SHRINK, first_step, smaller_step

# The step that confirms an answer is this much shorter than the steps the answer rests on: short
# enough to see what they stride over, long enough for rounding to leave it six digits.
CONFIRMING = 2.0**-8
# Differences of a smooth function approach each other by a factor of 4 to 64 a step: not from the
# one of these relative distances to the other.
NONSENSE, AGREEMENT = 1 / 4, 2.0**-10
# Two windows are sure to contradict a third from which they keep eight times their own bounds.
SURE = 1 / 8


class Differences(ABC):
    """Tableaux fed with samples from large steps to small ones.

    A *window* is the best extrapolation that ends with a sample; `windows` are the credible ones.
    """

    sides: tuple[int, ...]

    def __init__(self, resolution: Resolution, power: int) -> None:
        self.resolution = resolution
        self.slopes = Tableau(power)
        self.windows: list[Extrapolation] = []
        self.plain: list[Extrapolation] = []
        self.steepest: Real = 0.0

    @abstractmethod
    def slope(self, sample: Sample) -> tuple[Real, Real]:
        """Return the slope and the bound on its rounding."""

    @abstractmethod
    def still(self, sample: Sample) -> bool:
        """Whether g has one value at all of the sample's points and at x."""

    @abstractmethod
    def defined(self, sample: Sample) -> bool:
        """Whether the sample has the values that a slope needs."""

    def off(self, sample: Sample) -> Real:
        """Bound on the error of each value of a sample, and of g(x)."""
        return self.resolution.of(sample, still=self.still(sample))

    def row(self, sample: Sample) -> list[Extrapolation]:
        """Return the new row of the tableau."""
        return self.slopes.add(sample.step, *self.slope(sample))

    def add(self, sample: Sample) -> Extrapolation | None:
        """Return the window that ends with this sample, if there is one."""
        if not self.defined(sample):
            return None
        row = self.row(sample)
        # Steeper slopes at shorter steps are no reason to think little of this one.
        self.steepest = max(self.steepest, abs(row[0].value))
        self.plain.append(row[0])
        window = best_of_row(row)
        if window is not None and window.credible(self.steepest):
            self.windows.append(window)
        return window

    def abrupt(self) -> bool:
        """Whether plain differences turn from nonsense to agreement at once, not by and by.

        They do at the last kink that a shrinking step leaves behind, and between two leaps of a
        rounded number.
        """
        triples = zip(self.plain, self.plain[1:], self.plain[2:], strict=False)
        return any(
            _distance(large, mid) > NONSENSE * abs(mid.value)
            and _distance(mid, small) <= AGREEMENT * abs(mid.value)
            for large, mid, small in triples
        )

    def confirming_step(self, window: Extrapolation) -> float:
        """Return a step short enough to see what the steps of the window stride over."""
        step, noise = CONFIRMING * float(window.step), self.resolution.noise
        return step if noise.plain else min(step, CONFIRMING * noise.spacing)

    def confirmed(self, window: Extrapolation, sample: Sample) -> bool:
        """Whether a much smaller step agrees with a window that ended with the last sample."""
        if not self.defined(sample):
            return False
        slope, rounding = self.slope(sample)
        plain = self.slopes.row[0]
        shorter = (sample.step / plain.step) ** self.slopes.power
        curving = 2 * abs(plain.value - window.value) * shorter
        return bool(abs(slope - window.value) <= window.bound + rounding + curving)

    def consensus(self) -> Extrapolation | None:
        """Return the sharpest window that no smaller step contradicts.

        Beginning with the smallest step, whose window is wide but sees no structure beyond it,
        each larger step may sharpen the answer only where the intervals meet. Two neighbours that
        agree on another answer widen it instead: g has structure on two scales, and which of them
        is noise cannot be told.
        """
        best: Extrapolation | None = None
        widest: Real = 0.0
        upwards = self.windows[::-1]
        for window, larger in zip_longest(upwards, upwards[1:]):
            if best is None:
                best = window
            elif meet(window, best):
                best = min(best, window, key=lambda w: w.bound)
            elif larger is not None and meet(window, larger):
                widest = max(widest, _contradiction(best, window, larger))
        return best and replace(best, truncation=best.truncation + widest)


def _distance(one: Extrapolation, other: Extrapolation) -> Real:
    """Distance between two values as far as rounding does not explain it."""
    return max(abs(one.value - other.value) - one.rounding - other.rounding, 0.0)


def meet(one: Extrapolation, other: Extrapolation) -> bool:
    """Whether the intervals of two windows meet."""
    return bool(abs(one.value - other.value) <= one.bound + other.bound)


def _contradiction(best: Extrapolation, *others: Extrapolation) -> Real:
    """Return the distance of windows from the best one, if they are sure to be elsewhere."""
    gap = min(abs(other.value - best.value) for other in others)
    bound = max(other.bound for other in others)
    return gap + bound if bound <= SURE * gap else 0.0


class CentralDifferences(Differences):
    """Slopes from both sides, with the curvature as the control."""

    sides = (1, -1)

    def __init__(self, resolution: Resolution) -> None:
        super().__init__(resolution, power=2)
        self.curvatures = Tableau(power=2)

    def defined(self, sample: Sample) -> bool:
        """Whether both values are finite."""
        return sample.two_sided

    def still(self, sample: Sample) -> bool:
        """Whether both values are those of g(x)."""
        return sample.plus == sample.minus == self.resolution.centre

    def slope(self, sample: Sample) -> tuple[Real, Real]:
        """Halve before subtracting: the difference of two huge values may overflow."""
        h = sample.step
        return (sample.plus / 2 - sample.minus / 2) / h, self.off(sample) / h

    def row(self, sample: Sample) -> list[Extrapolation]:
        """Return the new row, each entry charged with what the curvature cannot explain."""
        slopes = super().row(sample)
        h, centre = sample.step, self.resolution.centre
        curvature = ((sample.plus - centre) / h - (centre - sample.minus) / h) / h
        rounding = 4 * self.off(sample) / h / h
        return list(map(_controlled, slopes, self.curvatures.add(h, curvature, rounding)))


def _controlled(slope: Extrapolation, curvature: Extrapolation) -> Extrapolation:
    """Charge the slope with what neither smoothness nor rounding explains in the curvature."""
    unexplained = max(curvature.truncation - curvature.rounding, 0.0) * slope.step
    return replace(slope, truncation=max(slope.truncation, unexplained))


class OneSidedDifferences(Differences):
    """Slopes from one side only: (g(x+h) - g(x)) / h, or the same with -h."""

    def __init__(self, resolution: Resolution, side: int) -> None:
        super().__init__(resolution, power=1)
        self.sides = (side,)

    def defined(self, sample: Sample) -> bool:
        """Whether the value on this side is finite."""
        value = sample.on(self.sides[0])
        return bool(abs(value) < float("inf"))

    def still(self, sample: Sample) -> bool:
        """Whether the value is that of g(x)."""
        return sample.on(self.sides[0]) == self.resolution.centre

    def slope(self, sample: Sample) -> tuple[Real, Real]:
        """Divide before subtracting: the difference of two huge values may overflow."""
        h = self.sides[0] * sample.step
        slope = sample.on(self.sides[0]) / h - self.resolution.centre / h
        return slope, 2 * self.off(sample) / abs(h)


def descend(probe: Probe, differences: Differences, scale: float | None) -> list[Sample]:
    """Shorten the step until rounding is all that is left of the error, and return the samples."""
    first = first_step(probe.x, scale)
    step: float | None = first
    samples: list[Sample] = []
    finding = True
    while step is not None:
        samples.append(sample(probe, step, differences.sides))
        window = differences.add(samples[-1])
        if finding and window is not None and window.settled:
            closer = sample(probe, differences.confirming_step(window), differences.sides)
            if differences.confirmed(window, closer):
                return samples
            finding = False
        halving = finding and window is not None and window in differences.windows[-1:]
        step = smaller_step(step, probe.x, first, HALVE if halving else SHRINK)
    return samples


def searched(
    probe: Probe,
    family: Callable[[Resolution], Differences],
    noise: Noise | float | None,
    scale: float | None,
) -> tuple[list[Sample], Differences]:
    """Take the samples, and judge them by the noise of all places that the answer rests on."""
    differences = family(Resolution.at(probe, noise))
    samples = descend(probe, differences, scale)
    best = differences.consensus()
    if best is None:
        return samples, differences
    refined = differences.resolution.refined(probe, samples, best.reach)
    if refined == differences.resolution:
        return samples, differences
    again = family(refined)
    for one in samples:
        again.add(one)
    return samples, again
