"""The strongest oracle that applies, and why stronger ones did not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from gradcheck.oracles.central import central_differences
from gradcheck.oracles.complex_step import complex_step
from gradcheck.oracles.estimate import Estimate, Recused
from gradcheck.oracles.evaluation import Function
from gradcheck.oracles.extended import extended_differences

# Than central differences, which always apply; the strongest first.
STRONGER: tuple[Callable[[Function, float], Estimate], ...] = (extended_differences, complex_step)


def derivative(g: Function, x: float) -> Estimate:
    """Differentiate `g` at `x` by the strongest oracle that applies.

    Extended differences come first, then the complex step, then central differences.

    Parameters
    ----------
    g : callable
        From a number to a number.
    x : float
        The point.

    Returns
    -------
    Estimate
        Shape ``()``; `oracle` names the one that answered, `reason` why stronger ones did not.

    Raises
    ------
    ValueError
        If `x` is not finite or ``g(x)`` is not a single real number.

    Examples
    --------
    >>> estimate = derivative(lambda x: float(x) ** 3, 2.0)
    >>> print(f"{estimate.value:.9f} by {estimate.oracle}")
    12.000000000 by central differences

    """
    reasons: list[str] = []
    for oracle in STRONGER:
        try:
            return _explained(oracle(g, x), reasons)
        except Recused as recused:
            reasons.append(str(recused))
    return _explained(central_differences(g, x), reasons)


def _explained(estimate: Estimate, reasons: Sequence[str]) -> Estimate:
    return replace(estimate, reason="; ".join(filter(None, (*reasons, estimate.reason))))
