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
    Line,
    NotLiftable,
    Undecided,
    lifted,
    midpoint,
    precision,
    to_balls,
)
from gradcheck.arithmetic.array import as_balls
from gradcheck.arithmetic.namespaces import Namespace, namespaces_of
from gradcheck.checks.budget import UNLIMITED, Budget, OutOfBudget
from gradcheck.notation import CODE, Form, Operation, Point, delta
from gradcheck.notation.batching import evaluate
from gradcheck.oracles.exact import EFFORTS, Effort, Path, Slope, glance, slope

Array: TypeAlias = NDArray[Any]
Directions: TypeAlias = Mapping[str, Array]

BITS = 200
"""60 decimal digits: whatever two formulas disagree in stands far above the rounding."""

MOST_BITS = 3200
"""A comparison that is open here, at 960 digits, is a tie."""

EXACT_BITS = 4400
"""The sum of any two doubles is exact: their exponents span 2,098 bits, and theirs are 53."""

CODE_WITNESS = "backward"
"""What a report calls code that has no forms."""

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
        An exact displacement from the origin, for evaluations in balls.
    origin : Evaluation, optional
        The evaluation that this one is displaced from.
    equal : Evaluation, optional
        A faster form that was found to be the same function.  It stands in where only the function
        matters and not the form: for slopes and for conditioning.
    budget : Budget
        Asked before every run of the code.
    entitlement : bool
        Whether to find out what rounding entitles every entry to, or only suspicious ones.
    """

    operation: Operation
    form: Form
    point: Point
    offset: Directions = field(default_factory=dict)
    origin: Evaluation | None = None
    equal: Evaluation | None = None
    budget: Budget = UNLIMITED
    entitlement: bool = True

    @property
    def witness(self) -> str:
        """What a report calls this form."""
        return CODE_WITNESS if self.form == CODE else f"{self.form} form"

    @property
    def function(self) -> Evaluation:
        """The form in which the function is evaluated where any form will do."""
        return self.equal or self

    def in_floats(self, wanted: Iterable[str]) -> dict[str, Array]:
        """Evaluate in the arithmetic of the point: what production computes.

        A quantity whose equation raises is NaN, and `failure` tells why.
        """
        wanted = tuple(wanted)
        if missing := [symbol for symbol in wanted if symbol not in self._in_floats]:
            values = {**self.point.inputs, self.operation.cotangent: self.point.cotangent}
            copies = {symbol: value.copy() for symbol, value in values.items()}
            try:
                with np.errstate(all="ignore"):  # infinities and NaNs are findings, not warnings
                    self._in_floats.update(self._evaluate(copies, missing))
            except OutOfBudget:
                raise
            except Exception as error:  # whatever the code under test raises is a finding
                self._raised(missing, error)
        return {symbol: self._in_floats[symbol] for symbol in wanted}

    def dtype_of(self, symbol: str) -> np.dtype[Any] | None:
        """Return the dtype of a quantity in floats; None where it was not evaluated."""
        known = symbol in self._in_floats and symbol not in self._failures
        return self._in_floats[symbol].dtype if known else None

    def failure(self, symbol: str) -> str:
        """Return what the form raises in place of a quantity; empty if it has a value."""
        self.in_floats((symbol,))
        return self._failures.get(symbol, "")

    def _raised(self, wanted: Sequence[str], error: Exception) -> None:
        """Find out which of the quantities raises: the others have values."""
        if len(wanted) > 1:
            for symbol in wanted:
                self.in_floats((symbol,))
        else:
            reason = f"{self.witness} raises {type(error).__name__}: {error}"
            self._failures[wanted[0]] = " ".join(reason.split())
            self._in_floats[wanted[0]] = np.array(np.nan)

    def run_in_floats(self) -> None:
        """Run the forward code once in floats, whatever was evaluated before."""
        with np.errstate(all="ignore"):
            self._evaluate(
                {s: x.copy() for s, x in self.point.inputs.items()}, (self.operation.output,)
            )

    def in_balls(self, wanted: Iterable[str], *, bits: int = BITS) -> dict[str, Any]:
        """Evaluate in balls of the given precision, or of more where comparisons ask for it.

        Raises
        ------
        NotLiftable, Undecided
            If balls cannot follow the code, or a comparison stays open at 3200 bits.
        """
        wanted = tuple(wanted)
        known = self._known.setdefault(bits, {})
        if missing := [symbol for symbol in wanted if symbol not in known]:
            known |= self._decided(missing, bits)
        return {symbol: known[symbol] for symbol in wanted}

    def _decided(self, wanted: Sequence[str], bits: int) -> dict[str, Any]:
        try:
            with precision(bits):
                return self._in_balls(self._lifted, wanted)
        except Undecided:
            if bits >= MOST_BITS:
                raise
            return self._decided(wanted, 2 * bits)

    def conditioning(self, wanted: Iterable[str]) -> dict[str, Array]:
        """Return how far each true value moves when the inputs move by half their last place.

        The largest change over some sets of random signs, in balls; zero where the moved point is
        one that balls cannot follow.
        """
        wanted = tuple(wanted)
        if missing := [symbol for symbol in wanted if symbol not in self._moves]:
            truths = self.in_balls(missing)
            changes = [self._changes(truths, offsets) for offsets in self.last_place_moves()]
            self._moves.update({s: np.fmax.reduce([c[s] for c in changes]) for s in missing})
        return {symbol: self._moves[symbol] for symbol in wanted}

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
        equal = self.equal and self.equal.displaced(offset)
        return replace(self, offset=offset, origin=self, equal=equal)

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
            with lifted(*self._bodies, reached=self._namespaces):  # once for all the runs
                self._slopes[key] = slope(self._along(directions), efforts=tuple(efforts))
        found: Slope = self._slopes[key]
        return found

    def glance(self, directions: Directions) -> Slope | None:
        """Return the slope along directions from three samples, if it is plainly smooth."""
        key = ("glance", *((symbol, v.tobytes()) for symbol, v in directions.items()))
        if key not in self._slopes:
            with lifted(*self._bodies, reached=self._namespaces):
                self._slopes[key] = glance(self._along(directions))
        found: Slope | None = self._slopes[key]
        return found

    @property
    def moving(self) -> dict[str, Array]:
        """The differentiable inputs and the cotangent: those that rounding moves."""
        values = {**self.point.inputs, self.operation.cotangent: self.point.cotangent}
        moving = (*self.operation.differentiable, self.operation.cotangent)
        return {s: values[s] for s in moving if values[s].dtype.kind == "f"}

    def moved(self, offsets: Directions) -> Evaluation:
        """Return the same form at inputs moved by offsets, in floats."""
        moved = {s: x + offsets[s] for s, x in self.moving.items() if s in offsets}
        cotangent = moved.pop(self.operation.cotangent, self.point.cotangent)
        inputs = {**self.point.inputs, **moved}
        return replace(self, point=replace(self.point, inputs=inputs, cotangent=cotangent))

    def _along(self, directions: Directions) -> Path:
        """Return t -> <cotangent, output at the point + t directions>, in balls."""
        lines = {s: Line(self._lifted[s], v) for s, v in directions.items()}
        output, cotangent = self.operation.output, self._lifted[self.operation.cotangent]

        def path(t: Ball) -> Any:
            moved = {s: line.at(t) for s, line in lines.items()}
            value = self._in_balls({**self._lifted, **moved}, (output,))[output]
            return (cotangent * value).sum()

        return path

    # What was evaluated already: a scalar form of a net on real data takes seconds.

    @cached_property
    def _bodies(self) -> tuple[Any, ...]:
        """The functions that will run, so that their modules get buffers of balls."""
        return tuple(equation[self.form] for equation in self.operation.equations.values())

    @cached_property
    def _namespaces(self) -> list[Namespace]:
        """Where the names of NumPy stand that these functions see."""
        return self.origin._namespaces if self.origin else namespaces_of(self._bodies)

    @cached_property
    def _in_floats(self) -> dict[str, Array]:
        return {}

    @cached_property
    def _failures(self) -> dict[str, str]:
        return {}

    @cached_property
    def _slopes(self) -> dict[Any, Any]:
        return {}

    @cached_property
    def _moves(self) -> dict[str, Array]:
        return {}

    @cached_property
    def _known(self) -> dict[int, dict[str, Any]]:
        """By precision."""
        return {}

    @cached_property
    def _lifted(self) -> dict[str, Any]:
        if self.origin is None:
            values = {**self.point.inputs, self.operation.cotangent: self.point.cotangent}
            return {symbol: to_balls(value) for symbol, value in values.items()}
        start = self.origin._lifted
        with precision(EXACT_BITS):
            moved = {s: Line(start[s], v).at(Ball(1)) for s, v in self.offset.items()}
        return {**start, **moved}

    def _in_balls(self, values: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
        copies = {symbol: value.copy() for symbol, value in values.items()}
        try:
            with lifted(*self._bodies, reached=self._namespaces):
                results = self._evaluate(copies, wanted)
        except (NotLiftable, Undecided, OutOfBudget):
            raise
        except Exception as error:  # code of strangers may take a ball amiss in any way
            raise NotLiftable(f"on balls it raises {type(error).__name__}: {error}") from error
        return {symbol: as_balls(result) for symbol, result in results.items()}

    def _evaluate(self, values: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
        self.budget.check()
        return evaluate(self.operation, self.form, values, wanted, self.point.inputs_in_batch)


def gradients(operation: Operation) -> tuple[str, ...]:
    """Return the names of all gradients of an operation, in the order of its inputs."""
    return tuple(delta(symbol) for symbol in operation.differentiable)
