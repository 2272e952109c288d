"""What an operation refuses: declarations that contradict themselves, inputs that do not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gradcheck.notation.errors import NotationError, PointError

if TYPE_CHECKING:
    from gradcheck.notation.operation import Operation
    from gradcheck.notation.point import Array


def check_declaration(operation: Operation) -> None:
    """Refuse a declaration that contradicts itself.

    Raises
    ------
    NotationError
        Naming the operation, the offending symbol and the cure.
    """
    for complaint in _complaints(operation):
        raise NotationError(f"operation {operation.name}: {complaint}")


def check_inputs(
    operation: Operation, inputs: Sequence[Any], *, in_batch: bool = False
) -> dict[str, Array]:
    """Return the inputs as arrays under their symbols.

    Raises
    ------
    PointError
        If there are too many or too few, or a shape, a dtype or a value does not fit.
    """
    if len(inputs) != len(operation.inputs):
        raise PointError(
            f"{operation.name} takes {len(operation.inputs)} inputs "
            f"({', '.join(operation.inputs)}), but was given {len(inputs)}"
        )
    values = {
        symbol: _as_array(operation, symbol, value)
        for symbol, value in zip(operation.inputs, inputs, strict=True)
    }
    _check_values(operation, values, in_batch=in_batch)
    return values


def check_cotangent(
    operation: Operation, cotangent: Any, values: Mapping[str, Array], *, in_batch: bool = False
) -> Array:
    """Return the cotangent as an array of the output's shape, for inputs that have been checked.

    Raises
    ------
    PointError
        If the cotangent has another shape than the output, or does not hold real numbers.
    """
    array = _as_array(operation, operation.cotangent, cotangent)
    inputs_in_batch = _inputs_in_batch(operation, values) if in_batch else None
    sizes = operation.sizes(values, in_batch=in_batch)
    if array.shape != (shape := operation.shape(operation.output, sizes, inputs_in_batch)):
        raise PointError(
            f"{operation.name}: {operation.cotangent} has shape {array.shape}, but the output "
            f"{operation.output} has shape {shape}: give one number for each entry of the output"
        )
    return array


def _inputs_in_batch(operation: Operation, values: Mapping[str, Array]) -> int | None:
    """Return how many inputs a batch holds: the rows of each input that is not shared."""
    rows: dict[str, int] = {}
    for symbol in operation.per_input:
        if not values[symbol].ndim:
            raise PointError(f"{symbol} is a single number: a batch holds one input a row")
        rows[symbol] = len(values[symbol])
    if len(set(rows.values())) > 1:
        counts = ", ".join(f"{symbol} has {count}" for symbol, count in rows.items())
        raise PointError(f"{counts} rows: a batch holds one input a row, so make them agree")
    return next(iter(rows.values()), None)


def _check_values(operation: Operation, values: dict[str, Array], *, in_batch: bool) -> None:
    try:
        if in_batch:
            _inputs_in_batch(operation, values)
        sizes = operation.sizes(values, in_batch=in_batch)
    except PointError as error:
        raise PointError(f"{operation.name}: {error}") from None
    for symbol, value in values.items():
        domain = operation.domain_of(symbol)
        if violation := domain.violation(value, sizes):
            raise PointError(f"{operation.name}: {symbol} ({domain}): {symbol}{violation}")


def _as_array(operation: Operation, symbol: str, value: Any) -> Array:
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.empty((), dtype=object)
    if array.dtype.kind not in "fiub":
        raise PointError(
            f"{operation.name}: {symbol} = {value!r} is not an array of real numbers: "
            f"give nested lists of equal lengths, or an array of floats"
        )
    is_real = symbol == operation.cotangent or operation.domain_of(symbol).is_real
    wants_float = is_real and array.dtype.kind != "f"
    return array.astype(np.float64) if wants_float else array


def _complaints(operation: Operation) -> Iterable[str]:
    """Yield what is wrong, the most basic first: later checks rely on earlier ones."""
    yield from _wrong_signature(operation)
    yield from _wrong_roles(operation)
    yield from _wrong_names(operation)
    yield from _wrong_gradients(operation)
    yield from _wrong_symbols(operation)
    yield from _wrong_forms(operation)


def _wrong_signature(operation: Operation) -> Iterable[str]:
    declared, inputs = len(operation.signature.inputs), operation.inputs
    if declared != len(inputs):
        yield (
            f"the signature {operation.signature} has {declared} inputs, but there are "
            f"{len(inputs)} ({', '.join(inputs)}): give each input its dimensions"
        )
    if operation.batch not in ("stack", "sum", "mean"):
        yield f"batch={operation.batch!r} is none of 'stack', 'sum', 'mean'"


def _wrong_roles(operation: Operation) -> Iterable[str]:
    for role in ("parameters", "constants", "shared", "domain"):
        for symbol in getattr(operation, role):
            if symbol not in operation.inputs:
                yield (
                    f"{role} names {symbol}, which is no input; "
                    f"its inputs are {', '.join(operation.inputs)}"
                )
    for symbol in operation.constants:
        if symbol in operation.parameters:
            yield f"{symbol} is a parameter and a constant: it can be only one"
    for symbol in operation.shared:
        if symbol not in operation.constants:
            yield f"shared names {symbol}, which is no constant: parameters always are shared"
    for symbol, domain in operation.domain.items():
        if not domain.is_real and symbol not in operation.constants:
            yield f"{symbol} ({domain}) has no derivative: declare it as a constant"


def _wrong_names(operation: Operation) -> Iterable[str]:
    equations = [*operation.where, operation.forward, *operation.gradients]
    names = [*operation.inputs, operation.cotangent, *(equation.name for equation in equations)]
    for name, count in Counter(names).items():
        if count > 1:
            yield f"the name {name} is used {count} times: every symbol needs its own"


def _wrong_gradients(operation: Operation) -> Iterable[str]:
    written = [equation.name for equation in operation.gradients]
    for symbol in operation.differentiable:
        if f"delta_{symbol}" not in written:
            yield (
                f"no gradient equation for {symbol}: write delta_{symbol}, "
                f"or declare {symbol} as a constant"
            )
    for name in written:
        if name not in [f"delta_{symbol}" for symbol in operation.differentiable]:
            differentiable = ", ".join(operation.differentiable) or "none"
            yield (
                f"the gradient equation {name} belongs to no differentiable input "
                f"({differentiable}): remove it, or put an intermediate quantity into where"
            )


def _wrong_symbols(operation: Operation) -> Iterable[str]:
    where = {equation.name for equation in operation.where}
    for_forward = {*operation.inputs, *where}
    for_others = {*for_forward, operation.output, operation.cotangent}
    for_others |= {equation.name for equation in operation.gradients}
    for equation in (*operation.where, operation.forward, *operation.gradients):
        known = for_forward if equation is operation.forward else for_others
        for symbol in equation.parameters:
            if symbol not in known:
                yield (
                    f"equation {equation.name} uses the unknown symbol {symbol}; "
                    f"known are {', '.join(sorted(known))}"
                )


def _wrong_forms(operation: Operation) -> Iterable[str]:
    forms = operation.forward.forms
    for equation in (*operation.where, *operation.gradients):
        if missing := [form for form in forms if form not in equation.forms]:
            yield (
                f"{operation.forward.name} has a {missing[0]} form, but {equation.name} has "
                f"none: add it with @{equation.name}.{missing[0]}"
            )
        if extra := [form for form in equation.forms if form not in forms]:
            yield (
                f"{equation.name} has a {extra[0]} form, but {operation.forward.name} has "
                f"none: add it with @{operation.forward.name}.{extra[0]}"
            )
