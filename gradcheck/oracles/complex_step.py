r"""The complex step: Im g(x + ih) / h is the derivative to sixteen digits, if g is complex-safe.

No difference is taken, so nothing cancels and h can be 1e-30. But ``abs``, ``np.var``, ``conj``,
comparisons and casts to real break it silently; so it is believed only where a real difference,
within its own error, says the same.

Source: W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real functions",
SIAM Review 40 (1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcheck.oracles.central import central_differences
from gradcheck.oracles.estimate import Estimate, Recused
from gradcheck.oracles.evaluation import DOUBLE, Function, quietly

NAME = "complex step"
# Relative to x. Its square is far below a unit in the last place, itself far above underflow.
STEP = 2.0**-100
# Roundings of one operation on complex numbers, and of the quotient.
ROUNDINGS = 4.0
# The spread samples the rounding only a few times: that all of these fall within a sixteenth of it
# happens once in 16**4 times.
CAUTION = 16.0
# A difference that is uncertain by more than this part of the value confirms nothing.
LEADING_DIGIT = 1 / 8
# Neighbours of x, in units of its last place.
NEIGHBOURS = (-3.0, -1.0, 2.0, 5.0)


def complex_step(g: Function, x: float, *, reference: Estimate | None = None) -> Estimate:
    """Differentiate `g` at `x` by the complex step, verified against a real difference.

    Parameters
    ----------
    g : callable
        From a number to a number; evaluated on complex numbers.
    x : float
        The point.
    reference : Estimate, optional
        A derivative by real arithmetic to verify against; central differences if not given.

    Returns
    -------
    Estimate
        Shape ``()``. Its error is what the derivative varies by between x and its closest
        neighbours, which shows both rounding inside `g` and the conditioning of the point.

    Raises
    ------
    Recused
        If `g` is not complex-safe at x, or if there is nothing to verify it against (a kink).
    ValueError
        If `x` is not finite or ``g(x)`` is not a single real number.

    Examples
    --------
    >>> print(complex_step(np.exp, 0.0).value)
    1.0
    >>> complex_step(abs, 2.0)
    Traceback (most recent call last):
    gradcheck.oracles.estimate.Recused: complex step does not apply: not complex-safe: ...

    """
    reference = central_differences(g, x) if reference is None else reference
    if not np.isfinite(reference.error):
        raise Recused(NAME, f"no real difference to verify it against ({reference.reason})")
    with quietly():
        value, unit = complex_slope(g, x), float(np.spacing(abs(x)))
        verify(value, reference)
        return with_spread(value, [complex_slope(g, x + shift * unit) for shift in NEIGHBOURS])


def with_spread(value: float, neighbours: Sequence[float]) -> Estimate:
    """Return the estimate whose error is judged from the slopes at neighbouring points."""
    spread = max(abs(other - value) for other in neighbours)
    return Estimate.single(value, CAUTION * spread + ROUNDINGS * DOUBLE.eps * abs(value), NAME)


def complex_slope(g: Function, x: float) -> float:
    """Return Im g(x + ih) / h."""
    h = max(STEP * (abs(x) or 1.0), float(np.finfo(np.float64).tiny))
    return float(_evaluated(g, complex(x, h)).imag) / h


def verify(value: float, reference: Estimate) -> None:
    """Raise `Recused` unless a real difference agrees, and knows the value's leading digit."""
    real = f"{reference.oracle} give {reference.value:.12g} ± {reference.error:.0e}"
    if not abs(value - reference.value) <= reference.error + ROUNDINGS * DOUBLE.eps * abs(value):
        raise Recused(NAME, f"not complex-safe: it gives {value:.12g}, {real}")
    if not reference.error <= LEADING_DIGIT * abs(value):
        raise Recused(NAME, f"too uncertain to verify: it gives {value:.12g}, {real}")


def _evaluated(g: Function, z: complex) -> Any:
    try:
        result = np.asarray(g(np.complex128(z)))
    except Exception as error:  # a stranger's function may refuse complex numbers in any way
        raise Recused(NAME, f"the function fails on complex numbers: {error!r}") from error
    if result.dtype.kind != "c":
        raise Recused(NAME, "not complex-safe: the imaginary part is lost on the way")
    return result.reshape(())[()]
