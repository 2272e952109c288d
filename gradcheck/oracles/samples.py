"""Values of a function to both sides of a point, and how far each of them may be off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradcheck.oracles.evaluation import Probe, Real
from gradcheck.oracles.noise import Noise, measured_noise
from gradcheck.oracles.steps import representable

# Standard deviations of the measured noise that one value may be off. Eight values determine the
# deviation itself no better than to a factor of two or three.
DEVIATIONS = 8.0
# Units of rounding that one value may be off where no noise was seen: the last operation of g, and
# the displacement of x + h where it is not representable.
ROUNDINGS = 2.0
# Below it float64 loses digits, and then the number.
UNDERFLOW = float(np.finfo(np.float64).tiny)
# Noise of this part of the largest value leaves nothing of the function to differentiate.
DROWNED = 2.0**-6
# Values that outgrow g(x) by more than this may be noisier than g is at x.
GROWTH = 8.0


@dataclass(frozen=True, slots=True)
class Sample:
    """Values of g at x + h and x - h; nan where g is not defined or was not asked for."""

    step: Real
    plus: Real
    minus: Real

    def on(self, side: int) -> Real:
        """Return the value to the right (side 1) or to the left (side -1)."""
        return self.plus if side > 0 else self.minus

    @property
    def two_sided(self) -> bool:
        """Whether both values are finite."""
        return bool(np.isfinite(self.plus) and np.isfinite(self.minus))

    @property
    def size(self) -> float:
        """The larger of the finite values, without its sign; 0 if there is none."""
        values = (abs(float(v)) for v in (self.plus, self.minus))
        return max((v for v in values if np.isfinite(v)), default=0.0)


def sample(probe: Probe, step: float, sides: Sequence[int] = (1, -1)) -> Sample:
    """Evaluate g a step to the right of x, to the left of x, or both."""
    h = representable(step, probe.x)
    plus, minus = (probe(probe.x + side * h) if side in sides else np.nan for side in (1, -1))
    return Sample(h, plus, minus)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What can be told apart: the noise near x, and rounding relative to a value."""

    centre: Real
    noise: Noise
    eps: float
    relative_noise: float = 0.0
    hidden_noise: float = 0.0

    @classmethod
    def at(cls, probe: Probe, noise: Noise | float | None) -> Resolution:
        """Take the noise as given, or measure it."""
        if noise is None:
            noise = measured_noise(probe)
        elif not isinstance(noise, Noise):
            noise = Noise(noise)
        return cls(probe.centre, noise, probe.eps)

    def of(self, sample: Sample, *, still: bool = False) -> float:
        """Bound on the error of each value of a sample, and of g(x)."""
        relative = ROUNDINGS * self.eps + DEVIATIONS * self.relative_noise
        largest = max(abs(float(self.centre)), sample.size)
        absolute = self.noise.at(float(sample.step)) + (self.hidden_noise if still else 0.0)
        return DEVIATIONS * absolute + relative * largest + UNDERFLOW

    def drowned(self, samples: Sequence[Sample]) -> bool:
        """Whether noise is most of what the samples show."""
        largest = max([abs(float(self.centre)), *(s.size for s in samples)])
        return self.noise.level > DROWNED * largest

    def refined(self, probe: Probe, samples: Sequence[Sample], reach: Real) -> Resolution:
        """Measure the noise once more, away from x, where that at x does not tell enough.

        * Values that outgrow g(x) may be noisier than g is at x.
        * Where g stands still it may have swallowed what its noise elsewhere hides: log(1 + x**2)
          is exactly 0 near 0, and so is a ReLU; the values there do not tell which.
        """
        refined = self
        if max(one.size for one in samples) > GROWTH * abs(float(self.centre)):
            level, size = _noise_beside(probe, reach)
            refined = replace(refined, relative_noise=level / size if size else 0.0)
        moving = [one.step for one in samples if self._moves(one)]
        if moving and any(self.centre in (one.plus, one.minus) for one in samples):
            level, size = _noise_beside(probe, min(moving))
            refined = replace(refined, hidden_noise=level + self.eps * size)
        return refined

    def _moves(self, sample: Sample) -> bool:
        return any(np.isfinite(v) and v != self.centre for v in (sample.plus, sample.minus))


def _noise_beside(probe: Probe, step: Real) -> tuple[float, float]:
    """Return the noise a step away from x, on the side with the larger value, and that value."""
    places = {abs(float(probe(place))): place for place in (probe.x + step, probe.x - step)}
    size = max((size for size in places if np.isfinite(size)), default=0.0)
    if not size:
        return 0.0, 0.0
    return measured_noise(Probe(probe.g, places[size], probe.precision)).level, size
