"""Finding operations in a target: ``package.module``, ``path.py``, either with ``:name``."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from gradcheck.notation import Operation, Point

RealPoints: TypeAlias = Callable[[int], Iterator[tuple[Operation, Point]]]


class TargetError(Exception):
    """A target that cannot be loaded or holds nothing to check; the message has the cure."""


def load_target(target: str) -> tuple[ModuleType, list[Operation]]:
    """Import a target and return the operations in it.

    Parameters
    ----------
    target : str
        ``package.module`` or ``path.py``, optionally followed by ``:name`` of one operation.

    Returns
    -------
    module, operations
        The operations of its ``CATALOGUE`` if it has one, otherwise all that its names stand for.

    Raises
    ------
    TargetError
        If the module cannot be found or imported, or has no operation (of that name).
    """
    place, _, name = target.partition(":")
    module = module_at(place)
    operations = list(operations_in(module))
    if not operations:
        raise TargetError(
            f"{place} has no operations: build one with gradcheck.Operation, or name a CATALOGUE"
        )
    if not name:
        return module, operations
    return module, [_named(module, operations, name)]


def real_points(module: ModuleType) -> RealPoints | None:
    """Return the function by which a module offers points on real data, if it has one."""
    function: Any = getattr(module, "real_points", None)
    return function if callable(function) else None


def operations_in(module: ModuleType) -> Iterator[Operation]:
    """Yield the operations of a module: those of its ``CATALOGUE``, or all among its names."""
    listed = getattr(module, "CATALOGUE", None)
    members = vars(module).values() if listed is None else listed
    seen: set[int] = set()
    for member in members:
        if isinstance(member, Operation) and id(member) not in seen:
            seen.add(id(member))
            yield member


def _named(module: ModuleType, operations: list[Operation], name: str) -> Operation:
    for operation in operations:
        if operation.name == name or getattr(module, name, None) is operation:
            return operation
    known = ", ".join(operation.name for operation in operations)
    raise TargetError(f"{module.__name__} has no operation {name!r}; it has {known}")


def module_at(place: str) -> ModuleType:
    """Import a module by its name, or from a path that ends in ``.py``.

    Raises
    ------
    TargetError
        If there is none, or importing it fails.
    """
    try:
        return _from_file(Path(place)) if place.endswith(".py") else _from_name(place)
    except TargetError:
        raise
    except (Exception, SystemExit) as error:  # whatever a stranger's module does on import
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        alone = f"python {place}" if place.endswith(".py") else f"python -c 'import {place}'"
        raise TargetError(
            f"{place} cannot be imported: {reason}; correct what this shows: {alone}"
        ) from error


def _from_name(name: str) -> ModuleType:
    if not all(part.isidentifier() for part in name.split(".")):
        raise TargetError(f"{name!r} is neither a module's name nor a path that ends in .py")
    sys.path.insert(0, "")  # as python -m does: modules of the current directory
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and name.startswith(error.name):
            raise TargetError(
                f"there is no module {name}: check its spelling, or give a path that ends in .py"
            ) from None
        raise
    finally:
        sys.path.remove("")


def _from_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise TargetError(f"there is no file {path}: check the path")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise TargetError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)
    sys.path.insert(0, str(path.parent))  # as python path.py does: its neighbours
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module
