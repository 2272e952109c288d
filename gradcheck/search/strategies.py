"""Points drawn from an operation's own declaration: shapes, values, cotangent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeAlias

from hypothesis import strategies as st

from gradcheck.notation import Domain, Operation, Point, PointError, Reals
from gradcheck.notation.domain import Array
from gradcheck.notation.extents import completed
from gradcheck.search.arrays import arrays_in

Count: TypeAlias = int | st.SearchStrategy[int]


def points(
    operation: Operation,
    *,
    max_side: int = 4,
    sizes: Mapping[str, int] | None = None,
    inputs_in_batch: Count | None = None,
    magnitude: float = 1e3,
) -> st.SearchStrategy[Point]:
    """Draw points of an operation; they shrink towards sizes of 1 and values of 0 and 1.

    Parameters
    ----------
    operation : Operation
        Its signature gives the shapes, its domains the values.
    max_side : int
        The largest extent of a dimension.
    sizes : mapping of str to int, optional
        Extents of dimensions that are not to be drawn.
    inputs_in_batch : int or strategy of int, optional
        The number of inputs of a batch; a single input if left out.
    magnitude : float
        The largest size of a real number, of the cotangent too, where the domain is unbounded.

    Raises
    ------
    ValueError
        If a dimension has no entries, or the signature does not name it.

    Examples
    --------
    >>> from hypothesis import find
    >>> from gradcheck.notation import Operation, equation
    >>> @equation
    ... def y(x):
    ...     return x
    >>> @equation
    ... def delta_x(delta_y):
    ...     return delta_y
    >>> same = Operation("same", "(k)->(k)", y, (delta_x,))
    >>> find(points(same), lambda point: len(point.inputs["x"]) > 1).inputs["x"]
    array([0., 0.])
    """
    _check_sides(operation, {"max_side": max_side}, dict(sizes or {}))
    free = [dim for dim in operation.signature.names if dim not in operation.extents]
    sides = {dim: st.integers(1, max_side) for dim in free}
    given = {**operation.usual_sizes, **(sizes or {})}
    sides |= {dim: st.just(size) for dim, size in given.items()}
    counts = _as_strategy(inputs_in_batch)
    fitting = st.fixed_dictionaries(sides).filter(partial(_fit, operation))
    return _points_of(operation, fitting, counts, magnitude)


def _fit(operation: Operation, drawn: dict[str, int]) -> bool:
    """Whether sizes fit each other: Hypothesis draws others where they do not."""
    try:
        completed(drawn, operation.extents)
    except PointError:
        return False
    return True


def _as_strategy(count: Count | None) -> st.SearchStrategy[int | None]:
    return count if isinstance(count, st.SearchStrategy) else st.just(count)


def _check_sides(operation: Operation, limit: dict[str, int], sizes: dict[str, int]) -> None:
    names = operation.signature.names
    for dim in sizes:
        if dim not in names:
            raise ValueError(
                f"sizes names {dim}, but the dimensions of {operation.name} are {', '.join(names)}"
            )
    for name, side in {**limit, **sizes}.items():
        if side < 1:
            raise ValueError(f"{name} = {side}: a dimension has at least one entry")


@st.composite
def _points_of(
    draw: st.DrawFn,
    operation: Operation,
    extents: st.SearchStrategy[dict[str, int]],
    counts: st.SearchStrategy[int | None],
    magnitude: float,
) -> Point:
    drawn, inputs_in_batch = draw(extents), draw(counts)
    sizes = completed(drawn, operation.extents)

    def array(symbol: str, domain: Domain) -> Array:
        shape = operation.shape(symbol, sizes, inputs_in_batch)
        return draw(arrays_in(domain, shape, sizes, magnitude=magnitude))

    inputs = {symbol: array(symbol, operation.domain_of(symbol)) for symbol in operation.inputs}
    return Point(inputs, array(operation.output, Reals()), "drawn", inputs_in_batch)
