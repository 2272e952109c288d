"""The memory layout of inputs and cotangent does not matter: same numbers, same answer.

Fortran order, every second number of a larger array, and reversed axes are all what NumPy hands on
after a transposition or a slice.  Read-only arrays are what a careful caller hands over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.laws.determinism import drawn
from gradcheck.checks.laws.likeness import unlike
from gradcheck.checks.laws.runs import Raised
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation.layer import Array

LAW = "layouts"
Layout = Callable[[Array], Array]


def column_major(x: Array) -> Array:
    """Return the same numbers in Fortran order; unlike `numpy.asfortranarray`, also of no axis.

    Examples
    --------
    >>> column_major(np.zeros((2, 3))).strides
    (8, 16)
    """
    return np.array(x, order="F")


def with_gaps(x: Array) -> Array:
    """Return the same numbers as every second one of a larger array.

    Examples
    --------
    >>> with_gaps(np.zeros((2, 3))).strides
    (96, 16)
    """
    larger = np.zeros([2 * extent for extent in x.shape], x.dtype)
    view = larger[(slice(None, None, 2),) * x.ndim + (...,)]
    view[...] = x
    return view


def reversed_in_memory(x: Array) -> Array:
    """Return the same numbers with negative strides.

    Examples
    --------
    >>> reversed_in_memory(np.zeros((2, 3))).strides
    (-24, -8)
    """
    backwards = (slice(None, None, -1),) * x.ndim
    return np.ascontiguousarray(x[backwards])[backwards] if x.ndim else x


def read_only(x: Array) -> Array:
    """Return the same numbers in an array that refuses to be written into."""
    copy = x.copy()
    copy.flags.writeable = False
    return copy


LAYOUTS: Mapping[str, Layout] = {
    "in Fortran order": column_major,
    "with gaps": with_gaps,
    "with negative strides": reversed_in_memory,
    "that are read-only": read_only,
}

OF_TENSORS = ("in Fortran order", "with gaps")
"""PyTorch knows no negative strides, and no read-only memory."""


def layouts(trial: Trial) -> Iterator[Finding]:
    """Run at the same numbers in other layouts.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One for each layout in which the code raises and each quantity that comes out otherwise,
        or one for all; nothing where all inputs are single numbers.
    """
    if not any(value.ndim for value in trial.layer.values.values()):
        return
    if drawn(trial):
        yield trial.holds(LAW, "not compared: in other layouts, other numbers are drawn")
        return
    names = LAYOUTS if trial.layer.exact else OF_TENSORS
    found = [finding for name in names for finding in _in_layout(trial, name)]
    yield from found or [trial.holds(LAW)]


def _in_layout(trial: Trial, name: str) -> Iterator[Finding]:
    make = LAYOUTS[name]
    values = {symbol: make(value) for symbol, value in trial.values().items()}
    try:
        there = trial.run(values, make(trial.cotangent)).quantities
    except Raised as reason:
        yield _refused(trial, name, str(reason))
        return
    for quantity, expected in trial.first.quantities.items():
        if quantity in there and (gap := unlike(trial, quantity, there[quantity], expected)):
            columns = {"candidate": f"arrays {name}", "reference": "arrays in C order"}
            note = f"the same numbers in arrays {name} give something else"
            yield trial.finding(LAW, quantity, gap.verdict, note, **columns, **gap.columns)


def _refused(trial: Trial, name: str, reason: str) -> Finding:
    """Return what to say of code that does not take a layout.

    To refuse read-only arrays is no mistake in itself: what writes into them is named elsewhere.
    """
    note = f"for arrays {name}, {reason}"
    if LAYOUTS[name] is read_only:
        return trial.holds(LAW, f"{note}: it asks for arrays that it may write into")
    return trial.finding(LAW, trial.output, Verdict.DISAGREE, note)
