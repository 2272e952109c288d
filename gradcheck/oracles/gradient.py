"""Gradients of a scalar function of an array, entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from gradcheck.oracles.central import central_differences
from gradcheck.oracles.complex_step import NEIGHBOURS, complex_slope, complex_step, with_spread
from gradcheck.oracles.estimate import Estimate, FloatArray, Recused
from gradcheck.oracles.evaluation import EXTENDED, Probe, quietly, value_at_point
from gradcheck.oracles.extended import NAME as EXTENDED_NAME
from gradcheck.oracles.extended import carried_noise
from gradcheck.oracles.noise import Noise, measured_noise
from gradcheck.oracles.paths import (
    ArrayFunction,
    along,
    along_entry,
    float_point,
    relative_direction,
)

ByEntry = Callable[[int], Estimate]


def gradient(
    phi: ArrayFunction,
    x: ArrayLike,
    *,
    oracle: str = "auto",
    entries: Iterable[int] | None = None,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Gradient of `phi` at `x`, entry by entry.

    Which oracle applies is decided once, along a random direction through all entries; the noise of
    `phi` is measured there too. Central differences then cost 10 to 14 evaluations an entry, the
    complex step five.

    Parameters
    ----------
    phi : callable
        From an array of the shape of `x` to a number. It is given fresh float64 arrays (longdouble,
        complex128 where an oracle asks for them), never `x` itself.
    x : array_like
        The point, of any shape, floating-point.
    oracle : {"auto", "extended", "complex", "central"}
        "auto" takes the strongest that applies.
    entries : iterable of int, optional
        Flat indices (C order) of the entries to differentiate by; all if not given. The others are
        nan with an infinite error.
    rng : numpy.random.Generator, optional
        Source of the direction; a fixed seed if not given.

    Returns
    -------
    Estimate
        Of the shape of `x`.

    Raises
    ------
    Recused
        If the oracle asked for does not apply.
    ValueError
        If `oracle` is unknown, an index is out of range, `x` is not finite, or `phi` does not
        return one real number.
    TypeError
        If `x` is not floating-point.

    Examples
    --------
    >>> estimate = gradient(lambda x: (x**2).sum() / 2, np.array([[1.0, -2.0]]))
    >>> print(estimate.value.round(9), estimate.value.shape)
    [[ 1. -2.]] (1, 2)

    """
    point = float_point(x)
    chosen = list(range(point.size)) if entries is None else _indices(entries, point.size)
    if not chosen:
        return Estimate.stacked({}, point.shape)
    with quietly():
        value_at_point(phi, point.copy())
    rng = np.random.default_rng(0) if rng is None else rng
    differentiate, reason = _strongest(oracle, phi, point, rng)
    estimate = Estimate.stacked({i: differentiate(i) for i in chosen}, point.shape)
    return replace(estimate, reason="; ".join(filter(None, (reason, estimate.reason))))


def _strongest(
    name: str, phi: ArrayFunction, x: FloatArray, rng: np.random.Generator
) -> tuple[ByEntry, str]:
    """Return the strongest oracle that applies along a direction, and why stronger ones do not."""
    makers = {"extended": _extended, "complex": _complex, "central": _central}
    if name != "auto" and name not in makers:
        raise ValueError(f"oracle must be 'auto', {', '.join(map(repr, makers))}, but is {name!r}")
    if name != "auto":
        return makers[name](phi, x, rng), ""
    reasons: list[str] = []
    for maker in (_extended, _complex):
        try:
            return maker(phi, x, rng), "; ".join(reasons)
        except Recused as recused:
            reasons.append(str(recused))
    return _central(phi, x, rng), "; ".join(reasons)


def _extended(phi: ArrayFunction, x: FloatArray, rng: np.random.Generator) -> ByEntry:
    noise = _shared(carried_noise(along(phi, x, relative_direction(x, rng)), 0.0))
    oracle = partial(central_differences, noise=noise, precision=EXTENDED, oracle=EXTENDED_NAME)
    return lambda i: oracle(along_entry(phi, x, i), float(x.flat[i]))


def _complex(phi: ArrayFunction, x: FloatArray, rng: np.random.Generator) -> ByEntry:
    complex_step(along(phi, x, relative_direction(x, rng)), 0.0)
    # All entries move: the rounding inside phi need not change with one small entry alone.
    units = [rng.uniform(-3.0, 3.0, x.shape) for _ in NEIGHBOURS]
    points = [x, *(x + unit * np.spacing(np.abs(x)) for unit in units)]

    def differentiate(i: int) -> Estimate:
        with quietly():
            slopes = [complex_slope(along_entry(phi, y, i), float(y.flat[i])) for y in points]
        return with_spread(slopes[0], slopes[1:])

    return differentiate


def _central(phi: ArrayFunction, x: FloatArray, rng: np.random.Generator) -> ByEntry:
    with quietly():
        noise = measured_noise(Probe(along(phi, x, relative_direction(x, rng)), 0.0))
    oracle = partial(central_differences, noise=_shared(noise))
    return lambda i: oracle(along_entry(phi, x, i), float(x.flat[i]))


def _shared(noise: Noise) -> Noise | None:
    """Return noise that holds for every entry; at two scales each entry must be looked at."""
    return noise if noise.plain else None


def _indices(entries: Iterable[int], size: int) -> list[int]:
    indices = [int(i) for i in entries]
    wrong = [i for i in indices if not 0 <= i < size]
    if wrong:
        raise ValueError(f"entries must lie in 0 ... {size - 1}, but contain {wrong[0]}")
    return indices
