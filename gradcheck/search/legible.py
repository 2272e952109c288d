"""A case as text: its arrays, and what is wrong there."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from gradcheck.checks.finding import Finding
from gradcheck.notation.layer import Array
from gradcheck.search.candidate import Candidate, as_drawn
from gradcheck.search.layouts import PLAIN

LINES = 6
"""How many lines the text of a case has at most."""

WIDTH = 100
"""How long one of them is at most; a larger array is described and not printed."""


def smallest_text(candidate: Candidate, finding: Finding) -> str:
    """Return the arrays of a case, one a line, and what is wrong there.

    Parameters
    ----------
    candidate : Candidate
        The case.
    finding : Finding
        A disagreement there.
    """
    arrays = [f"{symbol} = {_array_text(x)}" for symbol, x in candidate.values.items()]
    room = LINES - 1
    if len(arrays) > room:
        arrays = [*arrays[: room - 1], f"and {len(arrays) - room + 1} more arrays"]
    return "\n".join([*arrays, f"{_disagreement(finding)}{_besides(candidate)}"])


def array_expression(x: Array) -> str:
    """Return an array as an expression of Python.

    Examples
    --------
    >>> array_expression(np.array([[0.0, np.inf]])), array_expression(np.array(3))
    ('np.array([[0.0, np.inf]])', '3')
    """
    numbers = re.sub(r"\b(nan|inf)\b", r"np.\1", repr(x.tolist()))
    if not x.ndim and x.dtype in (np.float64, np.int64, np.bool_):
        return numbers
    if not x.size:
        return f"np.zeros({x.shape}{_dtype(x, np.float64)})"
    usual = {"i": np.int64, "b": np.bool_}.get(x.dtype.kind, np.float64)
    return f"np.array({numbers}{_dtype(x, usual)})"


def name_of(code: Any) -> str:
    """Return the name of a function or class, or that of an object's class, made somehow.

    Examples
    --------
    >>> name_of(np.tanh), name_of(lambda x: x), name_of(np.random.default_rng())
    ('tanh', '...', 'Generator(...)')
    """
    name, owner = getattr(code, "__name__", ""), getattr(code, "__self__", None)
    if not name:
        return f"{type(code).__name__}(...)"
    if isinstance(owner, type):
        return f"{owner.__name__}.{name}"
    return str(name) if name.isidentifier() else "..."


def _dtype(x: Array, usual: Any) -> str:
    return "" if x.dtype == usual else f", dtype=np.{x.dtype}"


def _array_text(x: Array) -> str:
    text = array_expression(x)
    if len(text) <= WIDTH:
        return text
    return f"an array of shape {x.shape}, from {x.min():.4g} to {x.max():.4g}"


def _disagreement(finding: Finding) -> str:
    if not finding.worst_index and finding.shape != ():
        return finding.note or f"{finding.quantity} disagrees"
    index = f"[{', '.join(map(str, finding.worst_index))}]" if finding.worst_index else ""
    ours, theirs = finding.candidate_value, finding.reference_value
    return f"{finding.quantity}{index} = {ours:.6g} in backward, but {theirs:.6g} by differences"


def _besides(candidate: Candidate) -> str:
    """Return what the arrays do not show: their layout, a cotangent that was not drawn."""
    layout = "" if candidate.layout == PLAIN else f", with arrays {_stored(candidate.layout)}"
    return layout + ("" if candidate.cotangent is as_drawn else f", with {candidate.what}")


def _stored(layout: str) -> str:
    return layout if layout in ("read-only", "stored backwards") else f"in {layout}"
