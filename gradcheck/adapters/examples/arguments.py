"""Arguments of a constructor: as people write them, and guessed where they write none."""

from __future__ import annotations

import ast
import inspect
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from gradcheck.adapters.examples.drawn import Drawn
from gradcheck.adapters.examples.roles import Sizes, suggestions

INTEGERS = (3, 4, 2, 5, 6, 7)
"""All different, so that mixed-up axes do not fit by chance."""


_ARRAY = r"[WU]\w{0,2}|w\d?|weights?|b\d?|bias|biases|beta|gamma|gain"
_NUMBER = r"p|rate|\w*prob|\w*eps|epsilon|lr|temperature|tau|alpha|slope|momentum|margin|delta"
_WINDOW = r"kernel\w*|filter_size|\w*pool\w*|window\w*|k"
_LIST = r"\w*sizes|layers|layer_dims|dims|architecture|topology"
_STEP = r"stride\w*|pad\w*|dilation|groups"
_BY_ANNOTATION = {"bool": False, "float": 0.5, "str": "", bool: False, float: 0.5, str: ""}


class ArgumentsError(ValueError):
    """A text that holds no arguments; the message has the cure."""


@dataclass(frozen=True)
class Arguments:
    """What a constructor is called with.

    Examples
    --------
    >>> print(Arguments((3, 4), {"bias": True}))
    3, 4, bias=True
    """

    positional: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        named = (f"{name}={_shown(value)}" for name, value in self.named.items())
        return ", ".join([*map(_shown, self.positional), *named])

    @property
    def extents(self) -> tuple[int, ...]:
        """The whole numbers among them: a layer's sizes, as likely as not."""
        every = (*self.positional, *self.named.values())
        return tuple(v for v in every if type(v) is int and v > 0)


def _shown(value: Any) -> str:
    return f"array {value.shape}" if isinstance(value, np.ndarray) else repr(value)


def parse_arguments(text: str) -> Arguments:
    """Read arguments as they stand in a call: Python literals, which are never evaluated.

    Parameters
    ----------
    text : str
        For example ``3, 4, bias=True``.

    Raises
    ------
    ArgumentsError
        If that is not what it says.

    Examples
    --------
    >>> parse_arguments("3, 4, bias=True").named["bias"]
    True
    """
    try:
        call = ast.parse(f"f({text}\n)", mode="eval").body
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            raise ValueError  # more than the arguments of one call
        positional = tuple(ast.literal_eval(argument) for argument in call.args)
        named = {str(k.arg): ast.literal_eval(k.value) for k in call.keywords if k.arg}
        if len(named) < len(call.keywords):  # **something
            raise ValueError
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        raise ArgumentsError(
            f"{text!r} are no arguments: write Python literals as in a call, 3, 4, bias=True"
        ) from None
    return Arguments(positional, named)


def guessed_arguments(constructor: Callable[..., Any], seed: int = 0) -> Iterator[Arguments]:
    """Yield what to try for the arguments that a constructor must be given.

    Parameters
    ----------
    constructor : callable
        A class.
    seed : int
        Of the arrays among the guesses.

    Examples
    --------
    >>> class Dense:
    ...     def __init__(self, inputs, outputs, bias=True): ...
    >>> print(next(guessed_arguments(Dense)))
    3, 4
    """
    needed = _needed(constructor)
    if needed is None or not needed:
        yield Arguments()
        return
    rng = np.random.default_rng(seed)
    yield _call(needed, _by_name(needed, rng))
    yield _call(needed, list(itertools.islice(itertools.cycle(INTEGERS), len(needed))))
    yield _call(needed, [0.5] * len(needed))
    yield _call(needed, [_array(p.name, rng) for p in needed])


def _needed(constructor: Callable[..., Any]) -> list[inspect.Parameter] | None:
    """Return the parameters without defaults; None where a constructor does not say."""
    try:
        parameters = inspect.signature(constructor).parameters.values()
    except (TypeError, ValueError):
        return None
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [p for p in parameters if p.default is p.empty and p.kind not in variadic]


def _call(needed: list[inspect.Parameter], values: list[Any]) -> Arguments:
    pairs = list(zip(needed, values, strict=True))
    named = {p.name: value for p, value in pairs if p.kind is p.KEYWORD_ONLY}
    return Arguments(tuple(v for p, v in pairs if p.kind is not p.KEYWORD_ONLY), named)


def _by_name(needed: list[inspect.Parameter], rng: np.random.Generator) -> list[Any]:
    """Return what names and annotations suggest; different whole numbers where they do not."""
    integers = iter(itertools.cycle(INTEGERS))
    return [_suggested(p, integers, rng) for p in needed]


def _suggested(p: inspect.Parameter, integers: Iterator[int], rng: np.random.Generator) -> Any:
    if p.annotation in _BY_ANNOTATION:
        return _BY_ANNOTATION[p.annotation]
    if re.fullmatch(_ARRAY, p.name) and p.annotation not in (int, "int"):
        return _array(p.name, rng)
    if re.fullmatch(_NUMBER, p.name) and p.annotation not in (int, "int"):
        return 0.5
    if re.fullmatch(_LIST, p.name):
        return list(INTEGERS[:3])
    if re.fullmatch(_WINDOW, p.name):
        return 2
    return 1 if re.fullmatch(_STEP, p.name) else next(integers)


def _array(name: str, rng: np.random.Generator) -> Any:
    first = suggestions(name, Sizes())[0]
    return first.draw(rng) if isinstance(first, Drawn) else first
