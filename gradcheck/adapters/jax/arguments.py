"""The arguments of a JAX function: containers of arrays, each array under a symbol of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from gradcheck.adapters.given import Given, names_of, real_array
from gradcheck.notation.layer import Array

OF_FUNCTION = "self"
"""What stands before the names of the arrays that a callable object holds."""


@dataclass(frozen=True, eq=False)
class Bound:
    """An argument that is handed over as it is."""

    value: Any


@dataclass(frozen=True, eq=False)
class Arguments:
    """How the arguments are put together from arrays.

    Attributes
    ----------
    names : tuple of str
        What reports call the arguments.
    tree : jax.tree_util.PyTreeDef
        The containers.
    leaves : tuple
        What is in them; None in place of a symbol's array.
    values : dict of str to ndarray
        The arrays by symbol, in the order of the leaves, floats of any width as float64.
    held : tuple of str
        The symbols that are not differentiated.
    parameters : tuple of str
        The symbols of what the function itself holds.
    """

    names: tuple[str, ...]
    tree: Any
    leaves: tuple[Any, ...]
    values: dict[str, Array]
    held: tuple[str, ...]
    parameters: tuple[str, ...]

    @property
    def differentiable(self) -> tuple[str, ...]:
        """The symbols that have gradients."""
        return tuple(symbol for symbol in self.values if symbol not in self.held)

    def rebuilt(self, arrays: Sequence[Any]) -> list[Any]:
        """Put the arguments together with other arrays, in the order of the symbols."""
        rest = iter(arrays)
        leaves = [next(rest) if leaf is None else leaf.value for leaf in self.leaves]
        return list(import_module("jax").tree_util.tree_unflatten(self.tree, leaves))


def arguments_of(given: Given) -> Arguments:
    """Find the arrays in what the user gave.

    Python's own integers and booleans, keys of random generators, and whatever else is no array
    of real numbers are handed over as they are, as are the arguments that the function's own
    derivative rule declares not to differentiate.

    Raises
    ------
    PointError
        If an array is complex, or the names do not fit.
    """
    jax: Any = import_module("jax")
    names = tuple(names_of(given.subject, given.names, len(given.inputs)))
    undifferentiated = getattr(given.subject, "nondiff_argnums", ())
    inputs = [Bound(x) if n in undifferentiated else x for n, x in enumerate(given.inputs)]
    if is_container(given.subject):
        names, inputs = (*names, OF_FUNCTION), [*inputs, given.subject]
    leaves: list[Any] = []
    values: dict[str, Array] = {}
    for n, argument in enumerate(inputs):
        for symbol, leaf in by_symbol(names[n], argument):
            array = _array(n, leaf)
            leaves.append(_bound(leaf) if array is None else None)
            values |= {} if array is None else {symbol: array}
    parameters = tuple(s for s in values if s.split(".")[0] == OF_FUNCTION)
    held = tuple(s for s, v in values.items() if v.dtype.kind != "f" or s in given.held)
    return Arguments(
        names, jax.tree_util.tree_structure(inputs), tuple(leaves), values, held, parameters
    )


def is_container(function: Any) -> bool:
    """Tell whether a function is a callable object that JAX knows as a container of arrays."""
    return not import_module("jax").tree_util.all_leaves([function])


def by_symbol(name: str, tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield the leaves of an argument, or of its gradient, each with its symbol."""
    for path, leaf in import_module("jax").tree_util.tree_flatten_with_path(tree)[0]:
        yield ".".join([name, *map(_step, path)]), leaf


def is_floating(value: Any) -> bool:
    """Tell whether an array holds floats of any width, bfloat16 among them."""
    jax: Any = import_module("jax")
    return bool(jax.dtypes.issubdtype(value.dtype, np.floating))


def _array(n: int, leaf: Any) -> Array | None:
    """Return a leaf as an array, float64 for floats; None if it is handed over as it is."""
    jax: Any = import_module("jax")
    if isinstance(leaf, Bound):
        return None
    if isinstance(leaf, float):
        return np.array(leaf)
    dtype = getattr(leaf, "dtype", None)
    if dtype is None or jax.dtypes.issubdtype(dtype, jax.dtypes.prng_key):
        return None
    return np.asarray(leaf).astype(np.float64) if is_floating(leaf) else real_array(n, leaf)


def _bound(leaf: Any) -> Bound:
    return leaf if isinstance(leaf, Bound) else Bound(leaf)


def _step(key: Any) -> str:
    """Name a step of the way into a container: a key, an index or an attribute."""
    for attribute in ("key", "idx", "name"):
        if hasattr(key, attribute):
            return str(getattr(key, attribute))
    return str(key)
