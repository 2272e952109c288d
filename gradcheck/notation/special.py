"""Functions that NumPy lacks, entry by entry on arrays of any arithmetic, for matrix forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.notation import scalar
from gradcheck.notation.scalar import Number


def _entrywise(function: Callable[[Number], Number]) -> Callable[[Any], Any]:
    """Return the function of one number as a function of arrays, which keeps their dtype."""
    of_objects = np.frompyfunc(function, 1, 1)

    def on_arrays(x: Any) -> Any:
        values = of_objects(x)
        return values.astype(x.dtype) if isinstance(values, np.ndarray) else values

    on_arrays.__name__ = on_arrays.__qualname__ = function.__name__
    on_arrays.__doc__ = f"Return {function.__name__}(x) for every entry of an array."
    return on_arrays


ndtr = _entrywise(scalar.ndtr)
