"""JAX functions: with a derivative rule of their own (custom_vjp, custom_jvp), or by JAX's rules.

The formula is checked in float64, whatever JAX is set to, and exactly, in balls, where what JAX
records of the function consists of primitives that balls can follow.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from gradcheck.adapters.given import CodeError, Given, run
from gradcheck.adapters.jax.arguments import Arguments, is_floating
from gradcheck.adapters.jax.program import Program
from gradcheck.adapters.jax.ways import way_of
from gradcheck.notation.layer import Array, Layer, Session, Values

KIND = "JAX function"


def recognises(given: Given) -> bool:
    """Tell whether a function is JAX's, or is given JAX arrays.

    An object that has a backward method is none: JAX would go around it.
    """
    if "jax" not in sys.modules or not callable(given.subject):
        return False
    if given.methods or hasattr(given.subject, "backward"):
        return False
    jax: Any = import_module("jax")
    leaves = jax.tree_util.tree_leaves((given.inputs, given.subject))
    return _is_of_jax(given.subject) or any(isinstance(leaf, jax.Array) for leaf in leaves)


def adapt(given: Given) -> Layer:
    """Make a layer of a function and JAX's derivative of it, by its own rule if it has one.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or the names do not fit.
    CodeError
        If JAX is not installed, or the function raises or returns no floats.
    """
    if find_spec("jax") is None:
        raise CodeError("kind='jax': JAX is not installed here; pip install jax")
    way = way_of(given)
    forward, backward = Program(lambda *arrays: [way.forward(*arrays)]), Program(way.backward)
    values = way.arguments.values
    return Layer(
        name=given.name,
        kind=KIND,
        values=values,
        start=lambda: _OfJax(forward, backward, way.arguments),
        output=_real(*run(forward, "forward", *values.values())),
        parameters=way.arguments.parameters,
        held=way.arguments.held,
        code=(*_parts(given.subject), *filter(None, [given.backward])),
        iterates=forward.iterates(list(values.values())),
        found=f"{given.name}({', '.join(values)}), {way.found}",
        notes=_notes(given),
    )


class _OfJax(Session):
    """JAX keeps nothing that could be changed: the values of the last forward pass are all."""

    def __init__(self, forward: Program, backward: Program, arguments: Arguments) -> None:
        self._forward, self._backward, self._arguments = forward, backward, arguments
        self._handed: list[Any] = []

    def forward(self, values: Values) -> Any:
        self._handed = self._copies(values)
        (output,) = self._forward(*self._handed)
        return output

    def backward(self, cotangent: Any) -> dict[str, Array]:
        gradients = self._backward(cotangent, *self._handed)
        return dict(zip(self._arguments.differentiable, gradients, strict=True))

    def gradients(self, values: Values, cotangent: Any) -> dict[str, Array]:
        """Return the gradients; the way back has a forward pass of its own."""
        self._handed = self._copies(values)
        return self.backward(cotangent)

    def _copies(self, values: Values) -> list[Any]:
        return [values[symbol].copy() for symbol in self._arguments.values]


def _real(output: Array) -> Array:
    if output.dtype.kind == "c":
        raise CodeError("forward returned complex numbers: return their real and imaginary parts")
    return output


def _is_of_jax(subject: Any) -> bool:
    jax: Any = import_module("jax")
    return isinstance(subject, (jax.custom_vjp, jax.custom_jvp, jax.stages.Wrapped))


def _parts(subject: Any) -> tuple[Any, ...]:
    """Return the function and those of its rule: laws look into their closures."""
    names = ("fun", "fwd", "bwd", "jvp", "__wrapped__")
    parts = [getattr(subject, name, None) for name in names]
    return (subject, *dict.fromkeys(filter(callable, parts)))


def _notes(given: Given) -> tuple[str, ...]:
    """Say which dtypes became float64."""
    leaves = import_module("jax").tree_util.tree_leaves(given.inputs)
    dtypes = {str(x.dtype) for x in leaves if hasattr(x, "dtype") and is_floating(x)}
    narrow = ", ".join(sorted(dtypes - {"float64"}))
    return (f"given in {narrow}, and checked in float64",) if narrow else ()
