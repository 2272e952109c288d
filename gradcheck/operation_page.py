"""An operation as a page of text: every formula beside the code that transcribes it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from tabulate import tabulate

from gradcheck.notation import Equation, Form, Operation
from gradcheck.notation.signature import format_dims
from gradcheck.source_code import code, helpers, written

GAP = "  "


def page(operation: Operation, width: int, *, about: str = "") -> str:
    r"""Return an operation as a page: what it is, its inputs, every equation, and what these call.

    Parameters
    ----------
    operation : Operation
        What is shown.
    width : int
        Columns of text.  Forms stand side by side where they fit, and under each other elsewhere.
    about : str
        Shapes, convention and source, printed first.

    Examples
    --------
    >>> from reference_nets import tanh
    >>> print(page(tanh, 80).partition("real")[2].strip())
    a(z)
    ----
    <BLANKLINE>
    [scalar]                   [matrix]               [batch]
    a_k = h(z_k)               a = h(z)               A = h(Z)
    h(z) = \tanh z             h(z) = \tanh z
    <BLANKLINE>
    def h(z):                  def h(z):
        return scalar_tanh(z)      return np.tanh(z)
    ...
    """
    first_with: dict[tuple[int, ...], Equation] = {}
    parts = [_underlined(str(operation), "=")]
    parts += [about] * bool(about) + [_inputs(operation)]
    for equation in reading_order(operation):
        bodies = tuple(id(equation[form]) for form in operation.forms)
        first = first_with.setdefault(bodies, equation)
        if first is equation:
            parts.append(_section(equation, operation.forms, width))
        else:
            parts.append(f"{_left_hand_side(equation)}   as {_left_hand_side(first)}")
    called = helpers(_functions(operation))
    parts += [_underlined("helpers", "-"), *map(_helper, called)] if called else []
    return "\n\n".join(parts)


def reading_order(operation: Operation) -> list[Equation]:
    """Return the equations as a textbook has them: on the way forward, then on the way back.

    Examples
    --------
    >>> from reference_nets import softmax_regression
    >>> [equation.name for equation in reading_order(softmax_regression)]
    ['z', 'E', 'delta_z', 'delta_w', 'delta_x', 'delta_b']
    """
    back = {operation.cotangent}
    for symbol, equation in operation.equations.items():
        if back.intersection(equation.parameters):
            back.add(symbol)
    declared = (*operation.where, operation.forward, *operation.gradients)
    return sorted(declared, key=lambda equation: equation.name in back)  # which keeps their order


def _functions(operation: Operation) -> list[Callable[..., Any]]:
    equations = reading_order(operation)
    return [f for eq in equations for form in operation.forms for f in written(eq[form])]


def _helper(function: Callable[..., Any]) -> str:
    """Return the code of a function that forms call, its sentence as a comment above it."""
    sentence = (inspect.getdoc(function) or "").partition("\n")[0]
    return f"# {sentence}\n" * bool(sentence) + code(function)


def _section(equation: Equation, forms: Sequence[Form], width: int) -> str:
    blocks = list(_blocks(equation, forms))
    rows = [_beside(row) for row in _rows(blocks, width)]
    return "\n\n".join([_underlined(_left_hand_side(equation), "-"), *rows])


def _blocks(equation: Equation, forms: Sequence[Form]) -> Iterator[list[str]]:
    """Yield the lines of each form: its formula, and the code that no form before it has shown."""
    shown: set[int] = set()
    for form in forms:
        functions = [f for f in written(equation[form]) if id(f) not in shown]
        shown.update(map(id, functions))
        formulas = [equation.formula(form), *(inspect.getdoc(f) or "" for f in functions)]
        stated = [line for formula in dict.fromkeys(formulas) for line in formula.splitlines()]
        codes = [line for function in functions for line in ("", *code(function).splitlines())]
        yield [f"[{form}]", *stated, *codes]


def _rows(blocks: Sequence[list[str]], width: int) -> list[list[list[str]]]:
    """Set blocks into rows as words are set into lines."""
    rows: list[list[list[str]]] = []
    for block in blocks:
        if rows and _width([*rows[-1], block]) <= width:
            rows[-1].append(block)
        else:
            rows.append([block])
    return rows


def _beside(blocks: Sequence[list[str]]) -> str:
    widths = [_width([block]) for block in blocks]
    lines = zip_longest(*blocks, fillvalue="")
    return "\n".join(GAP.join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _width(blocks: Sequence[list[str]]) -> int:
    return sum(max(map(len, block)) for block in blocks) + len(GAP) * (len(blocks) - 1)


def _inputs(operation: Operation) -> str:
    rows = [
        (symbol, format_dims(operation.dims(symbol)), _role(operation, symbol), str(domain))
        for symbol in operation.inputs
        for domain in [operation.domain_of(symbol)]
    ]
    return tabulate(rows, headers=("input", "shape", "role", "domain"), disable_numparse=True)


def _role(operation: Operation, symbol: str) -> str:
    if symbol in operation.parameters:
        return "parameter"
    return "constant" if symbol in operation.constants else "activation"


def _left_hand_side(equation: Equation) -> str:
    return f"{equation.name}({', '.join(equation.parameters)})"


def _underlined(text: str, mark: str) -> str:
    return f"{text}\n{mark * len(text)}"
