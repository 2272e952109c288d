"""Which NumPy function has which counterpart in balls; whatever has none is refused by name.

`Ball` and `BallArray` send every ufunc and every array function of NumPy here. The modules
`elementwise`, `reductions`, `products`, `structure` and so on enter their counterparts in the
two tables. A name that nobody entered is refused: nothing runs in balls that was not tested there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from gradcheck.arithmetic.errors import NotLiftable

Counterpart = Callable[..., Any]
CounterpartT = TypeVar("CounterpartT", bound=Counterpart)

FUNCTIONS: dict[Any, Counterpart] = {}
"""NumPy function -> function of the same signature that takes and returns balls."""

UFUNCS: dict[str, Counterpart] = {}
"""Name of a ufunc of NumPy or SciPy -> function (method, inputs, keywords) -> result."""

OF_PYTHON = "frompyfunc"
"""The entry of `UFUNCS` for the ufuncs that np.frompyfunc and np.vectorize make."""

REASONS: dict[str, str] = {}
"""Name of a function -> why it is refused, and the cure."""

UNTESTED = "it has no counterpart in balls; write it with elementary NumPy functions"


def implements(*functions: Any) -> Callable[[CounterpartT], CounterpartT]:
    """Enter the decorated function as the counterpart of `functions`."""

    def enter(counterpart: CounterpartT) -> CounterpartT:
        FUNCTIONS.update(dict.fromkeys(functions, counterpart))
        return counterpart

    return enter


def apply_function(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Run the counterpart of a NumPy function, as `__array_function__` asks for.

    Raises
    ------
    NotLiftable
        If the function has none.
    """
    counterpart = FUNCTIONS.get(function)
    if counterpart is None:
        raise refusal(function)
    return counterpart(*args, **kwargs)


def apply_ufunc(ufunc: np.ufunc, method: str, inputs: Any, kwargs: dict[str, Any]) -> Any:
    """Run the counterpart of a ufunc, as `__array_ufunc__` asks for.

    Raises
    ------
    NotLiftable
        If the ufunc has none.
    """
    counterpart = UFUNCS.get(ufunc.__name__)
    if counterpart is not None:
        return counterpart(method, inputs, kwargs)
    if set("".join(ufunc.types)) == set("O->"):
        return UFUNCS[OF_PYTHON](ufunc, method, inputs, kwargs)
    raise refusal(ufunc)


def refusal(function: Any) -> NotLiftable:
    """Make the error for a function that has no counterpart."""
    name = function.__name__
    home = str(getattr(function, "__module__", None) or "numpy").removesuffix("._core.umath")
    return NotLiftable(f"{home}.{name} on balls: {REASONS.get(name, UNTESTED)}")
