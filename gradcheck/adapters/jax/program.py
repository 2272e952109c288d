"""A function that JAX runs on floats, and its jaxpr on balls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np

from gradcheck.adapters.jax.interpreter import interpreted
from gradcheck.arithmetic import Ball, BallArray, NotLiftable
from gradcheck.arithmetic.leaves import leaves
from gradcheck.notation.layer import Array


class Program:
    """A function of JAX arrays as one of NumPy arrays, or of arrays of balls.

    Parameters
    ----------
    function : callable
        Takes JAX arrays, and returns a list of them.
    """

    def __init__(self, function: Callable[..., Sequence[Any]]) -> None:
        self._function = function
        self._jaxprs: dict[Any, Any] = {}

    def __call__(self, *values: Any) -> list[Array]:
        """Run it: by JAX itself in floats, which are neither shared with it nor with the result.

        Raises
        ------
        NotLiftable, Undecided
            In balls, if they cannot follow.
        """
        with float64_enabled():
            if any(isinstance(value, (Ball, BallArray)) for value in values):
                closed = self._recorded(values)
                return interpreted(closed.jaxpr, closed.consts, values)
            arrays = [_of_jax(value) for value in values]
            results = [_of_numpy(result) for result in self._function(*arrays)]
            self._record(values)  # in balls, NumPy's functions have stand-ins that JAX refuses
            return results

    def iterates(self, values: Sequence[Any]) -> bool:
        """Tell whether it runs a loop until a condition holds, at values of these shapes."""
        with float64_enabled():
            found = self._record(values)
        return not isinstance(found, Exception) and _has_while(found.jaxpr)

    def _recorded(self, values: Sequence[Any]) -> Any:
        """Return what JAX recorded of the function at values of these shapes."""
        found = self._record(values)
        if isinstance(found, Exception):
            reason = next(iter(str(found).splitlines()), type(found).__name__)
            raise NotLiftable(f"JAX cannot record the function: {reason}") from found
        return found

    def _record(self, values: Sequence[Any]) -> Any:
        """Return the jaxpr at values of these shapes, or what JAX raised instead.

        It raises where values decide which Python code runs.
        """
        jax: Any = import_module("jax")
        key = tuple((np.shape(value), np.dtype(value.dtype)) for value in values)
        if key not in self._jaxprs:
            shapes = [jax.ShapeDtypeStruct(*shape_and_dtype) for shape_and_dtype in key]
            try:
                self._jaxprs[key] = jax.make_jaxpr(self._function)(*shapes)
            except Exception as error:  # whatever a stranger's code does without values
                self._jaxprs[key] = error
        return self._jaxprs[key]


def _has_while(jaxpr: Any) -> bool:
    """Look for a while loop in a jaxpr, and in those that its equations call."""
    return any(
        equation.primitive.name == "while"
        or any(_has_while(inner) for inner in _jaxprs_in(equation.params))
        for equation in jaxpr.eqns
    )


def _jaxprs_in(parameters: Any) -> Iterator[Any]:
    for leaf in leaves(parameters):
        inner = getattr(leaf, "jaxpr", leaf)  # a closed jaxpr has one inside
        if hasattr(inner, "eqns"):
            yield inner


def _of_jax(value: Any) -> Any:
    if value.dtype.kind == "f" and value.dtype.itemsize > 8:
        raise NotLiftable("JAX has no floats that are wider than float64")
    return import_module("jax.numpy").array(value)


def _of_numpy(result: Any) -> Array:
    """Return a copy: JAX's own memory is read-only.  NumPy knows no bfloat16, but float32 does."""
    array = np.array(result)
    return array.astype(np.float32) if array.dtype.kind == "V" else array


@contextmanager
def float64_enabled() -> Iterator[None]:
    """Let JAX compute in float64, and leave the user's setting as it was."""
    jax: Any = import_module("jax")
    home = jax if hasattr(jax, "enable_x64") else import_module("jax.experimental")
    with home.enable_x64(new_val=True):
        yield
