"""Arrays that code holds without being handed them: their gradients cannot be checked.

Weights in a closure, a default or a global of the module are no inputs.  They may well be
constants, as the kernel of a fixed filter is; the report names them, so that nobody takes the
verdict for one on their gradients.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from gradcheck.checks.finding import Finding
from gradcheck.checks.laws.trial import Trial
from gradcheck.notation.layer import Layer
from gradcheck.notation.reach import reached

LAW = "closures"


def captured(trial: Trial) -> Iterator[Finding]:
    """Name the floating-point arrays that the code reaches and that are not among its values.

    What the adapter found and left unchecked is said first.

    Parameters
    ----------
    trial : Trial
        A layer at its example.

    Yields
    ------
    Finding
        One for each array, or one that there is none.
    """
    for note in trial.layer.notes:
        yield trial.holds(LAW, note)
    found = list(_held(trial.layer))
    for path, shape in found:
        note = f"the code holds {path} of shape {shape}, no input: its gradient is unchecked"
        yield trial.holds(LAW, note, path)
    if not found and not trial.layer.notes:
        yield trial.holds(LAW)


def _held(layer: Layer) -> Iterator[tuple[str, tuple[int, ...]]]:
    for path, value in reached(layer.code).items():
        if _is_floating(value) and not _among_values(layer, value):
            yield path, tuple(value.shape)


def _is_floating(value: Any) -> bool:
    """Whether a value is an array of floats, of NumPy or of anybody else."""
    return hasattr(value, "shape") and "float" in str(getattr(value, "dtype", ""))


def _among_values(layer: Layer, value: Any) -> bool:
    """Whether the same numbers were handed over as an input."""
    try:
        array = np.asarray(value.detach().cpu() if hasattr(value, "detach") else value)
    except (TypeError, RuntimeError):  # a format that NumPy does not have
        return False
    return any(np.array_equal(array, given) for given in layer.values.values())
