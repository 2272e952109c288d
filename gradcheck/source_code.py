"""The code of a form as a reader wants it: as written, without decorator and docstring."""

from __future__ import annotations

import ast
import dis
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType
from typing import Any

from gradcheck.notation.equation import Body

GENERATORS = ("gradcheck.notation.", "gradcheck.adapters.")
"""Modules that make bodies of other bodies: an activation of its h, a repetition of its layer."""

NOT_AT_HAND = "(its source is not at hand)"
FOR_LINTERS = re.compile(r"\s*# (fmt|noqa|ruff|type|pragma)\b.*$")


def written(body: Body) -> list[Callable[..., Any]]:
    """Return the functions that somebody wrote: the body itself, or those that it was made of.

    Parameters
    ----------
    body : callable
        One form of an equation.

    Examples
    --------
    >>> from reference_nets import dense, tanh
    >>> [function.__name__ for function in written(dense.forward["matrix"])]
    ['z']
    >>> [function.__name__ for function in written(tanh.forward["matrix"])]
    ['h']
    """
    if not _is_generated(body):
        return [body]
    return list(dict.fromkeys(inner for part in _enclosed(body) for inner in written(part)))


def code(function: Callable[..., Any]) -> str:
    """Return the source of a function without its decorators, docstring and notes to linters.

    Parameters
    ----------
    function : callable
        Of any origin; where there is no Python source, the text says so.

    Examples
    --------
    >>> from reference_nets import dense
    >>> print(code(dense.forward["matrix"]))
    def z(w, a, b):
        return w @ a + b
    """
    try:
        source = textwrap.dedent(inspect.getsource(function)).strip()
    except (OSError, TypeError):  # typed into an interpreter; compiled
        return NOT_AT_HAND
    lines = enumerate(source.splitlines(), start=1)
    left_out = _left_out(source)
    return "\n".join(FOR_LINTERS.sub("", line) for n, line in lines if n not in left_out)


def helpers(functions: Iterable[Callable[..., Any]]) -> list[FunctionType]:
    """Return the functions of the same package that some functions call, directly or not.

    Parameters
    ----------
    functions : iterable of callable
        Those that are compiled are passed over, and so are methods.

    Examples
    --------
    >>> from reference_nets import softmax_cross_entropy
    >>> [helper.__name__ for helper in helpers([softmax_cross_entropy.forward["matrix"]])]
    ['log_softmax']
    """
    given = [function for function in functions if isinstance(function, FunctionType)]
    found = list(dict.fromkeys(given))
    start = len(found)
    for function in found:  # which grows: the helpers' own calls are looked at in their turn
        found += [called for called in _calls(function) if called not in found]
    return found[start:]


def _calls(function: FunctionType) -> list[FunctionType]:
    """Return the functions of its own package that a function calls by name."""
    named = map(function.__globals__.get, _global_names(function.__code__))
    called = [f for f in (*named, *_enclosed(function)) if isinstance(f, FunctionType)]
    return [f for f in dict.fromkeys(called) if _package(f) == _package(function)]


def _global_names(compiled: CodeType) -> Iterator[str]:
    """Yield the global names that code loads, with those of the functions inside it."""
    for instruction in dis.get_instructions(compiled):
        if instruction.opname == "LOAD_GLOBAL":
            yield instruction.argval
        elif isinstance(instruction.argval, CodeType):
            yield from _global_names(instruction.argval)


def _package(function: Callable[..., Any]) -> str:
    return (function.__module__ or "").partition(".")[0]


def _is_generated(body: Body) -> bool:
    return (getattr(body, "__module__", None) or "").startswith(GENERATORS)


def _enclosed(body: Body) -> Iterator[FunctionType]:
    """Yield the functions that a closure holds."""
    for cell in getattr(body, "__closure__", None) or ():
        if isinstance(cell.cell_contents, FunctionType):
            yield cell.cell_contents


def _left_out(source: str) -> set[int]:
    """Return the numbers of the lines of decorators and docstring; none of what is no function."""
    try:
        (function,) = ast.parse(source).body
    except (SyntaxError, ValueError):  # a lambda in the middle of an expression
        return set()
    if not isinstance(function, ast.FunctionDef):
        return set()
    before = set(range(1, function.lineno))
    first = function.body[0]
    if ast.get_docstring(function) is None or first.lineno == function.lineno:
        return before
    return before | set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
