"""Central differences in extended precision, where the machine and the function carry it."""

from __future__ import annotations

import numpy as np

from gradcheck.oracles.central import central_differences
from gradcheck.oracles.estimate import Estimate, Recused
from gradcheck.oracles.evaluation import DOUBLE, EXTENDED, Function, Probe, quietly
from gradcheck.oracles.noise import Noise, measured_noise

NAME = "extended differences"
# Extended precision has 11 bits more than float64 on x86. A function whose noise does not drop by
# at least 4 of them computes in float64 somewhere.
GAIN = 2.0**4


def extended_differences(g: Function, x: float, *, scale: float | None = None) -> Estimate:
    """Differentiate `g` at `x` by central differences of ``numpy.longdouble`` values.

    Parameters
    ----------
    g : callable
        From a number to a number, in the precision of its input.
    x : float
        The point.
    scale : float, optional
        As for :func:`gradcheck.oracles.central_differences`.

    Returns
    -------
    Estimate
        Shape ``()``, rounded to float64, which the error includes.

    Raises
    ------
    Recused
        If longdouble is no wider than float64 here, or `g` does not carry it from input to output.
    ValueError
        If `x` is not finite or ``g(x)`` is not a single real number.

    Examples
    --------
    >>> try:
    ...     estimate = extended_differences(lambda x: np.tanh(np.float64(x)), 0.3)
    ... except Recused as recused:
    ...     print(recused.oracle)
    extended differences

    """
    return central_differences(
        g, x, scale=scale, noise=carried_noise(g, x), precision=EXTENDED, oracle=NAME
    )


def carried_noise(g: Function, x: float) -> Noise:
    """Return the noise of `g` in extended precision, or raise `Recused` if it is float64's."""
    if EXTENDED.eps >= DOUBLE.eps:
        raise Recused(NAME, "numpy.longdouble is no wider than float64 on this machine")
    with quietly():
        probe = _extended_probe(g, x)
        if probe.dtype != np.longdouble:
            raise Recused(NAME, f"the function returns {probe.dtype} for a longdouble input")
        extended, double = measured_noise(probe), measured_noise(Probe(g, x))
    if extended.level * GAIN > double.level > 0:
        raise Recused(
            NAME,
            f"longdouble does not lower the function's noise, {extended.level:.0e} instead of "
            f"{double.level:.0e}: it may compute in float64 inside",
        )
    return extended


def _extended_probe(g: Function, x: float) -> Probe:
    try:
        return Probe(g, x, EXTENDED)
    except Exception as error:
        Probe(g, x)  # a function that fails in float64 too fails on its own account
        raise Recused(NAME, f"the function fails on longdouble: {error!r}") from error
