"""`gradcheck show`: finds the operation that a name means, and prints its page."""

from __future__ import annotations

import difflib
import inspect
import re
import sys
from collections.abc import Sequence
from types import ModuleType

import click

from gradcheck.adapters.targets import TargetError, load_target
from gradcheck.notation import Operation
from gradcheck.operation_page import page
from gradcheck.source_code import written

COULD_NOT_RUN = 2


def show(target: str, name: str, *, width: int) -> int:
    """Print the page of one operation of a target.

    Returns
    -------
    int
        The exit status: 0, or 2 if it could not run.
    """
    try:
        module, operations = load_target(target)
        operation = named(name, module, operations)
    except TargetError as error:
        click.echo(f"gradcheck: {error}", err=True)
        return COULD_NOT_RUN
    variants = [o.name for o in operations if _stem(o) == _stem(operation) and o is not operation]
    click.echo(page(operation, width, about=_about(operation, module)))
    if variants:
        click.echo("\nVariants: " + "; ".join(variants))
    return 0


def named(name: str, module: ModuleType, operations: Sequence[Operation]) -> Operation:
    """Return the operation that somebody means by a name.

    Parameters
    ----------
    name : str
        The operation's name, or that of its variable or function; of several variants the first.
    module : module
        Whose variables are looked at.
    operations : sequence of Operation
        Among which it is.

    Raises
    ------
    TargetError
        If there is none; the message has the nearest names.

    Examples
    --------
    >>> import reference_nets
    >>> named("max_pooling_2d", reference_nets, reference_nets.CATALOGUE).name
    'max pooling 2d, window 2, stride 2'
    """
    variable, wanted = getattr(module, name, None), _identifier(name)
    for meant in (
        lambda operation: operation.name == name,
        lambda operation: operation is variable,
        lambda operation: _identifier(operation.name) == wanted,
        lambda operation: _stem(operation) == wanted,
    ):
        if found := next(filter(meant, operations), None):
            return found
    known = list(dict.fromkeys(n for op in operations for n in (op.name, _stem(op))))
    near = difflib.get_close_matches(name, known) or difflib.get_close_matches(wanted, known)
    hint = f"did you mean {' or '.join(near)}?" if near else "gradcheck list names all that it has"
    raise TargetError(f"{module.__name__} has no operation {name!r}: {hint}")


def _about(operation: Operation, module: ModuleType) -> str:
    """Return the docstring of the module named for an operation, else of that where it is written.

    Only modules of the target's own package are looked at.
    """
    package = module.__name__.partition(".")[0]
    for name, other in sorted(sys.modules.items()):
        if name.partition(".")[0] == package and name.rpartition(".")[2] == _stem(operation):
            return inspect.getdoc(other) or ""
    for function in written(operation.forward[operation.forms[0]]):
        return inspect.cleandoc(getattr(function, "__globals__", {}).get("__doc__") or "")
    return inspect.getdoc(module) or ""


def _stem(operation: Operation) -> str:
    """Return an operation's name without its options, as a module or a function would bear it."""
    return _identifier(operation.name.partition(",")[0])


def _identifier(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_").lower()
