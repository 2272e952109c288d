"""One function for everybody's code: tell whether a backward is the derivative of a forward."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from gradcheck.adapters.functions import from_functions
from gradcheck.checks.budget import Budget
from gradcheck.checks.witnesses import witnesses
from gradcheck.reporting import Report, provenance

ENTITLED_ENTRIES = 10_000
"""Up to so many entries it takes a blink to find out what rounding entitles each one to; beyond,
that is done only where few digits are kept."""


def check(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    inputs: Sequence[Any],
    *,
    names: Sequence[str] | None = None,
    seed: int = 0,
    budget: float | None = None,
    require_digits: float | None = None,
) -> Report:
    r"""Check every entry of every gradient of a pair of functions.

    Parameters
    ----------
    forward : callable
        ``forward(*inputs)`` returns an array or a number.
    backward : callable
        ``backward(cotangent, *inputs)`` returns one gradient per input, of the input's shape, and
        None for inputs that are not floating-point.  The cotangent is ∂E/∂output and has the
        output's shape.
    inputs : sequence
        Arrays, nested lists or numbers; never modified.  The floating-point ones are
        differentiated, integers and booleans are held.
    names : sequence of str, optional
        What the report calls the inputs; the parameter names of `forward` if left out.
    seed : int
        Draws the cotangent and the directions.
    budget : float, optional
        Seconds that the check may take; what was not reached by then is inconclusive.
    require_digits : float, optional
        Decimal digits that float64 has to keep wherever conditioning allows them; a gradient that
        keeps fewer makes the verdict ``"disagree"``.

    Returns
    -------
    Report
        With ``.verdict`` (``"agree"``, ``"disagree"`` or ``"inconclusive"``), ``.accurate``,
        ``.frame`` and ``.raise_for_disagreement()``; printing it shows the table.

    Raises
    ------
    PointError
        If an input is not an array of real numbers, or `names` does not fit.
    CodeError
        If a function raises at the inputs, or returns what is no gradient.
    ValueError
        If `budget` is negative.

    Examples
    --------
    >>> import numpy as np
    >>> def forward(x):
    ...     return np.tanh(x)
    >>> def backward(dout, x):
    ...     return dout * (1 - np.tanh(x))        # forgot the square
    >>> report = check(forward, backward, [np.array([0.5, -1.0])])
    >>> report.verdict
    'disagree'
    >>> def right(dout, x):
    ...     return dout * (1 - np.tanh(x) ** 2)
    >>> check(forward, right, [np.array([0.5, -1.0])]).verdict
    'agree'
    """
    spent = Budget(math.inf if budget is None else budget)
    operation, point = from_functions(forward, backward, inputs, names=names, seed=seed)
    entries = sum(point.inputs[symbol].size for symbol in operation.differentiable)
    entitlement = require_digits is not None or entries <= ENTITLED_ENTRIES
    findings = witnesses(operation, point, seed, budget=spent, entitlement=entitlement)
    meta = provenance(seed=seed, command=f"gradcheck.check({operation.name}, ...)")
    return Report.of(findings, meta, require_digits=require_digits)
