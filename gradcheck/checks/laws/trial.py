"""What a law looks at: a layer, and the same layer as an operation at a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.finding import LAW, Finding, Verdict
from gradcheck.notation.layer import Layer


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
    def cotangent(self) -> Any:
        """A fresh copy of the cotangent."""
        return self.evaluation.point.cotangent.copy()

    def values(self) -> dict[str, Any]:
        """Return fresh copies of the example values."""
        return {symbol: value.copy() for symbol, value in self.layer.values.items()}

    def finding(
        self, law: str, quantity: str, verdict: Verdict, note: str, **columns: Any
    ) -> Finding:
        """Return a finding of a law on one quantity: a gradient, an input or the output."""
        return Finding(
            operation=self.layer.name,
            point=self.evaluation.point.label,
            check=law,
            quantity=quantity,
            candidate="code",
            reference=LAW,
            verdict=verdict,
            note=note,
            **columns,
        )
