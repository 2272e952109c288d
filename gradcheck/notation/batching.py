"""What a batch means: N single inputs, their outputs stacked, parameter gradients summed.

This is the definition that the batch form of every operation is held against.  It works on
arrays of any arithmetic, so that dividing by N is exact where the arithmetic is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from gradcheck.notation.equation import BATCH, Form
from gradcheck.notation.operation import Operation, Values, delta


def evaluate(
    operation: Operation,
    form: Form,
    values: Values,
    wanted: Iterable[str],
    inputs_in_batch: int | None = None,
) -> dict[str, Any]:
    """Evaluate the output or gradients in one form, for a single input or a batch.

    The batch form takes a batch at once; the other forms take its inputs one by one, and their
    results are gathered as the definition of a batch says.

    Parameters
    ----------
    operation : Operation
        What is evaluated.
    form : str
        In which form.
    values : mapping of str to array
        Inputs and cotangent, of any arithmetic.
    wanted : iterable of str
        The output symbol, or gradients; for a single input any left-hand side.
    inputs_in_batch : int, optional
        The number of inputs of a batch; a single input if left out.
    """
    if inputs_in_batch is None or form == BATCH:
        return operation.evaluate(form, values, wanted)
    wanted = tuple(wanted)
    singles = [
        operation.evaluate(form, single, wanted)
        for single in split(operation, values, inputs_in_batch)
    ]
    return {symbol: gather(operation, symbol, [s[symbol] for s in singles]) for symbol in wanted}


def split(operation: Operation, values: Values, inputs_in_batch: int) -> list[dict[str, Any]]:
    """Return the values for each single input of a batch.

    The cotangent of a stacked output is taken row by row; that of a sum goes to every input,
    and that of a mean is divided by N.
    """
    return [
        {symbol: _of_input(operation, symbol, value, n, inputs_in_batch)
         for symbol, value in values.items()}
        for n in range(inputs_in_batch)
    ]  # fmt: skip


def gather(operation: Operation, symbol: str, singles: Sequence[Any]) -> Any:
    """Combine the results of the single inputs for one left-hand side: the output or a gradient."""
    if symbol == operation.output:
        if operation.batch == "stack":
            return np.stack(singles)
        return sum(singles) if operation.batch == "sum" else sum(singles) / len(singles)
    shared = symbol in map(delta, operation.parameters)
    return sum(singles) if shared else np.stack(singles)


def _of_input(operation: Operation, symbol: str, value: Any, n: int, inputs_in_batch: int) -> Any:
    if symbol == operation.cotangent and operation.batch == "mean":
        return value / inputs_in_batch
    row = symbol in operation.per_input or (
        symbol == operation.cotangent and operation.batch == "stack"
    )
    return value[n] if row else value
