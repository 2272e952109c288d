"""Function pairs by their names: ``relu_forward`` and ``relu_backward``, ``f`` and ``d_f``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

FORWARD = ("{}_forward", "forward_{}", "{}_fwd", "{}")
"""What people call a function with a backward pass; in braces, what both have in common."""

BACKWARD = ("{}_backward", "backward_{}", "{}_back", "{}_bwd", "{}_vjp")
"""What they call that backward pass."""

FUNCTION = ("{}", "{}_fn", "{}_forward", "forward_{}")
"""What they call a function with a derivative."""

DERIVATIVE = (
    *("{}_grad", "grad_{}", "{}_gradient", "gradient_{}"),
    *("{}_prime", "{}prime", "{}_derivative", "{}_deriv", "{}_der"),
    *("{}_jac", "jac_{}", "{}_jacobian", "d_{}", "d{}"),
)
"""What they call that derivative."""

WHOLE = (
    ("forward", "backward"),
    ("fun", "jac"),
    ("fun", "grad"),
    ("func", "grad"),
    ("f", "grad"),
    ("loss", "grad"),
)
"""Pairs of a module that has a single function to differentiate."""


def pairs(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the names of a function and of its gradient, in the order of the gradients.

    Parameters
    ----------
    names : collection of str
        Of functions.

    Examples
    --------
    >>> list(pairs(["relu_forward", "relu_backward", "tanh", "tanh_prime", "helper"]))
    [('relu_forward', 'relu_backward'), ('tanh', 'tanh_prime')]
    """
    for name in names:
        forward = _forward_of(name, names)
        if forward is not None:
            yield forward, name


def _forward_of(gradient: str, names: Collection[str]) -> str | None:
    """Return the function that a gradient belongs to by its name."""
    possible = [whole for whole, other in WHOLE if other == gradient]
    possible += _named_after(gradient, BACKWARD, FORWARD)
    possible += _named_after(gradient, DERIVATIVE, FUNCTION)
    return next((name for name in possible if name in names and name != gradient), None)


def _named_after(gradient: str, forms: Sequence[str], functions: Sequence[str]) -> list[str]:
    """Return the names that a function may have whose gradient has this one."""
    matches = [re.fullmatch(form.format("(.+)"), gradient) for form in forms]
    return [form.format(match[1]) for match in matches if match for form in functions]
