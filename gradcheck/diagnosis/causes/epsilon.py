"""Another ε in the backward pass than in the forward pass.

Nobody has to know where ε stands in the code.  A square root of a variance plus ε, of inputs that
are scaled by s, is s times that of the inputs themselves with ε/s²; a logarithm of x + ε is that of
x shifted.  So the gradients for another ε are the true ones at inputs that are scaled or shifted:
a family with one number, which is fitted to one entry and has to explain all the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from gradcheck.checks.budget import OutOfBudget
from gradcheck.checks.evaluation import Array, Evaluation
from gradcheck.diagnosis.bounded import EPS, Bounded, Constant
from gradcheck.diagnosis.causes.constants import known_multiple
from gradcheck.diagnosis.elsewhere import with_inputs
from gradcheck.diagnosis.explanation import Explanation, evidence
from gradcheck.diagnosis.mismatch import Mismatch
from gradcheck.diagnosis.true_gradient import Index, true_gradient

SCALES = tuple(float(s) for s in 10.0 ** np.arange(-4.2, 4.5, 0.5))
"""An ε may be wrong by a factor of 10^8 either way: it enters with the square of the scale.  None
of them is round, because an ε usually is, and a sign changes between two numbers, not at one."""

SCALED, SHIFTED = "scaled by", "shifted by"

SMALL = tuple(float(s) for s in 10.0 ** np.arange(-12.2, -1))
SHIFTS = (*(-s for s in reversed(SMALL)), *SMALL)
"""Numbers that are added to keep a divisor or a logarithm away from zero are small."""

STEPS = 60
"""More than regula falsi takes to the last place of a smooth function."""

NEARER = 2.0**-8
"""How much nearer a second entry has to come by the number that was fitted to the first one, before
the others are computed; whether it explains them all is judged by their errors alone."""

NUDGE = 2.0**-20
"""A relative change of the fitted number that shows how much the prediction hangs on it."""


@dataclass(frozen=True)
class Family:
    """The true gradients at inputs that are changed by one number.

    Attributes
    ----------
    symbol : str
        The input that is changed.
    verb : str
        What the number does to it.
    change : callable
        The changed input.
    power : int
        The power of the number that multiplies the gradient.
    known : dict
        Single entries that were computed already, whatever the power.
    """

    symbol: str
    verb: str
    change: Callable[[Array, float], Array]
    power: int = 0
    known: dict[tuple[Index, float], float] = field(default_factory=dict)

    def gradient(self, mismatch: Mismatch, number: float) -> Bounded:
        """Return what is looked at of the gradient, for one member."""
        return mismatch.truth_of(self._member(mismatch, number)) * number**self.power

    def size(self, number: float) -> str:
        """Say how much larger the other ε is, as far as that follows from the number."""
        if self.verb == SHIFTED:
            return f" (larger by {number:.6g})"
        times = f"{number**-2:.6g} × as large beside squares, {1 / number:.6g} × beside"
        return f" ({times} {self.symbol})"

    def gap(self, mismatch: Mismatch, index: Index, number: float) -> float:
        """Return how far one entry is from that of the code, for one member."""
        if (index, number) not in self.known:
            member = self._member(mismatch, number)
            entry = true_gradient(member, mismatch.symbol, [index])
            self.known[index, number] = float(entry.value[0])
        return self.known[index, number] * number**self.power - float(mismatch.code.value[index])

    def _member(self, mismatch: Mismatch, number: float) -> Evaluation:
        x = mismatch.evaluation.point.inputs[self.symbol]
        return with_inputs(mismatch.evaluation, {self.symbol: self.change(x, number)})


def other_epsilon(mismatch: Mismatch) -> Iterator[Explanation]:
    """Explain a gradient that is the true one for another ε."""
    if mismatch.candidate.value.size < 2 or not np.isfinite(mismatch.code.value).all():
        return
    for family in _families(mismatch):
        yield from _explained(mismatch, family, SHIFTS if family.verb == SHIFTED else SCALES)


def _families(mismatch: Mismatch) -> Iterator[Family]:
    """Yield what an ε beside each input may do: to its own gradient, the scale does more."""
    for symbol, x in mismatch.evaluation.point.inputs.items():
        if x.dtype.kind == "f" and x.ndim:
            scaled = Family(symbol, SCALED, lambda x, s: x * s)
            for power in (1, 0, 2) if symbol == mismatch.symbol else (0,):
                yield replace(scaled, power=power)
            yield Family(symbol, SHIFTED, lambda x, s: x + s)


def _explained(
    mismatch: Mismatch, family: Family, numbers: Sequence[float]
) -> Iterator[Explanation]:
    largest, second = _two_largest(mismatch)
    number = _root(lambda number: _tried(family, mismatch, largest, number), numbers)
    if number is None or not _nearly(family, mismatch, second, number):
        return
    predicted, width = _with_uncertainty(mismatch, family, number)
    text = (
        f"{mismatch.everything} are as they would be with {family.symbol} {family.verb} "
        f"{known_multiple(number)}, which is what another ε does{family.size(number)}: "
        f"is the ε of backward that of forward?"
    )
    claim = f"{family.symbol} {family.verb}, power {family.power}"
    bits = evidence(mismatch, predicted, free=1)
    yield Explanation(claim, text, bits, Constant(number - width, number + width))


def _two_largest(mismatch: Mismatch) -> list[Index]:
    """Return the two entries that differ most from the true ones."""
    gaps = np.abs(mismatch.candidate.value - mismatch.truth.value)
    order = np.argsort(np.nan_to_num(gaps, nan=-1.0), axis=None)[::-1][:2]
    places = np.unravel_index(order, mismatch.window_shape)
    return [
        tuple(int(axis[place[n]]) for axis, place in zip(mismatch.window, places, strict=True))
        for n in range(2)
    ]


def _nearly(family: Family, mismatch: Mismatch, index: Index, number: float) -> bool:
    """Tell whether another entry comes nearer as well, before all of them are computed."""
    gap = _tried(family, mismatch, index, number)
    before = float(mismatch.truth_of_entry(index).value[0]) - float(mismatch.code.value[index])
    return abs(gap) < NEARER * abs(before)


def _tried(family: Family, mismatch: Mismatch, index: Index, number: float) -> float:
    try:
        return family.gap(mismatch, index, number)
    except OutOfBudget:
        raise
    except Exception:  # the code need not run everywhere
        return np.nan


def _root(function: Callable[[float], float], numbers: Sequence[float]) -> float | None:
    """Return a zero of a function between two of these numbers, None if its sign never changes."""
    values = [function(number) for number in numbers]
    for (low, below), (high, above) in pairwise(zip(numbers, values, strict=True)):
        if below * above < 0:
            return _zero(function, low, below, high, above)
    return None


def _zero(
    function: Callable[[float], float], low: float, below: float, high: float, above: float
) -> float:
    """Return the zero in a bracket by regula falsi, with the Illinois rule."""
    side = 0
    for _ in range(STEPS):
        middle = (low * above - high * below) / (above - below)
        value = function(middle)
        if value == 0 or abs(high - low) <= EPS * abs(middle):
            return middle
        if value * below > 0:
            low, below, above = middle, value, above / 2 if side == -1 else above
            side = -1
        else:
            high, above, below = middle, value, below / 2 if side == 1 else below
            side = 1
    return low if abs(below) < abs(above) else high


def _with_uncertainty(mismatch: Mismatch, family: Family, number: float) -> tuple[Bounded, float]:
    """Return the gradient for the fitted number, with what its uncertainty does to the entries.

    The number is known as well as the entry that it was fitted to, divided by how much that entry
    depends on it.
    """
    here = family.gradient(mismatch, number)
    nudged = family.gradient(mismatch, number * (1 + NUDGE))
    rate = np.abs(nudged.value - here.value) / abs(number * NUDGE)
    place = int(np.argmax(np.abs(mismatch.candidate.value - mismatch.truth.value)))
    fitted = here.error.flat[place] + mismatch.candidate.error.flat[place]
    with np.errstate(all="ignore"):  # an entry that does not depend on the number fits none
        width = float(2 * fitted / rate.flat[place]) + EPS * abs(number)
        return Bounded(here.value, here.error + rate * width), width
