"""Chains and networks of operations, which are operations again.

A network is wired by symbols: the output of one operation is an input of others.  Its equations
are those of its operations, and δx is accumulated over all the operations that use x, in reverse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from gradcheck.notation.domain import renamed
from gradcheck.notation.equation import BATCH, FORMS, MATRIX, SCALAR, Equation, Form, stating
from gradcheck.notation.errors import NotationError
from gradcheck.notation.nesting import summed
from gradcheck.notation.operation import Operation, delta
from gradcheck.notation.unification import unify_signatures


def network(
    name: str, operations: Sequence[Operation], *, usual_sizes: Mapping[str, int] | None = None
) -> Operation:
    """Wire operations by their symbols into one operation.

    Parameters
    ----------
    name : str
        What the network is called.
    operations : sequence of Operation
        Each placed by ``operation.at(output, input=symbol)``, after those whose outputs it uses.
        The output of the last one is that of the network.
    usual_sizes : mapping of str to int, optional
        Extents to draw points with, by the names that the network's signature gives them.

    Raises
    ------
    NotationError
        If a symbol is computed twice, or never used, or has other dimensions than it is used with,
        or is a constant to one operation and differentiated by another.

    Examples
    --------
    >>> from reference_nets import dense, tanh
    >>> two = network("two", [dense.at("z", a="x"), tanh.at("y", z="z")])
    >>> print(two)
    two: y(w, x, b), (k,i),(i),(k)->(k)
    """
    _check_wiring(name, operations)
    computed = [operation.output for operation in operations]
    inputs = _unique(s for op in operations for s in op.inputs if s not in computed)
    constants = _unique(s for s in inputs if all(s in op.constants for op in _users(operations, s)))
    parameters = [s for s in inputs if any(s in op.parameters for op in _users(operations, s))]
    shared = [s for s in inputs if any(s in op.shared for op in _users(operations, s))]
    signature, renamings = unify_signatures(name, operations, inputs)
    forms = _common_forms(operations, {*parameters, *shared})
    gradients = list(_accumulated(operations, {*constants}))
    last = operations[-1]
    forward = [eq for op in operations for eq in (*op.where, op.forward) if eq is not last.forward]
    backward = [eq for eq in gradients if eq.name not in map(delta, inputs)]
    return Operation(
        name,
        signature,
        _in_forms(last.forward, forms),
        [_in_forms(eq, forms) for eq in gradients if eq.name in map(delta, inputs)],
        where=[_in_forms(eq, forms) for eq in (*forward, *backward)],
        inputs=inputs,
        parameters=parameters,
        constants=constants,
        shared=shared,
        domain={
            symbol: renamed(domain, dims)
            for op, dims in zip(operations, renamings, strict=True)
            for symbol, domain in op.domain.items()
            if symbol in inputs
        },
        batch=last.batch,
        extents={
            str(dims[dim]): extent.renamed(dims)
            for op, dims in zip(operations, renamings, strict=True)
            for dim, extent in op.extents.items()
            if isinstance(dims[dim], str)
        },
        usual_sizes=usual_sizes or {},
    )


def chain(
    name: str, operations: Sequence[Operation], *, usual_sizes: Mapping[str, int] | None = None
) -> Operation:
    """Feed each operation's output into the next one's first activation.

    Symbols that occur more than once are numbered in order of appearance, the input of the chain
    from 0: a chain of dense layers and activations has the symbols of a textbook's network.

    Parameters
    ----------
    name : str
        What the chain is called.
    operations : sequence of Operation
        At least one, each with an activation among its inputs.
    usual_sizes : mapping of str to int, optional
        Extents to draw points with, by the names that the chain's signature gives them.

    Raises
    ------
    NotationError
        If there is no operation, or one without an activation that could be fed.

    Examples
    --------
    >>> from reference_nets import dense, softmax_cross_entropy, tanh
    >>> print(chain("net", [dense, tanh, dense, softmax_cross_entropy]).inputs)
    ('w1', 'a0', 'b1', 'w2', 'b2', 't')
    """
    if not operations:
        raise NotationError(f"chain {name} has no operations: give it at least one")
    numbered, single = _quantities(name, operations)
    numbers = {symbol: count(1) for symbol in numbered}

    def number(symbol: str) -> str:
        if symbol not in numbered:
            return symbol
        return next(name for n in numbers[symbol] if (name := f"{symbol}{n}") not in single)

    fed = _fed_input(name, operations[0])
    carried = f"{fed}0" if fed in numbered else fed
    placed = []
    for operation in operations:
        fed = _fed_input(name, operation)
        symbols = {s: carried if s == fed else number(s) for s in operation.inputs}
        carried = number(operation.output)
        placed.append(operation.at(carried, **symbols))
    return network(name, placed, usual_sizes=usual_sizes)


def _quantities(name: str, operations: Sequence[Operation]) -> tuple[set[str], set[str]]:
    """Return the symbols that a chain uses for several quantities, and those for a single one."""
    own = [s for op in operations for s in op.inputs if s != _fed_input(name, op)]
    quantities = [_fed_input(name, operations[0]), *own, *(op.output for op in operations)]
    several = {symbol for symbol, times in Counter(quantities).items() if times > 1}
    return several, set(quantities) - several


def _fed_input(name: str, operation: Operation) -> str:
    for symbol in operation.inputs:
        if symbol not in operation.parameters and symbol not in operation.constants:
            return symbol
    raise NotationError(
        f"chain {name}: {operation.name} has no activation to feed, only parameters and constants"
    )


def _check_wiring(name: str, operations: Sequence[Operation]) -> None:
    if not operations:
        raise NotationError(f"network {name} has no operations: give it at least one")
    seen: set[str] = set()
    for operation in operations:
        if operation.output in seen:
            raise NotationError(
                f"network {name}: {operation.output} is the output of {operation.name}, but stands "
                f"for another quantity before it: place {operation.name} at another output symbol"
            )
        seen.update((*operation.inputs, operation.output))
    for operation in operations[:-1]:
        if not _users(operations, operation.output):
            raise NotationError(
                f"network {name}: {operation.output}, the output of {operation.name}, is never "
                f"used: feed it to an operation, or leave {operation.name} out"
            )
    _check_constants(name, operations)


def _check_constants(name: str, operations: Sequence[Operation]) -> None:
    """Refuse a gradient that would lack the contribution of an operation that declares none."""
    differentiated = {s for op in operations for s in (*op.differentiable, op.output)}
    for operation in operations:
        for symbol in operation.constants:
            if symbol in differentiated:
                raise NotationError(
                    f"network {name}: {symbol} is a constant of {operation.name}, but has a "
                    f"gradient elsewhere, which would be incomplete: give {operation.name} a "
                    f"gradient equation for it, or use another symbol"
                )


def _users(operations: Sequence[Operation], symbol: str) -> list[Operation]:
    return [operation for operation in operations if symbol in operation.inputs]


def _accumulated(operations: Sequence[Operation], constants: set[str]) -> Iterator[Equation]:
    """Yield the gradient equations of all operations, those of one symbol summed over its users."""
    symbols = _unique(s for op in reversed(operations) for s in op.differentiable)
    for symbol in (s for s in symbols if s not in constants):
        terms = [
            eq
            for op in reversed(operations)
            for eq in op.gradients
            if eq.name == delta(symbol)
        ]  # fmt: skip
        if len(terms) == 1:
            yield terms[0]
            continue
        named = [term.at(f"{term.name}#{n}") for n, term in enumerate(terms, start=1)]
        yield from named
        yield _sum_of(delta(symbol), [term.name for term in named])


def _sum_of(name: str, symbols: Sequence[str]) -> Equation:
    """Return the equation that adds the contributions to one gradient."""

    def add(*terms: Any) -> Any:
        return summed(terms)

    quantity = rf"\delta {name.removeprefix('delta_')}"
    terms = " + ".join(f"{quantity}_{{({n})}}" for n in range(1, len(symbols) + 1))
    stated = stating(f"{quantity} = {terms}", add)
    return Equation(name, tuple(symbols), {SCALAR: stated, MATRIX: stated, BATCH: stated})


def _common_forms(operations: Sequence[Operation], common: set[str]) -> list[Form]:
    """Return the forms that every operation has, without batch where it would not be meant."""
    forms = [form for form in FORMS if all(form in op.forms for op in operations)]
    stacked = all(operation.batch == "stack" for operation in operations[:-1])
    meant = stacked and all(_batched_as_declared(op, common) for op in operations)
    return [form for form in forms if form != BATCH or meant]


def _batched_as_declared(operation: Operation, common: set[str]) -> bool:
    """Whether just those inputs come one a row of which the operation says so, and some do."""
    rows = tuple(symbol for symbol in operation.inputs if symbol not in common)
    return rows == operation.per_input and rows != ()


def _in_forms(eq: Equation, forms: Sequence[Form]) -> Equation:
    return Equation(eq.name, eq.parameters, {form: eq[form] for form in forms})


def _unique(symbols: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(symbols))
