"""Functions of HIPS autograd: primitives with a ``defvjp`` of their own, and what is made of them.

autograd calls NumPy, so that the function and its gradient run on balls as well.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from gradcheck.adapters.given import CodeError, Given, like, real_output, run
from gradcheck.adapters.hips.arguments import Arguments
from gradcheck.adapters.hips.balls import balls_in_autograd
from gradcheck.arithmetic import Ball, BallArray
from gradcheck.arithmetic.leaves import leaves
from gradcheck.notation.layer import Layer, Session, Values

KIND = "autograd function"


def recognises(given: Given) -> bool:
    """Tell whether a function is a primitive of autograd, or calls one."""
    if "autograd" not in sys.modules or given.backward is not None:
        return False
    return _is_primitive(given.subject) or any(map(_is_of_autograd, _names_in(given.subject)))


def adapt(given: Given) -> Layer:
    """Make a layer of a function and autograd's derivative of it.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or the names do not fit.
    CodeError
        If autograd is not installed, or the function raises or returns no floats.
    """
    if find_spec("autograd") is None:
        raise CodeError(
            "kind='autograd': HIPS autograd is not installed here; pip install autograd"
        )
    arguments = Arguments.of(given)
    values = arguments.values
    start = partial(_OfAutograd, given.subject, arguments)
    output = real_output(run(start().forward, "forward", values))
    role = "a primitive of autograd" if _is_primitive(given.subject) else "a function of autograd's"
    return Layer(
        name=given.name,
        kind=KIND,
        values=values,
        start=start,
        output=output,
        held=tuple(s for s, x in values.items() if x.dtype.kind != "f" or s in given.held),
        code=(given.subject, getattr(given.subject, "fun", given.subject)),
        found=f"{given.name}({', '.join(values)}), {role}",
    )


class _OfAutograd(Session):
    """On the way back, autograd goes forward itself, and records."""

    def __init__(self, function: Callable[..., Any], arguments: Arguments) -> None:
        self._function, self._arguments = function, arguments
        self._handed: list[Any] = []

    def forward(self, values: Values) -> Any:
        self._handed = self._arguments.rebuilt(values)
        return self._function(*self._handed)

    def backward(self, cotangent: Any) -> dict[str, Any]:
        positions = self._arguments.differentiable
        with balls_in_autograd() if _has_balls(self._handed) else nullcontext():
            make_vjp = import_module("autograd").make_vjp
            back, output = make_vjp(self._function, positions)(*self._handed)
            return self._arguments.by_symbol(back(like(output, cotangent)), positions)

    def gradients(self, values: Values, cotangent: Any) -> dict[str, Any]:
        """Return the gradients without another forward pass."""
        self._handed = self._arguments.rebuilt(values)
        return self.backward(cotangent)


def _has_balls(handed: list[Any]) -> bool:
    return any(isinstance(leaf, (Ball, BallArray)) for leaf in leaves(handed))


def _is_primitive(value: Any) -> bool:
    return getattr(value, "_is_autograd_primitive", False) is True


def _is_of_autograd(value: Any) -> bool:
    """Tell whether a name stands for a primitive, or for autograd's stand-in of NumPy."""
    is_module = isinstance(value, ModuleType) and value.__name__.split(".")[0] == "autograd"
    return is_module or _is_primitive(value)


def _names_in(function: Any) -> list[Any]:
    """Return what the free names of a function stand for; none for what has no Python code."""
    try:
        found = inspect.getclosurevars(function)
    except (TypeError, ValueError):  # builtins, objects, and cells that are still empty
        return []
    return [*found.nonlocals.values(), *found.globals.values()]
