"""The ways back through a JAX function: JAX's own, or a second function that the user wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, TypeAlias

import numpy as np

from gradcheck.adapters.given import CodeError, Given, gradients_by_name, required, run
from gradcheck.adapters.jax.arguments import Arguments, arguments_of, by_symbol, is_container

Gradients: TypeAlias = Sequence[Any]


@dataclass(frozen=True, eq=False)
class Way:
    """How a function goes forward and back, on the arrays of its arguments.

    Attributes
    ----------
    arguments : Arguments
        Which arrays there are, and which of them have gradients.
    forward : callable
        Takes the arrays, and returns the output as one array.
    backward : callable
        Takes a cotangent and the arrays, and returns one gradient per differentiable symbol.
    found : str
        Says which way it is.
    """

    arguments: Arguments
    forward: Callable[..., Any]
    backward: Callable[..., Gradients]
    found: str


def way_of(given: Given) -> Way:
    """Find the way back.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or the names do not fit.
    CodeError
        If the second function takes neither a cotangent nor a cache nor the inputs.
    """
    function, back, arguments = given.subject, given.backward, arguments_of(given)
    if is_container(function):
        return _differentiated(_called, arguments)
    if back is None:
        return _differentiated(function, arguments)
    takes, count = required(back), len(given.inputs)
    if takes == 2 and _is_pair(run(function, "forward", *given.inputs)):
        return _with_cache(function, back, arguments)
    if takes in (count + 1, None):
        return _with_backward(function, back, arguments)
    if takes == count:
        found = run(back, "the second function", *given.inputs)
        return _with_jacobian(function, back, _covered(found, arguments))
    raise CodeError(
        f"the second function takes {takes} arguments: give one of the cotangent and the {count} "
        f"inputs, of the cotangent and the cache, or a Jacobian function of the {count} inputs"
    )


def _called(*arguments: Any) -> Any:
    """Call a function that comes last."""
    *inputs, function = arguments
    return function(*inputs)


def _is_pair(returned: Any) -> bool:
    return isinstance(returned, tuple) and len(returned) == 2


def _differentiated(function: Callable[..., Any], arguments: Arguments) -> Way:
    """Go back as JAX does: by the rule of the function, where it has one of its own."""

    def forward(*arrays: Any) -> Any:
        return joined(function(*arguments.rebuilt(arrays)))

    def backward(cotangent: Any, *arrays: Any) -> Gradients:
        given = dict(zip(arguments.values, arrays, strict=True))

        def output(*moving: Any) -> Any:
            moved = dict(zip(arguments.differentiable, moving, strict=True))
            return forward(*{**given, **moved}.values())

        starts = [given[symbol] for symbol in arguments.differentiable]
        value, back = import_module("jax").vjp(output, *starts)
        gradients: Gradients = back(cotangent.astype(value.dtype))
        return gradients

    return Way(arguments, forward, backward, _rule(function))


def _with_backward(
    function: Callable[..., Any], back: Callable[..., Any], arguments: Arguments
) -> Way:
    """Go back by a function of the cotangent and the inputs."""

    def forward(*arrays: Any) -> Any:
        return joined(function(*arguments.rebuilt(arrays)))

    def backward(cotangent: Any, *arrays: Any) -> Gradients:
        return _assigned(back(cotangent, *arguments.rebuilt(arrays)), arguments)

    return Way(
        arguments,
        forward,
        backward,
        "with a backward function of the cotangent and the same inputs",
    )


def _with_cache(
    function: Callable[..., Any], back: Callable[..., Any], arguments: Arguments
) -> Way:
    """Go back by a function of the cotangent and of what forward returns beside its output."""

    def forward(*arrays: Any) -> Any:
        output, _ = function(*arguments.rebuilt(arrays))
        return joined(output)

    def backward(cotangent: Any, *arrays: Any) -> Gradients:
        _, cache = function(*arguments.rebuilt(arrays))
        return _assigned(back(cotangent, cache), arguments)

    return Way(
        arguments, forward, backward, "with a backward function of the cotangent and a cache"
    )


def _with_jacobian(
    function: Callable[..., Any], jacobian: Callable[..., Any], arguments: Arguments
) -> Way:
    """Go back by a function that returns ∂output_i/∂x_j: the gradient, where i is none."""

    def forward(*arrays: Any) -> Any:
        return joined(function(*arguments.rebuilt(arrays)))

    def backward(cotangent: Any, *arrays: Any) -> Gradients:
        found = _assigned(jacobian(*arguments.rebuilt(arrays)), arguments)
        tensordot = import_module("jax.numpy").tensordot
        return [tensordot(cotangent, entries, cotangent.ndim) for entries in found]

    return Way(arguments, forward, backward, "with a Jacobian function of the same inputs")


def _covered(found: Any, arguments: Arguments) -> Arguments:
    """Hold all but the first floating argument where only one gradient is returned."""
    if isinstance(found, (tuple, list)) or not arguments.differentiable:
        return arguments
    first = arguments.differentiable[0].split(".")[0]
    return replace(
        arguments,
        held=tuple(s for s in arguments.values if s in arguments.held or s.split(".")[0] != first),
    )


def _assigned(found: Any, arguments: Arguments) -> Gradients:
    """Return the gradients in the order of the differentiable symbols; NaN for a missing one."""
    held = [n for n in arguments.names if not _has_gradient(n, arguments)]
    trees: Mapping[str, Any] = gradients_by_name(found, arguments.names, held)
    known = {symbol: leaf for name in trees for symbol, leaf in by_symbol(name, trees[name])}
    return [known.get(symbol, np.nan) for symbol in arguments.differentiable]


def _has_gradient(name: str, arguments: Arguments) -> bool:
    return any(symbol.split(".")[0] == name for symbol in arguments.differentiable)


def joined(output: Any) -> Any:
    """Return the output of a function; several in a row, one after the other, without integers.

    Raises
    ------
    CodeError
        If there is none.
    """
    jax: Any = import_module("jax")
    arrays = map(jax.numpy.asarray, jax.tree_util.tree_leaves(output))
    inexact = [array for array in arrays if jax.dtypes.issubdtype(array.dtype, np.inexact)]
    if not inexact:
        raise CodeError(f"forward returned {output!r:.60}: return an array of floats")
    if len(inexact) == 1:
        return inexact[0]
    return jax.numpy.concatenate([array.ravel() for array in inexact])


def _rule(function: Any) -> str:
    """Say where JAX's derivative comes from."""
    jax: Any = import_module("jax")
    for rule in ("custom_vjp", "custom_jvp"):
        if isinstance(function, getattr(jax, rule)):
            return f"a JAX function with a derivative rule of its own (jax.{rule})"
    return "a function that JAX differentiates"
