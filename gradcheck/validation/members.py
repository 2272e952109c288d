"""What a module defines itself, without what it imports from elsewhere."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any


def own_members(module: ModuleType) -> Mapping[str, Any]:
    """Return what a module defines, in its order, without what it imports from elsewhere."""
    imported = _imported(module)
    return {
        name: thing
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and (_is_of_package(module, thing) if name in imported else _is_of(module, thing))
    }


def _imported(module: ModuleType) -> set[str]:
    """Return the names that import statements bind."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError, SyntaxError):  # no source: what follows must do
        return set()
    statements = [n for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom))]
    return {
        (alias.asname or alias.name).partition(".")[0]
        for statement in statements
        for alias in statement.names
    }


def _is_of(module: ModuleType, thing: Any) -> bool:
    """Whether a function or class was defined in a module; objects do not know."""
    if not isinstance(thing, type) and not inspect.isroutine(thing):
        return True
    return getattr(thing, "__module__", None) in (module.__name__, None)


def _is_of_package(module: ModuleType, thing: Any) -> bool:
    """Whether a function or class that a package imports comes from one of its own modules."""
    home = str(getattr(thing, "__module__", ""))
    return hasattr(module, "__path__") and home.startswith(f"{module.__name__}.")
