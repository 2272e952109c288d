"""What a layer's code has at hand: its inputs, its output, the cotangent, and functions of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from gradcheck.arithmetic import NotLiftable, Undecided, midpoint
from gradcheck.checks.evaluation import Array, Evaluation
from gradcheck.checks.rounding import rounding
from gradcheck.diagnosis.bounded import EPS, Bounded, exactly
from gradcheck.diagnosis.mismatch import Mismatch

FUNCTIONS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("{}", lambda q: q),
    ("{}²", lambda q: q * q),
    ("(1 − {})", lambda q: 1 - q),
    ("(1 + {})", lambda q: 1 + q),
    ("(1 − {}²)", lambda q: 1 - q * q),
    ("{0} (1 − {0})", lambda q: q * (1 - q)),
    ("√{}", np.sqrt),
    ("|{}|", np.abs),
    ("[{} > 0]", lambda q: 1.0 * (q > 0)),
    ("sign({})", np.sign),
    ("max({}, 0)", lambda q: np.maximum(q, 0)),
    ("exp({})", np.exp),
)
"""The factors of textbook derivatives; their reciprocals are tried by dividing."""

CLOSED = ("{}", "|{}|", "sign({})", "max({}, 0)", "[{} > 0]", "exp({})")
"""Templates that need no parentheses around what they are filled with."""


@dataclass(frozen=True, eq=False)
class Quantity:
    """Numbers that have a name, in the shape of what is looked at of a gradient.

    Attributes
    ----------
    name : str
        As the user knows it.
    numbers : Bounded
        Its values, repeated along the axes that it does not have.
    meaning : str
        What the name stands for, where the user did not choose it.
    """

    name: str
    numbers: Bounded
    meaning: str = ""

    @property
    def introduced(self) -> str:
        """The name, with what it stands for."""
        return f"{self.name} ({self.meaning})" if self.meaning else self.name

    def functions(self) -> Iterator[Quantity]:
        """Yield the quantity itself, and the functions of it that textbooks multiply with."""
        operand = f"({self.name})" if " " in self.name else self.name
        for template, function in FUNCTIONS:
            text = template.format(self.name if template in CLOSED else operand)
            yield Quantity(text, _image(function, self.numbers), self.meaning)


def quantities(mismatch: Mismatch) -> Iterator[Quantity]:
    """Yield everything at hand that can be laid over the gradient, once for each way to do it."""
    for quantity in at_hand(mismatch.evaluation):
        for laid in embeddings(quantity.numbers, mismatch.shape):
            yield replace(quantity, numbers=laid.rearranged(mismatch.seen))


def at_hand(evaluation: Evaluation) -> Iterator[Quantity]:
    """Yield everything at hand in its own shape."""
    point = evaluation.point
    yield Quantity("the cotangent", exactly(point.cotangent))
    for symbol, value in point.inputs.items():
        yield Quantity(symbol, exactly(value))
    yield output_quantity(evaluation)


def output_quantity(evaluation: Evaluation) -> Quantity:
    """Return the output under its symbol, which the user may never have seen."""
    name = evaluation.operation.output
    return Quantity(name, output_of(evaluation), f"{name} is the output")


def output_of(evaluation: Evaluation) -> Bounded:
    """Return the output of the forward code, in balls where they apply."""
    name = evaluation.operation.output
    try:
        value = midpoint(evaluation.in_balls((name,))[name])
    except (NotLiftable, Undecided):
        value = evaluation.in_floats((name,))[name].astype(np.float64)
        return Bounded(value, rounding(evaluation, name))
    return Bounded(value, EPS * np.abs(value))


def embeddings(numbers: Bounded, shape: tuple[int, ...]) -> Iterator[Bounded]:
    """Yield the ways to lay an array over a shape, its axes in their order.

    Examples
    --------
    >>> column, = embeddings(exactly([1.0, 2.0]), (2, 3))
    >>> column.value
    array([[1., 1., 1.],
           [2., 2., 2.]])
    """
    for axes in combinations(range(len(shape)), numbers.value.ndim):
        if tuple(shape[axis] for axis in axes) == numbers.shape:
            others = tuple(axis for axis in range(len(shape)) if axis not in axes)
            yield numbers.rearranged(
                lambda a, others=others: np.broadcast_to(np.expand_dims(a, others), shape)  # type: ignore[misc]
            )


def _image(function: Callable[[Any], Any], x: Bounded) -> Bounded:
    """Apply a function that is monotone within the errors, which are a few units in the last."""
    with np.errstate(all="ignore"):  # roots of negative numbers match nothing
        value = np.asarray(function(x.value))
        ends = [np.abs(function(x.value + s * x.error) - value) for s in (-1, 1)]
        error: Array = np.maximum(*ends) + 2 * EPS * np.abs(value)
    return Bounded(value, error)
