"""Layers of code that comes without inputs: what is known is taken, what is open is guessed.

A guess is good if forward and backward run and every gradient has the shape of its input, so that
no verdict rests on a shape that the code was never meant for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gradcheck.adapters.examples.arguments import Arguments
from gradcheck.adapters.examples.construction import objects_of
from gradcheck.adapters.examples.nearest import Nearest
from gradcheck.adapters.examples.search import Search
from gradcheck.adapters.examples.trial_inputs import Wanted
from gradcheck.notation.layer import Layer


def example_of(subject: Any, backward: Callable[..., Any] | None = None, **how: Any) -> Layer:
    """Return the likeliest of `examples_of`, whose parameters it has.

    Examples
    --------
    >>> def scale(x, gain):
    ...     return gain * x
    >>> def scale_backward(dout, x, gain):
    ...     return dout * gain, (dout * x).sum(axis=0)
    >>> described(example_of(scale, scale_backward))
    'x of shape (5, 3), gain of shape (3,)'
    """
    return next(examples_of(subject, backward, **how))


def examples_of(
    subject: Any,
    backward: Callable[..., Any] | None = None,
    *,
    arguments: Arguments | None = None,
    shapes: Mapping[str, Wanted] | None = None,
    seed: int = 0,
    name: str | None = None,
    **how: Any,
) -> Iterator[Layer]:
    """Yield layers of code that comes without inputs, the likeliest first; at least one.

    Parameters
    ----------
    subject : object
        A class, which is instantiated, or whatever `gradcheck.layer` takes.
    backward : callable, optional
        The gradient, where that is a function of its own.
    arguments : Arguments, optional
        What a class is called with; guessed if left out.
    shapes : mapping of str to Drawn, optional
        The inputs by name; those that are missing are guessed.
    seed : int
        Of the values.
    name : str, optional
        What reports call it, unless it is a class, whose objects have names of their own.
    **how
        Handed on to `gradcheck.layer`: `kind`, `parameters`, `methods`.

    Raises
    ------
    NoExampleError
        If the code runs on nothing that was tried.
    ShapesError
        If `shapes` names an input that the code does not have.
    MemoryError, RecursionError
        If that is what the code ends in.
    """
    if isinstance(subject, Layer):
        yield subject
        return
    nearest, found = Nearest(subject), False
    for made, its_name in objects_of(subject, arguments, seed, nearest):
        search = Search(made, its_name or name, backward, shapes or {}, seed, how, nearest)
        for example in search.layers():
            if not found and nearest.lacks_sums:
                raise nearest.error()
            found = True
            yield example
    if not found:
        raise nearest.error()


def described(example: Layer) -> str:
    """Say what a layer is called with."""
    return ", ".join(f"{name} {_shape(example.values[name])}" for name in example.inputs)


def _shape(value: Any) -> str:
    kind = {"i": "integers ", "u": "integers ", "b": "booleans "}.get(value.dtype.kind, "")
    return f"{kind}of shape {value.shape}" if value.shape else f"= {value:.4g}"
