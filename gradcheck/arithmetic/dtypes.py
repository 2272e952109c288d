"""What NumPy answers about the dtype of balls: that of float64, for which they stand."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.arithmetic.array import BallArray
from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.dispatch import implements

_FLOAT64 = np.dtype(np.float64)


def _stands_for(value: Any) -> Any:
    return _FLOAT64 if isinstance(value, (Ball, BallArray)) else value


@implements(np.result_type)
def result_type(*arrays_and_dtypes: Any) -> np.dtype[Any]:
    """Promote the dtypes."""
    return np.result_type(*map(_stands_for, arrays_and_dtypes))


@implements(np.can_cast)
def can_cast(from_: Any, to: Any, casting: Any = "safe") -> bool:
    """Tell whether the cast is allowed."""
    return np.can_cast(_stands_for(from_), to, casting)


@implements(np.common_type)
def common_type(*_: Any) -> type:
    """Give float64."""
    return np.float64


@implements(np.iscomplexobj)
def iscomplexobj(_: Any) -> bool:
    """Balls are real."""
    return False


@implements(np.isrealobj)
def isrealobj(_: Any) -> bool:
    """Balls are real."""
    return True
