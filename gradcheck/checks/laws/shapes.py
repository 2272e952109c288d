"""Every gradient is an array of real numbers of its input's shape, with broadcasts summed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation.layer import Array

LAW = "shapes"
Shape = tuple[int, ...]


def shapes(trial: Trial) -> Iterator[Finding]:
    """Compare the shape and the kind of every gradient with those of its input.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One for each gradient that is missing or of another shape or kind, with what it takes to
        mend it; or one for all.
    """
    found = list(_complaints(trial))
    for name, note in found:
        shape = trial.layer.values[trial.gradients[name]].shape
        yield trial.finding(LAW, name, Verdict.DISAGREE, note, shape=shape)
    if not found:
        yield trial.holds(LAW)


def _complaints(trial: Trial) -> Iterator[tuple[str, str]]:
    for name, symbol in trial.gradients.items():
        gradient = trial.first.quantities.get(name)
        if gradient is None:
            yield name, f"backward returns no gradient of {symbol}"
        elif complaint := _complaint(name, gradient, symbol, trial.layer.values[symbol].shape):
            yield name, complaint


def _complaint(name: str, gradient: Array, symbol: str, shape: Shape) -> str:
    if gradient.shape != shape:
        cure = mended(gradient.shape, shape)
        return f"{name} has shape {gradient.shape}, {symbol} has {shape}: {cure}"
    if gradient.dtype.kind == "c" and gradient.imag.any():
        return f"{name} is complex, {symbol} is real: take the real part of what is summed"
    return ""


def mended(found: Shape, wanted: Shape) -> str:
    """Say how to come from the shape of a gradient to that of its input.

    Examples
    --------
    >>> mended((2, 4), (4,))
    'sum over axis 0'
    >>> mended((5, 3, 4), (5, 1, 4))
    'sum over axis 1, keepdims=True'
    >>> mended((3, 2), (2, 3))
    'transpose it'
    """
    if found == wanted[::-1]:
        return "transpose it"
    if int(np.prod(found)) == int(np.prod(wanted)):
        return f"reshape it to {wanted}"
    if _broadcasts(wanted, found):
        return _sum_over(found, wanted)
    if _broadcasts(found, wanted):
        return f"broadcast it to {wanted}"
    return "every entry of an input has one gradient"


def _broadcasts(small: Shape, large: Shape) -> bool:
    """Whether an array of one shape could have been broadcast to the other."""
    fits = zip(reversed(small), reversed(large), strict=False)
    return len(small) <= len(large) and all(a in (1, b) for a, b in fits)


def _sum_over(found: Shape, wanted: Shape) -> str:
    """Name the axes along which an input was broadcast."""
    added = len(found) - len(wanted)
    stretched = [added + n for n, extent in enumerate(wanted) if extent != found[added + n]]
    axes = [*range(added), *stretched]
    which = f"axis {axes[0]}" if len(axes) == 1 else f"axes {tuple(axes)}"
    if not stretched:
        return f"sum over {which}"
    return f"sum over {which}, keepdims=True" if not added else f"sum over {which}, then reshape"
