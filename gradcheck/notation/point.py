"""A point: the inputs at which derivatives are taken, and the cotangent that is pulled back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Point:
    """The inputs of an operation under their symbols, and a cotangent of its output.

    The arrays are copied and made read-only, so that no code under test can move the point.

    Parameters
    ----------
    inputs : mapping of str to array_like
        One array for each input symbol.
    cotangent : array_like
        ∂E/∂output, of the output's shape.
    label : str
        What a report calls this point.
    inputs_in_batch : int or None
        The number N of inputs that the activations hold one a row; None for a single input.

    Examples
    --------
    >>> point = Point({"x": [1.0, 2.0]}, cotangent=1.0)
    >>> point.inputs["x"].flags.writeable
    False
    """

    inputs: Mapping[str, Array]
    cotangent: Array
    label: str = ""
    inputs_in_batch: int | None = None

    def __post_init__(self) -> None:
        frozen = {symbol: _frozen(value) for symbol, value in self.inputs.items()}
        object.__setattr__(self, "inputs", MappingProxyType(frozen))
        object.__setattr__(self, "cotangent", _frozen(self.cotangent))


def _frozen(value: Any) -> Array:
    array = np.array(value)
    array.flags.writeable = False
    return array
