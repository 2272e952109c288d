"""Arguments and results as trees: lists, tuples and dicts with numbers and arrays as leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def map_leaves(tree: Any, change: Callable[[Any], Any]) -> Any:
    """Rebuild a tree with every leaf changed.

    Examples
    --------
    >>> map_leaves({"w": [1, 2], "b": (3,)}, str)
    {'w': ['1', '2'], 'b': ('3',)}
    """
    if isinstance(tree, dict):
        return {key: map_leaves(value, change) for key, value in tree.items()}
    if isinstance(tree, tuple) and hasattr(tree, "_fields"):
        return type(tree)(*(map_leaves(value, change) for value in tree))
    if isinstance(tree, (list, tuple)):
        return type(tree)(map_leaves(value, change) for value in tree)
    return change(tree)


def leaves(tree: Any) -> Iterator[Any]:
    """Yield the leaves in order.

    Examples
    --------
    >>> list(leaves({"w": [1, 2], "b": (3,)}))
    [1, 2, 3]
    """
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, (list, tuple)):
        for value in tree:
            yield from leaves(value)
    else:
        yield tree
