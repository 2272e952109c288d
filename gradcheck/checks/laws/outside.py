"""State outside a session: what the code can reach without being handed it, and NumPy's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.checks.laws.likeness import same_bits
from gradcheck.notation.reach import attributes, reached


@dataclass(frozen=True)
class Outside:
    """Copies of the state outside a session, each under a path."""

    state: Mapping[str, Any]

    def changes_since(self, before: Outside) -> tuple[str, ...]:
        """Return the paths at which something else is held than before."""
        return tuple(
            path
            for path, value in self.state.items()
            if path not in before.state or not _equal(value, before.state[path])
        )


def outside(code: Iterable[Any]) -> Outside:
    """Copy the arrays, numbers and texts that code reaches, and NumPy's settings.

    Examples
    --------
    >>> kept = []
    >>> def remember(x):
    ...     kept.append(x)
    >>> before = outside([remember])
    >>> remember(2.0)
    >>> outside([remember]).changes_since(before)
    ('kept[0]',)
    """
    code = tuple(code)
    held = {**attributes(code), **reached(code)}
    copies = {path: _copied(value) for path, value in held.items()}
    settings = {"np.errstate": np.geterr(), "np.printoptions": np.get_printoptions()}
    return Outside({path: value for path, value in copies.items() if value is not None} | settings)


def _copied(value: Any) -> Any:
    """Return a copy of what can be compared; None for everything else."""
    if not (hasattr(value, "__array__") or isinstance(value, (int, float, complex, str))):
        return None
    try:
        return np.array(value.detach().cpu() if hasattr(value, "detach") else value)
    except (TypeError, RuntimeError):  # a tensor of a format that NumPy does not have
        return None


def _equal(found: Any, before: Any) -> bool:
    if isinstance(found, np.ndarray):
        return found.dtype == before.dtype and same_bits(found, before)
    return bool(found == before)
