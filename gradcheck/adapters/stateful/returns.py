"""Which gradient is which in what a backward pass returns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, permutations
from typing import Any, NamedTuple

import numpy as np

from gradcheck.adapters.given import CodeError
from gradcheck.adapters.stateful.names import affinity
from gradcheck.adapters.stateful.pairs import Gradient
from gradcheck.adapters.stateful.places import Place, is_leaf

MOST_ORDERS = 4
"""All orders of up to four parameters are tried, where backward returns their gradients too."""


class Wanted(NamedTuple):
    """What a returned array may be the gradient of.

    Attributes
    ----------
    shapes : mapping of str to tuple
        Of the inputs and of the parameters.
    inputs : sequence of tuple of str
        The inputs for which backward may return gradients, the likeliest choice first.
    parameters : sequence of tuple of str
        Likewise.
    places : mapping of str to tuple of Place
        Where the parameters are.
    taken : collection of Place
        What the user named already, in what backward returns.
    """

    shapes: Mapping[str, tuple[int, ...]]
    inputs: Sequence[tuple[str, ...]]
    parameters: Sequence[tuple[str, ...]]
    places: Mapping[str, tuple[Place, ...]]
    taken: Collection[Place] = ()


def returned_gradients(returned: Any, wanted: Wanted) -> dict[str, Gradient]:
    """Assign what backward returned to inputs and parameters.

    Parameters
    ----------
    returned : object
        An array, a tuple or list of arrays, also nested, or a dictionary by names.
    wanted : Wanted
        What there is.

    Raises
    ------
    CodeError
        If there are more or fewer gradients than anything that they could belong to, or several
        orders are possible.
    """
    found = {p: value for p, value in _entries(returned) if p not in wanted.taken}
    by_name = {place: value for place, value in found.items() if _named(place)}
    gradients = _matched(by_name, wanted)
    by_order = {place: value for place, value in found.items() if place not in by_name}
    if any(value is not None for value in by_order.values()):
        order = _order(list(by_order.values()), wanted)
        gradients |= dict(zip(order, by_order, strict=True))
    return {symbol: Gradient(place, returned=True) for symbol, place in gradients.items()}


def _entries(value: Any, place: Place = Place()) -> Iterator[tuple[Place, Any]]:  # noqa: B008
    """Yield arrays, numbers and Nones in order."""
    if value is None or is_leaf(value):
        yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _entries(part, place.item(key))
    elif isinstance(value, (list, tuple)):
        for n, part in enumerate(value):
            yield from _entries(part, place.item(n))


def _named(place: Place) -> bool:
    return bool(place.names) and not place.names[-1].isdigit()


def _matched(found: Mapping[Place, Any], wanted: Wanted) -> dict[str, Place]:
    """Assign by names, the best matches first."""
    ranked = sorted(
        (
            (rank, symbol, place)
            for symbol in wanted.shapes
            for place in found
            if (rank := _rank(symbol, place, wanted)) is not None
        ),
        key=lambda match: match[0],
    )
    gradients: dict[str, Place] = {}
    for _, symbol, place in ranked:
        if symbol not in gradients and place not in gradients.values():
            gradients[symbol] = place
    return gradients


def _rank(symbol: str, place: Place, wanted: Wanted) -> int | None:
    """Tell how well a name that backward returned goes with an input or a parameter."""
    ways = [(symbol,), *(own.names for own in wanted.places.get(symbol, ()))]
    ranks = [affinity(names, ("grads", place.names[-1])) for names in ways]
    return min((rank for rank in ranks if rank is not None), default=None)


def _order(values: Sequence[Any], wanted: Wanted) -> tuple[str, ...]:
    """Return the symbols to which gradients belong that are known by their order only."""
    orders = list(dict.fromkeys(_orders(len(values), wanted)))
    if not orders:
        raise CodeError(_misfit(values, wanted))
    misfits = [_misfits(values, order, wanted) for order in orders]
    best = [order for order, n in zip(orders, misfits, strict=True) if n == min(misfits)]
    if best[0] != orders[0] and len([o for o in best if set(o) == set(best[0])]) > 1:
        raise CodeError(
            f"backward returns {len(values)} gradients that could be in the order "
            f"{', '.join(best[0])} or {', '.join(best[1])}: say which is which by "
            f"parameters={{'{best[0][-1]}': '[{len(values) - 1}]', ...}}"
        )
    return best[0]


def _orders(count: int, wanted: Wanted) -> Iterator[tuple[str, ...]]:
    """Yield the orders in which there may be so many gradients, the likeliest first."""
    for inputs in (*wanted.inputs, ()):
        for parameters in wanted.parameters:
            if len(inputs) + len(parameters) == count:
                ways = permutations(parameters) if count <= MOST_ORDERS + 1 else [parameters]
                yield from (tuple(chain(inputs, way)) for way in ways)


def _misfits(values: Sequence[Any], order: Sequence[str], wanted: Wanted) -> int:
    """Count the gradients that are missing or have another shape."""
    floating = {symbol for symbols in wanted.inputs[1:2] for symbol in symbols}
    return sum(
        symbol in floating if value is None else np.shape(value) != wanted.shapes[symbol]
        for value, symbol in zip(values, order, strict=True)
    )


def _misfit(values: Sequence[Any], wanted: Wanted) -> str:
    inputs = ", ".join(wanted.inputs[0])
    parameters = ", ".join(dict.fromkeys(chain.from_iterable(wanted.parameters)))
    return (
        f"backward returned {len(values)} gradient{'s' * (len(values) != 1)} for the inputs "
        f"({inputs}) and the parameters ({parameters or 'none'}): return one for each "
        f"floating-point input, or name those that have none, held=[{wanted.inputs[0][-1]!r}]"
    )
