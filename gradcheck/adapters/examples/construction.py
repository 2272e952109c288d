"""Objects of a class that comes without arguments, and the sizes that they have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gradcheck.adapters.examples.arguments import Arguments, guessed_arguments
from gradcheck.adapters.examples.nearest import Nearest, Stage
from gradcheck.notation.randomness import generators_held

LARGEST = 4096
"""Whole numbers beyond are no extents of a layer: seeds, for example."""


def objects_of(
    subject: Any, arguments: Arguments | None, seed: int, nearest: Nearest
) -> Iterator[tuple[Any, str | None]]:
    """Yield the objects that a class makes, each with its name; anything else as it is.

    Parameters
    ----------
    subject : object
        A class, or whatever is to be checked itself.
    arguments : Arguments, optional
        What the class is called with; guessed if left out.
    seed : int
        Of weights that the class draws.
    nearest : Nearest
        Is told what fails.
    """
    if not isinstance(subject, type) or _is_called_itself(subject):
        yield subject, None
        return
    for guess in guessed_arguments(subject, seed) if arguments is None else (arguments,):
        name = f"{subject.__name__}({guess})"
        try:
            with generators_held(seed):
                made = subject(*guess.positional, **guess.named)
        except Exception as error:  # whatever a stranger's constructor does
            nearest.failed(Stage.CONSTRUCTOR, name, error)
        else:
            yield made, name


def _is_called_itself(subject: type) -> bool:
    """Tell whether a class is a `torch.autograd.Function`, of which there are no objects."""
    return any(base.__module__ == "torch.autograd.function" for base in subject.__mro__)


def extents_in(made: Any) -> tuple[int, ...]:
    """Return the extents of the arrays and the whole numbers that an object holds.

    Examples
    --------
    >>> import numpy as np
    >>> class Dense:
    ...     def __init__(self):
    ...         self.W = np.ones((7, 2))
    >>> extents_in(Dense())
    (7, 2)
    """
    held = list(getattr(made, "__dict__", {}).values())
    held += [v for inner in held if isinstance(inner, dict) for v in inner.values()]
    shapes = [tuple(getattr(value, "shape", ())) for value in held]
    numbers = [value for value in held if type(value) is int and 1 < value <= LARGEST]
    return (*(n for shape in shapes for n in shape if isinstance(n, int) and n > 1), *numbers)
