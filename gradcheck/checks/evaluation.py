"""Running one form of an operation at a point: in floats, in balls, and along a path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gradcheck.arithmetic import (
    Ball,
    NotLiftable,
    Undecided,
    lifted,
    midpoint,
    precision,
    to_balls,
)
from gradcheck.notation import Form, Operation, Point, delta
from gradcheck.notation.batching import evaluate
from gradcheck.oracles.exact import EFFORTS, Effort, Path, Slope, slope

Array: TypeAlias = NDArray[Any]
Directions: TypeAlias = Mapping[str, Array]

BITS = 200
"""60 decimal digits: whatever two formulas disagree in stands far above the rounding."""

EXACT_BITS = 4400
"""The sum of any two doubles is exact: their exponents span 2,098 bits, and theirs are 53."""

SIGN_DRAWS = 4
"""Sets of random signs: with four, an effect of typical size is seen at every entry."""

SIGNS_SEED = 0
"""No seed of the user's: the signs decide no verdict, they scale an error bar."""


@dataclass(eq=False)
class Evaluation:
    """One form of an operation at a point.

    Attributes
    ----------
    operation : Operation
        What is evaluated.
    form : str
        In which form.
    point : Point
        Where.
    offset : mapping of str to ndarray
        An exact displacement from the point, for evaluations in balls.
    equal : Evaluation, optional
        A faster form that was found to be the same function.  It stands in where only the function
        matters and not the form: for slopes and for conditioning.
    """

    operation: Operation
    form: Form
    point: Point
    offset: Directions = field(default_factory=dict)
    equal: Evaluation | None = None

    @property
    def witness(self) -> str:
        """What a report calls this form."""
        return f"{self.form} form"

    @property
    def function(self) -> Evaluation:
        """The form in which the function is evaluated where any form will do."""
        return self.equal or self

    def in_floats(self, wanted: Iterable[str]) -> dict[str, Array]:
        """Evaluate in the arithmetic of the point: what production computes.

        A form that raises an arithmetic error (Python's own 1/0 does) gives NaN.
        """
        wanted = tuple(wanted)
        if missing := [symbol for symbol in wanted if symbol not in self._in_floats]:
            values = {**self.point.inputs, self.operation.cotangent: self.point.cotangent}
            copies = {symbol: value.copy() for symbol, value in values.items()}
            try:
                with np.errstate(all="ignore"):  # infinities and NaNs are findings, not warnings
                    self._in_floats.update(self._evaluate(copies, missing))
            except ArithmeticError:
                self._in_floats.update(dict.fromkeys(missing, np.array(np.nan)))
        return {symbol: self._in_floats[symbol] for symbol in wanted}

    def in_balls(self, wanted: Iterable[str], *, bits: int = BITS) -> dict[str, Any]:
        """Evaluate in balls of the given precision.

        Raises
        ------
        NotLiftable, Undecided
            If balls cannot follow the code, or a comparison stays open at this precision.
        """
        wanted = tuple(wanted)
        known = self._known.setdefault(bits, {})
        if missing := [symbol for symbol in wanted if symbol not in known]:
            with precision(bits):
                known |= self._in_balls(self._lifted, missing)
        return {symbol: known[symbol] for symbol in wanted}

    def conditioning(self, wanted: Iterable[str]) -> dict[str, Array]:
        """Return how far each true value moves when the inputs move by half their last place.

        The largest change over some sets of random signs, in balls; zero where the moved point is
        one that balls cannot follow.
        """
        wanted = tuple(wanted)
        if wanted not in self._moves:
            truths = self.in_balls(wanted)
            changes = [self._changes(truths, offsets) for offsets in self.last_place_moves()]
            self._moves[wanted] = {s: np.fmax.reduce([c[s] for c in changes]) for s in wanted}
        return self._moves[wanted]

    def last_place_moves(self) -> Iterator[dict[str, Array]]:
        """Yield offsets of half a unit in the last place, with random signs, for every input."""
        rng = np.random.default_rng(SIGNS_SEED)
        for _ in range(SIGN_DRAWS):
            yield {
                symbol: np.spacing(np.abs(value)) / 2 * rng.choice((-1.0, 1.0), size=value.shape)
                for symbol, value in self.moving.items()
            }

    def displaced(self, offset: Directions) -> Evaluation:
        """Return the same form at an exact displacement from the point."""
        return replace(self, offset=offset, equal=self.equal and self.equal.displaced(offset))

    def _changes(self, truths: Mapping[str, Any], offset: Directions) -> dict[str, Array]:
        try:
            moved = self.displaced(offset).in_balls(truths)
            with precision(BITS):
                return {s: np.abs(midpoint(to_balls(moved[s] - truths[s]))) for s in truths}
        except (NotLiftable, Undecided, ArithmeticError):
            return {s: np.zeros(np.shape(truths[s])) for s in truths}

    def slope(self, directions: Directions, efforts: Sequence[Effort] = EFFORTS) -> Slope:
        """Return the slope of <cotangent, output> along directions, in balls."""
        key = (tuple(efforts), *((symbol, v.tobytes()) for symbol, v in directions.items()))
        if key not in self._slopes:
            self._slopes[key] = slope(self._along(directions), efforts=tuple(efforts))
        return self._slopes[key]

    @property
    def moving(self) -> dict[str, Array]:
        """The differentiable inputs: those that rounding moves."""
        moving = self.operation.differentiable
        return {s: x for s, x in self.point.inputs.items() if s in moving and x.dtype.kind == "f"}

    def moved(self, offsets: Directions) -> Evaluation:
        """Return the same form at inputs moved by offsets, in floats."""
        moved = {s: x + offsets[s] for s, x in self.moving.items() if s in offsets}
        inputs = {**self.point.inputs, **moved}
        return replace(self, point=replace(self.point, inputs=inputs))

    def _along(self, directions: Directions) -> Path:
        """Return t -> <cotangent, output at the point + t directions>, in balls."""
        lifted_directions = {s: to_balls(v) for s, v in directions.items()}
        output, cotangent = self.operation.output, self._lifted[self.operation.cotangent]

        def path(t: Ball) -> Any:
            moved = {s: self._lifted[s] + t * v for s, v in lifted_directions.items()}
            value = self._in_balls({**self._lifted, **moved}, (output,))[output]
            return (cotangent * value).sum()

        return path

    # What was evaluated already: a scalar form of a net on real data takes seconds.

    @cached_property
    def _in_floats(self) -> dict[str, Array]:
        return {}

    @cached_property
    def _slopes(self) -> dict[Any, Slope]:
        return {}

    @cached_property
    def _moves(self) -> dict[tuple[str, ...], dict[str, Array]]:
        return {}

    @cached_property
    def _known(self) -> dict[int, dict[str, Any]]:
        """By precision."""
        return {}

    @cached_property
    def _lifted(self) -> dict[str, Any]:
        values = {**self.point.inputs, self.operation.cotangent: self.point.cotangent}
        lifted_values = {symbol: to_balls(value) for symbol, value in values.items()}
        with precision(EXACT_BITS):
            moved = {s: lifted_values[s] + to_balls(v) for s, v in self.offset.items()}
        return {**lifted_values, **moved}

    def _in_balls(self, values: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
        with lifted():
            results = self._evaluate(values, wanted)
        return {symbol: to_balls(result) for symbol, result in results.items()}

    def _evaluate(self, values: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
        return evaluate(self.operation, self.form, values, wanted, self.point.inputs_in_batch)


def gradients(operation: Operation) -> tuple[str, ...]:
    """Return the names of all gradients of an operation, in the order of its inputs."""
    return tuple(delta(symbol) for symbol in operation.differentiable)
