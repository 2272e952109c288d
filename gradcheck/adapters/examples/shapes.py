"""How people write what a layer is called with: ``x=5,3 y=int(5; 0..2) alpha:=0.5``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from gradcheck.adapters.examples.drawn import INT, REAL, Drawn
from gradcheck.adapters.examples.trial_inputs import Choice, Wanted

_WANTED = re.compile(
    r"""
    (?P<name>\w+)\s*(?:
      :=\s*(?P<number>-?\d*\.?\d+)
    | =\s*(?P<kind>real|int|bool|shares|onehot)\((?P<inside>[^()]*)\)
    | =\s*(?P<bare>\([\d,\s]*\)|\d+(?:,\d+)*,?)
    )""",
    re.VERBOSE,
)

SYNTAX = (
    "write NAME=5,3 for normal reals of shape (5, 3), NAME=() for a single one, "
    "NAME=real(5,3; 0.1..2) for reals between bounds, NAME=int(5; 0..2) for integers from 0 to 2, "
    "NAME=bool(5), NAME=shares(5,3) or NAME=onehot(5,3) for rows that add up to one, "
    "NAME:=0.5 for that very number"
)


class ShapesError(ValueError):
    """A text that says nothing about shapes; the message has the cure."""


def parse_shapes(text: str) -> Mapping[str, Wanted]:
    """Read what somebody wrote about the inputs of a layer.

    Parameters
    ----------
    text : str
        ``NAME=SHAPE`` any number of times, for example ``x=5,3 w=3,4 y=int(5; 0..2)``.

    Raises
    ------
    ShapesError
        If that is not what it says.

    Examples
    --------
    >>> parse_shapes("x=5,3 y=int(5; 0..2)")["y"]
    Drawn(shape=(5,), kind='int', low=0.0, high=2.0)
    """
    matches = list(_WANTED.finditer(text))
    left = _WANTED.sub("", text).strip(" \t\n,;")
    if left or not matches:
        raise ShapesError(f"{left or text!r} is no shape: {SYNTAX}")
    names = [match["name"] for match in matches]
    for name in names:
        if names.count(name) > 1:
            raise ShapesError(f"{text!r}: {name} is there twice; say once what it is")
    return {match["name"]: _wanted(match) for match in matches}


def _wanted(match: re.Match[str]) -> Wanted:
    if match["number"] is not None:
        return float(match["number"]) if "." in match["number"] else int(match["number"])
    if match["kind"] is None:
        return Drawn(_shape(match["bare"].strip("()")))
    shape, _, bounds = match["inside"].partition(";")
    low, high = _bounds(match, bounds.strip())
    return Drawn(_shape(shape), match["kind"], low, high)


def _shape(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(extent) for extent in text.replace(" ", "").split(",") if extent)
    except ValueError:
        raise ShapesError(f"{text!r} is no shape: {SYNTAX}") from None


def _bounds(match: re.Match[str], text: str) -> tuple[float, float]:
    if match["kind"] != INT and not text:
        return -math.inf, math.inf
    try:
        low, high = map(float, text.split(".."))
    except ValueError:
        raise ShapesError(f"{match[0]!r} has no bounds LOW..HIGH: {SYNTAX}") from None
    if match["kind"] == INT and not (low.is_integer() and high.is_integer()):
        raise ShapesError(f"{match[0]!r}: the bounds of integers are integers")
    if not low <= high:
        raise ShapesError(f"{match[0]!r}: {text} holds no number; write the lower bound first")
    return low, high


def written(choice: Choice) -> str:
    """Write a choice of inputs so that `parse_shapes` reads it.

    Examples
    --------
    >>> written(Choice(("x", "y", "p"), (Drawn((5, 3)), Drawn((5,), "int", 0, 2), 0.5)))
    'x=5,3 y=int(5; 0..2) p:=0.5'
    """
    return " ".join(
        f"{name}={_text(wanted)}" if isinstance(wanted, Drawn) else f"{name}:={wanted}"
        for name, wanted in choice
    )


def _text(drawn: Drawn) -> str:
    shape = ",".join(map(str, drawn.shape))
    bounds = f"; {drawn.low:g}..{drawn.high:g}" if math.isfinite(drawn.low) else ""
    plain = drawn.kind == REAL and not bounds
    return (shape or "()") if plain else f"{drawn.kind}({shape}{bounds})"
