"""A time limit for every run of a layer, whatever arithmetic or oracle asks for it.

Only the code under test is interrupted: what surrounds it has names and precisions to put back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from gradcheck.checks.budget import Budget, OutOfBudget
from gradcheck.checks.time_limit import interrupted_by
from gradcheck.notation.layer import Array, Layer, Session, Values


class TimePassed(BaseException):
    """The time for a candidate is over.

    Not `OutOfBudget`, of which the check of the gradient makes an inconclusive finding: here a
    candidate that was not finished says nothing at all.
    """


def limited(layer: Layer, budget: Budget) -> Layer:
    """Return a layer whose runs raise `TimePassed` once the time is over.

    Examples
    --------
    >>> import numpy as np
    >>> from gradcheck.adapters.recognition import layer
    >>> double = layer(lambda x: 2 * x, lambda dout, x: 2 * dout, [np.ones(3)])
    >>> limited(double, Budget(60.0)).start().forward(double.values)
    array([2., 2., 2.])
    """
    return replace(layer, start=lambda: _Limited(layer.start(), budget))


class _Limited(Session):
    """A session that ends when the time is over, also in the middle of a run."""

    def __init__(self, session: Session, budget: Budget) -> None:
        self._session, self._budget = session, budget

    def forward(self, values: Values) -> Any:
        return self._in_time(self._session.forward, values)

    def backward(self, cotangent: Any) -> Mapping[str, Any]:
        gradients: Mapping[str, Any] = self._in_time(self._session.backward, cotangent)
        return gradients

    def gradients(self, values: Values, cotangent: Any) -> Mapping[str, Any]:
        gradients: Mapping[str, Any]
        gradients = self._in_time(self._session.gradients, values, cotangent)
        return gradients

    def memory(self) -> Mapping[str, Array]:
        return self._session.memory()

    def _in_time(self, function: Callable[..., Any], *arguments: Any) -> Any:
        try:
            self._budget.check()
            with interrupted_by(self._budget):
                return function(*arguments)
        except OutOfBudget as reason:
            raise TimePassed(str(reason)) from reason
