"""One function for everybody's code: tell whether a backward is the derivative of a forward."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from gradcheck.adapters.recognition import layer
from gradcheck.checks.budget import Budget
from gradcheck.checks.finding import Finding
from gradcheck.examination import examine, examine_operation
from gradcheck.notation import Operation
from gradcheck.reporting import Report, provenance


def check(
    subject: Any,
    backward: Any = None,
    inputs: Sequence[Any] | None = None,
    *,
    kind: str | None = None,
    name: str | None = None,
    names: Sequence[str] | None = None,
    parameters: Mapping[str, str] | None = None,
    methods: tuple[str, str] | None = None,
    held: Sequence[str] = (),
    signature: str = "",
    batch: Sequence[str] = (),
    seed: int = 0,
    budget: float | None = None,
    require_digits: float | None = None,
    laws: bool = True,
    search: bool = False,
    explain: bool = True,
) -> Report:
    r"""Check every entry of every gradient of somebody's layer, and the laws that it has to obey.

    Parameters
    ----------
    subject : object
        The layer: a forward function, an object with ``forward`` and ``backward``, a loss, a
        PyTorch module or function, a JAX function, what `layer` made of one, or an `Operation`.
    backward : callable, optional
        For a forward function ``forward(*inputs)``: ``backward(cotangent, *inputs)`` that returns
        one gradient per input, of the input's shape, and None for inputs that are not
        floating-point; or ``backward(cotangent, cache)`` where forward returns ``out, cache``; or
        a gradient or Jacobian function of the same inputs.  The cotangent is ∂E/∂output and has
        the output's shape.  Left out, the inputs come second; for an operation, a `Point` may,
        otherwise points are drawn.
    inputs : sequence
        Arrays, nested lists or numbers; never modified.  The floating-point ones are
        differentiated, integers and booleans are held.
    kind, name, names, parameters, methods, held, signature, batch
        How to understand the code where it does not say so itself; see `layer`.
    seed : int
        Draws the cotangent and the directions.
    budget : float, optional
        Seconds that the check may take; what was not reached by then is inconclusive.
    require_digits : float, optional
        Decimal digits that float64 has to keep wherever conditioning allows them; a gradient that
        keeps fewer makes the verdict ``"disagree"``.
    laws : bool
        Whether to hold the layer to the laws as well, and not only to its derivative.
    search : bool
        Whether to go and find inputs at which a gradient goes wrong, starting from these.
    explain : bool
        Whether to look for cause and smallest case of a disagreement, which takes seconds.

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
    how: dict[str, Any] = {
        "seed": seed,
        "budget": spent,
        "entitlement": require_digits is not None,
        "explain": explain,
    }
    if isinstance(subject, Operation):
        findings = examine_operation(subject, backward, **how)
        return _report(subject.name, "", findings, seed, require_digits)
    given = layer(
        subject,
        backward,
        inputs,
        kind=kind,
        name=name,
        names=names,
        parameters=parameters,
        methods=methods,
        held=held,
        signature=signature,
        batch=batch,
    )
    findings = examine(given, laws=laws, search=search, **how)
    return _report(given.name, given.found, findings, seed, require_digits)


def _report(
    name: str, found: str, findings: Sequence[Finding], seed: int, require_digits: float | None
) -> Report:
    meta = provenance(seed=seed, command=f"gradcheck.check({name}, ...)")
    meta |= {"recognised": found} if found else {}
    return Report.of(findings, meta, require_digits=require_digits)
