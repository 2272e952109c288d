"""Before a gradient is called wrong: whether the forward code itself is what it seems to be.

The exact oracle differentiates the code as it stands.  Where the code only approximates the
function that its author means, the two derivatives differ, and the difference is a finding about
the oracle, not about the gradient.  Two such cases can be seen from outside: code that is a
staircase to tiny steps (it rounds its result) and code that iterates until a tolerance.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any

import numpy as np

from gradcheck.arithmetic.namespaces import of_a_library
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.measured_derivative import of_one_input
from gradcheck.checks.rounding import rounding
from gradcheck.notation import delta
from gradcheck.oracles import gradient

TOLERANCE_OF_ITERATIONS = 1e-5
"""Relative error that a loop leaves which runs until a tolerance: larger ones are no gradient's
excuse, because nobody stops that early."""


def doubt(
    evaluation: Evaluation, symbol: str, index: tuple[int, ...], ours: float, theirs: float
) -> str:
    """Return why the exact oracle may not be what the author means; empty if there is no reason.

    Parameters
    ----------
    evaluation : Evaluation
        The form that is about to be called wrong.
    symbol, index
        The entry in which it differs most.
    ours, theirs : float
        Its gradient, and the slope of the forward code in balls.
    """
    if reason := _staircase(evaluation.function, symbol, index, ours, theirs):
        return reason
    small = abs(ours - theirs) <= TOLERANCE_OF_ITERATIONS * abs(theirs)
    if small and _iterates(evaluation.function):
        return (
            "the forward code runs a loop until a tolerance, so that it has a derivative of its "
            "own, next to that of the function which it approximates"
        )
    return ""


def _staircase(
    evaluation: Evaluation, symbol: str, index: tuple[int, ...], ours: float, theirs: float
) -> str:
    x = evaluation.point.inputs[symbol]
    flat = int(np.ravel_multi_index(index, x.shape)) if x.ndim else 0
    try:
        estimate = gradient(of_one_input(evaluation, symbol), x, entries=[flat])
    except Exception:  # the second opinion is a courtesy: without it the first one stands
        return ""
    slope, error = float(estimate.value[index]), float(estimate.error[index])
    error += float(rounding(evaluation, delta(symbol))[index])
    contradicted = abs(slope - theirs) > error
    if np.isfinite(error) and contradicted and abs(slope - ours) <= error:
        return (
            f"the oracles contradict each other: the slope is {theirs:.6g} at tiny steps, but "
            f"{slope:.6g} at those of {estimate.oracle}, as it is where code rounds its result"
        )
    return ""


def _iterates(evaluation: Evaluation) -> bool:
    """Tell whether the forward code passes a loop more than once that ends on a condition.

    Compiled code cannot be watched: an adapter that knows of such loops says so.
    """
    forward = evaluation.operation.forward[evaluation.form]
    return getattr(forward, "iterates", False) or _passes_loops(evaluation.run_in_floats)


def _passes_loops(run: Callable[[], Any]) -> bool:
    lines: Counter[tuple[CodeType, int]] = Counter()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if of_a_library(frame.f_globals.get("__name__", "")):
            return None
        if event == "line":
            lines[frame.f_code, frame.f_lineno] += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    codes = {code for code, _ in lines}
    return any(lines[code, line] > 1 for code in codes for line in _conditional_loops(code))


def _conditional_loops(code: CodeType) -> Iterator[int]:
    """Yield the first line inside every ``while`` loop, and every ``for`` loop with a ``break``."""
    try:
        source, start = inspect.getsourcelines(code)
        tree = ast.parse(textwrap.dedent("".join(source)))
    except (OSError, SyntaxError):  # no source: nothing can be said
        return
    for node in ast.walk(tree):
        if isinstance(node, (ast.For, ast.While)) and _ends_on_condition(node):
            yield start + node.body[0].lineno - 1


def _ends_on_condition(loop: ast.For | ast.While) -> bool:
    return isinstance(loop, ast.While) or any(isinstance(n, ast.Break) for n in ast.walk(loop))
