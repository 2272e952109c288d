"""Recognising what somebody gave, and making a layer of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np

from gradcheck.adapters import losses
from gradcheck.adapters.given import CodeError, Given
from gradcheck.adapters.stateful import objects
from gradcheck.notation import NotationError, PointError, Signature
from gradcheck.notation.layer import Layer

KINDS = {
    "torch": "gradcheck.adapters.pytorch.code",
    "jax": "gradcheck.adapters.jax.functions",
    "autograd": "gradcheck.adapters.hips.functions",
    "object": "gradcheck.adapters.stateful.objects",
    "cache": "gradcheck.adapters.cached",
    "jacobian": "gradcheck.adapters.jacobians",
    "functions": "gradcheck.adapters.functions",
    "loss": "gradcheck.adapters.losses",
}
"""The adapters by the name under which a user can ask for one, in the order in which they look."""


def layer(
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
) -> Layer:
    """Make a layer of somebody's code.

    Parameters
    ----------
    subject : object
        A forward function, a stateful object, a loss, a PyTorch module or function, a JAX
        function, or a `Layer`, which is returned.
    backward : callable, optional
        The gradient, where that is a function of its own; may be left out, so that the inputs
        come second.
    inputs : sequence
        Arrays, nested lists or numbers.
    kind : str, optional
        How to understand the code, one of `KINDS`, where it is not recognised by itself.
    name : str, optional
        What reports call the layer.
    names : sequence of str, optional
        What reports call the inputs; the parameter names of the forward code if left out.
    parameters : mapping of str to str, optional
        Where an object keeps its parameters, and where the gradient of each: ``{"W": "dW"}``.
    methods : tuple of str, optional
        The names of an object's forward and backward methods.
    held : sequence of str
        Floating-point inputs that are not differentiated.
    signature : str
        Shapes in NumPy's gufunc notation, so that other shapes can be tried.
    batch : sequence of str
        Inputs whose first axis counts inputs that do not influence each other.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or names do not fit.
    CodeError
        If the code is not recognised, raises at the inputs, or returns what is no gradient.

    Examples
    --------
    >>> import numpy as np
    >>> def affine_forward(x, w):
    ...     return x @ w, (x, w)
    >>> def affine_backward(dout, cache):
    ...     x, w = cache
    ...     return dout @ w.T, x.T @ dout
    >>> layer(affine_forward, affine_backward, [np.ones((2, 3)), np.ones((3, 4))]).kind
    'forward with cache'
    """
    if isinstance(subject, Layer):
        return subject
    if inputs is None and backward is not None and not callable(backward):
        backward, inputs = None, backward
    if isinstance(inputs, np.ndarray) or np.isscalar(inputs):
        raise PointError("inputs is a single array: give a list of inputs, [x]")
    given = Given(
        subject=subject,
        backward=backward,
        inputs=tuple(inputs if inputs is not None else ()),
        names=names,
        parameters=parameters,
        methods=methods,
        held=tuple(held),
        kind=kind,
    )
    made: Layer = _adapter(given).adapt(given)
    _refuse_unused(given, made)
    _among_inputs("held", held, made)
    _among_inputs("batch", batch, made)
    changes: dict[str, Any] = {"signature": _fitting(signature, made), "batch": tuple(batch)}
    return replace(made, **changes, name=name or made.name)


def _adapter(given: Given) -> Any:
    if given.kind is not None:
        if given.kind not in KINDS:
            raise CodeError(f"kind={given.kind!r}: take one of {', '.join(KINDS)}")
        return import_module(KINDS[given.kind])
    for home in KINDS.values():
        adapter = import_module(home)
        if adapter.recognises(given):
            return adapter
    raise CodeError(_unrecognised(given))


def _unrecognised(given: Given) -> str:
    return (
        f"{given.name} ({type(given.subject).__name__}) was not recognised as a layer: give a "
        f"forward and a backward function, an object with both methods, or say "
        f"kind={' or '.join(repr(kind) for kind in KINDS)}"
    )


def _among_inputs(argument: str, symbols: Sequence[str], made: Layer) -> None:
    for symbol in symbols:
        if symbol not in made.values:
            raise PointError(
                f"{argument}={list(symbols)!r}: {made.name} has no {symbol}, but "
                f"{', '.join(made.values)}"
            )


def _fitting(signature: str, made: Layer) -> str:
    """Return a signature that fits the example, or none."""
    if not signature:
        return ""
    parsed = Signature.parse(signature)
    if len(parsed.inputs) != len(made.values):
        raise NotationError(
            f"signature {signature!r}: give the dimensions of each of {', '.join(made.values)}"
        )
    parsed.sizes({symbol: value.shape for symbol, value in made.values.items()})
    return signature


def _refuse_unused(given: Given, made: Layer) -> None:
    """Refuse what only objects have, where there is none."""
    for argument in ("parameters", "methods"):
        if getattr(given, argument) and made.kind not in (objects.KIND, losses.KIND):
            raise CodeError(
                f"{argument}={getattr(given, argument)!r}: {made.name} was recognised as "
                f"{made.kind}, and only objects have {argument}"
            )
