"""What an oracle answers: a derivative with a bound on its error, or a reason for having none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class Recused(Exception):  # noqa: N818 - an oracle that steps back has made no error
    """An oracle does not apply here.

    Parameters
    ----------
    oracle : str
        The oracle that steps back, as reports name it.
    reason : str
        Why, in words for the user.

    """

    def __init__(self, oracle: str, reason: str) -> None:
        super().__init__(f"{oracle} does not apply: {reason}")
        self.oracle = oracle
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Estimate:
    """Derivatives, each with a bound on its absolute error.

    Every array has the shape of the input (``()`` for a single derivative) and holds float64.

    Attributes
    ----------
    value
        The derivatives; at a kink the mean of the two one-sided slopes; nan where unknown.
    error
        Bound on ``abs(value - true derivative)``; inf where the oracle cannot tell, and at kinks,
        where there is no derivative to be close to.
    oracle
        Name of the oracle.
    reason
        Why a stronger oracle did not apply or an error is infinite; empty if all is well.
    kink
        True where the slopes to the left and to the right differ.
    left, right
        The one-sided slopes. Equal to `value` where the function is smooth; nan on a side where
        the function is not defined, and on both sides where nothing is known.
    side_error
        Bound on the absolute error of `left` and of `right`: finite at kinks.

    """

    value: FloatArray
    error: FloatArray
    oracle: str
    reason: str
    kink: BoolArray
    left: FloatArray
    right: FloatArray
    side_error: FloatArray

    @classmethod
    def unknown(cls, oracle: str, reason: str) -> Estimate:
        """One derivative about which the oracle can say nothing, and why."""
        return cls.single(np.nan, np.inf, oracle, reason)

    @classmethod
    def at_kink(
        cls, left: float, right: float, side_error: float, oracle: str, reason: str
    ) -> Estimate:
        """Two slopes that differ: the mean as value, and no bound on its error."""
        mean = left / 2 + right / 2
        return cls.single(mean, np.inf, oracle, reason, kink=True, sides=(left, right, side_error))

    @classmethod
    def single(
        cls,
        value: float,
        error: float,
        oracle: str,
        reason: str = "",
        *,
        kink: bool = False,
        sides: tuple[float, float, float] | None = None,
    ) -> Estimate:
        """One derivative, of shape ``()``; `sides`: left slope, right slope and their error."""
        left, right, side_error = sides or (value, value, error)
        numbers = (np.asarray(v, dtype=np.float64) for v in (left, right, side_error))
        return cls(
            np.asarray(value, dtype=np.float64),
            np.asarray(error, dtype=np.float64),
            oracle,
            reason,
            np.asarray(kink),
            *numbers,
        )

    @classmethod
    def stacked(cls, parts: Mapping[int, Estimate], shape: tuple[int, ...]) -> Estimate:
        """Gather single derivatives, by flat index, into arrays of `shape`; the rest is unknown."""

        def gathered(name: str, missing: float) -> FloatArray:
            flat = np.full(math.prod(shape), missing)
            flat[list(parts)] = [getattr(part, name)[()] for part in parts.values()]
            return flat.reshape(shape)

        nan, inf = np.nan, np.inf
        return cls(
            value=gathered("value", nan),
            error=gathered("error", inf),
            oracle=", ".join(dict.fromkeys(part.oracle for part in parts.values())),
            reason=_reasons(parts, shape),
            kink=gathered("kink", 0.0) > 0,
            left=gathered("left", nan),
            right=gathered("right", nan),
            side_error=gathered("side_error", inf),
        )


def _reasons(parts: Mapping[int, Estimate], shape: tuple[int, ...]) -> str:
    """Each kind of reason once, with its count and an example: nobody reads ten thousand."""
    kinds: dict[str, list[int]] = {}
    for index, part in parts.items():
        if part.reason:
            kinds.setdefault(part.reason.split(":")[0], []).append(index)
    return "; ".join(
        f"{len(indices)} of {len(parts)} entries, first {_place(indices[0], shape)}: "
        f"{parts[indices[0]].reason}"
        for indices in kinds.values()
    )


def _place(index: int, shape: tuple[int, ...]) -> str:
    return str([int(i) for i in np.unravel_index(index, shape)])
