"""What a law looks at: a layer, and the same layer as an operation at a point."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.laws.entitlement import entitlement
from gradcheck.checks.laws.runs import Run, backward, forward, started
from gradcheck.notation import delta
from gradcheck.notation.layer import Layer, Values
from gradcheck.notation.randomness import generators_held, generators_of

EVERYTHING = "all gradients"
"""The quantity of a finding that speaks of the output and of every gradient at once."""


@dataclass(frozen=True, eq=False)
class Trial:
    """A layer, and the evaluation of its operation at its example.

    Attributes
    ----------
    layer : Layer
        For what needs runs of the code itself: its state, its memory, the arrays it is handed.
    evaluation : Evaluation
        For what needs values, in floats or in balls.
    """

    layer: Layer
    evaluation: Evaluation

    @property
    def output(self) -> str:
        """The symbol of the output."""
        return self.evaluation.operation.output

    @property
    def gradients(self) -> dict[str, str]:
        """The names of the gradients, and the symbols whose they are."""
        return {delta(symbol): symbol for symbol in self.layer.differentiable}

    @property
    def cotangent(self) -> Any:
        """A fresh copy of the cotangent."""
        return self.evaluation.point.cotangent.copy()

    def values(self) -> dict[str, Any]:
        """Return fresh copies of the example values, each in C order."""
        return {symbol: value.copy() for symbol, value in self.layer.values.items()}

    def other_values(self) -> dict[str, Any]:
        """Return values that are a little smaller, so that most of them stay in any domain."""
        return {symbol: _smaller(value) for symbol, value in self.values().items()}

    @cached_property
    def first(self) -> Run:
        """One run at the example, with which others are compared."""
        return self.run(self.values(), self.cotangent)

    @cached_property
    def rounding(self) -> Mapping[str, float]:
        """What rounding may change in each quantity at the example, in its largest entry."""
        return entitlement(self.run, self.values(), self.cotangent)

    def run(self, values: Values, cotangent: Any, *, seed: int = 0) -> Run:
        """Go forward and back once, in a session of its own.

        Parameters
        ----------
        values : mapping of str to ndarray
            The very arrays that the code is handed.
        cotangent : ndarray
            Likewise.
        seed : int
            Where the random generators begin.

        Raises
        ------
        Raised
            If the code raises.
        OutOfBudget
            If there is no time left.
        """
        began = time.monotonic()
        with self.running(seed):
            session = started(self.layer)
            output = forward(session, values).copy()  # backward may write into it
            found = backward(session, cotangent, self.layer.differentiable)
            copies = {self.output: output, **{name: np.array(g) for name, g in found.items()}}
        return Run(copies, time.monotonic() - began)

    @contextmanager
    def running(self, seed: int = 0) -> Iterator[None]:
        """Hold the generators that the code draws from, and silence its warnings.

        What is not finite is a finding of the derivative, and no warning.
        """
        self.evaluation.budget.check()
        with generators_held(seed, self._generators), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with np.errstate(all="ignore"):
                yield

    @cached_property
    def _generators(self) -> tuple[Any, ...]:
        return generators_of(self.layer.code)

    def holds(self, law: str, note: str = "", quantity: str = EVERYTHING) -> Finding:
        """Return the finding that the layer obeys a law."""
        return self.finding(law, quantity, Verdict.AGREE, note)

    def finding(
        self, law: str, quantity: str, verdict: Verdict, note: str, **columns: Any
    ) -> Finding:
        """Return a finding of a law on one quantity: a gradient, an input or the output."""
        columns = {"candidate": "code", "reference": "law", **columns}
        return Finding(
            operation=self.layer.name,
            point=self.evaluation.point.label,
            check=law,
            quantity=quantity,
            verdict=verdict,
            note=note,
            **columns,
        )


def _smaller(value: Any) -> Any:
    return np.asarray(value * value.dtype.type(63 / 64)) if value.dtype.kind == "f" else value
