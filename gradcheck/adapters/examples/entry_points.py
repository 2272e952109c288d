"""Where the inputs of somebody's code go in: a function, a method, and the names it gives them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from gradcheck.adapters.stateful.calls import FORWARDS

CONTEXTS = ("ctx", "context")
"""What `torch.autograd.Function` hands over first, which is no input."""


def entry_point(subject: Any, method: str | None = None) -> Callable[..., Any]:
    """Return what is called with the inputs.

    Parameters
    ----------
    subject : object
        A function, an object with a forward method, or a `torch.autograd.Function`.
    method : str, optional
        The name of the method, where it has an unusual one.

    Examples
    --------
    >>> class Relu:
    ...     def forward(self, x): ...
    >>> entry_point(Relu()).__name__
    'forward'
    """
    if method is not None:
        return getattr(subject, method)  # type: ignore[no-any-return]  # the user says so
    if inspect.isroutine(subject):
        return subject
    for name in FORWARDS:
        # the object itself for a call: signatures of wrapped functions are known to it alone
        found = subject if name == "__call__" else getattr(subject, name, None)
        if callable(found) and not (found is subject and isinstance(subject, type)):
            return found  # type: ignore[no-any-return]
    return subject  # type: ignore[no-any-return]  # whoever calls it will say what is wrong


def input_names(function: Callable[..., Any]) -> tuple[tuple[str, ...], int]:
    """Return the names of the inputs that a function takes, and how many of them it must be given.

    Returns
    -------
    names, needed
        ``("x",), 1`` where a function does not say.

    Examples
    --------
    >>> input_names(lambda x, w, scale=1.0: x)
    (('x', 'w', 'scale'), 2)
    """
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # builtins have none
        parameters = []
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    inputs = [p for p in parameters if p.kind in kinds]
    if inputs and inputs[0].name in CONTEXTS:
        inputs = inputs[1:]
    if not inputs:
        return ("x",), 1
    return tuple(p.name for p in inputs), sum(p.default is p.empty for p in inputs)
