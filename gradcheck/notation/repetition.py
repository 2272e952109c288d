"""The same operation for every row: a layer at each step of a sequence, attention in each head.

The rows of one input are to the repeated operation what the inputs of a batch are to the original:
its batch form is the matrix form of the repetition, and its scalar form row by row the scalar one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gradcheck.notation.equation import BATCH, MATRIX, SCALAR, Body, Equation, stating
from gradcheck.notation.errors import NotationError
from gradcheck.notation.nesting import summed
from gradcheck.notation.operation import Operation, delta
from gradcheck.notation.signature import Signature


def for_each(operation: Operation, dim: str, *, name: str = "") -> Operation:
    """Apply an operation to every row along a new first dimension of its activations.

    Parameters and shared constants are common to all rows, and their gradients are summed.  A loss
    that is summed or averaged over the inputs of a batch is summed or averaged over rows.

    Parameters
    ----------
    operation : Operation
        With a batch form.  Quantities that it introduces under `where` hold one row an input there.
    dim : str
        What the new dimension is called.
    name : str, optional
        What the repetition is called; ``"dense for each t"``, say, if left out.

    Raises
    ------
    NotationError
        If there is no batch form, the dimension exists already, or an equation uses the gradient
        of a parameter, which is known only when all rows are summed.

    Examples
    --------
    >>> from reference_nets import dense
    >>> print(for_each(dense, "t"))
    dense for each t: z(w, a, b), (k,i),(t,i),(k)->(t,k)
    >>> for_each(dense, "t")([[2.0]], [[1.0], [3.0]], [0.5]).tolist()
    [[2.5], [6.5]]
    """
    _check(operation, dim)
    rows = _symbols_with_rows(operation)
    repeated = {
        symbol: _repeated(operation, equation, rows, dim)
        for symbol, equation in operation.equations.items()
    }
    return Operation(
        name or f"{operation.name} for each {dim}",
        Signature(
            tuple(_dims(operation, symbol, rows, dim) for symbol in operation.inputs),
            _dims(operation, operation.output, rows, dim),
        ),
        repeated[operation.output],
        [repeated[equation.name] for equation in operation.gradients],
        where=[repeated[equation.name] for equation in operation.where],
        inputs=operation.inputs,
        parameters=operation.parameters,
        constants=operation.constants,
        shared=operation.shared,
        domain=operation.domain,
        batch=operation.batch,
        extents=operation.extents,
        usual_sizes=operation.usual_sizes,
    )


def _check(operation: Operation, dim: str) -> None:
    if BATCH not in operation.forms:
        raise NotationError(
            f"for_each({operation.name}, {dim!r}): {operation.name} has no batch form to treat "
            f"rows with: add one to each of its equations"
        )
    if dim in operation.signature.names:
        raise NotationError(
            f"for_each({operation.name}, {dim!r}): {operation.signature} has a dimension {dim} "
            f"already: call the new one by another name"
        )
    sums = {*map(delta, operation.parameters)}
    for equation in operation.equations.values():
        for symbol in sums.intersection(equation.parameters):
            raise NotationError(
                f"for_each({operation.name}, {dim!r}): {equation.name} uses {symbol}, which is "
                f"a sum over all rows: write {equation.name} without it"
            )


def _symbols_with_rows(operation: Operation) -> set[str]:
    """Return the symbols of which there is one value a row; the others are common to all."""
    rows = {*operation.per_input}
    if operation.batch == "stack":
        rows.add(operation.cotangent)
    for symbol, equation in operation.equations.items():
        if rows.intersection(equation.parameters) and symbol not in _reduced(operation):
            rows.add(symbol)
    return rows


def _reduced(operation: Operation) -> set[str]:
    """Return the symbols that are gathered from all rows into one value."""
    reduced = {*map(delta, operation.parameters)}
    return reduced if operation.batch == "stack" else {*reduced, operation.output}


def _dims(operation: Operation, symbol: str, rows: set[str], dim: str) -> tuple[str | int, ...]:
    own = tuple(operation.dims(symbol))
    return (dim, *own) if symbol in rows else own


def _repeated(operation: Operation, equation: Equation, rows: set[str], dim: str) -> Equation:
    if not rows.intersection(equation.parameters):
        return equation
    how = "summed over" if equation.name in _reduced(operation) else "for each"
    note = rf" \quad \text{{{how} }} {dim}"
    bodies = {
        SCALAR: _row_by_row(operation, equation, rows),
        MATRIX: _all_rows(equation[BATCH]),
        BATCH: _rows_of_all_inputs(operation, equation, rows),
    }
    of_original = {SCALAR: SCALAR, MATRIX: BATCH, BATCH: BATCH}
    stated = {
        form: stating(equation.formula(of_original[form]) + note, body)
        for form, body in bodies.items()
    }
    return replace(equation, forms=stated)


def _row_by_row(operation: Operation, equation: Equation, rows: set[str]) -> Body:
    """Loop over rows; a mean divides by their number, and so does its cotangent."""
    one, parameters = equation[SCALAR], equation.parameters
    shared_out = operation.cotangent if operation.batch == "mean" else None
    divided = operation.batch == "mean" and equation.name == operation.output

    def scalar(*values: Any) -> Any:
        count = next(len(v) for s, v in zip(parameters, values, strict=True) if s in rows)

        def of_row(symbol: str, value: Any, t: int) -> Any:
            if symbol == shared_out:
                return value / count
            return value[t] if symbol in rows else value

        each = [one(*map(of_row, parameters, values, [t] * len(values))) for t in range(count)]
        if equation.name not in _reduced(operation):
            return each
        return summed(each) / count if divided else summed(each)

    return scalar


def _all_rows(batch: Body) -> Body:
    def matrix(*values: Any) -> Any:
        return batch(*values)

    return matrix


def _rows_of_all_inputs(operation: Operation, equation: Equation, rows: set[str]) -> Body:
    """Lay the rows of all inputs of a batch under each other, and part the results again."""
    all_rows, parameters = equation[BATCH], equation.parameters
    parted = equation.name not in _reduced(operation)

    def batch(*values: Any) -> Any:
        pairs = list(zip(parameters, values, strict=True))
        leading = next(value.shape[:2] for symbol, value in pairs if symbol in rows)
        laid = [v.reshape(-1, *v.shape[2:]) if s in rows else v for s, v in pairs]
        result = all_rows(*laid)
        return result.reshape(*leading, *result.shape[1:]) if parted else result

    return batch
