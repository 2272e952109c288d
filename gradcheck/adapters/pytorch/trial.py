"""Running PyTorch code once, forward and back, to learn in which dtype it runs and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.adapters.given import CodeError
from gradcheck.adapters.pytorch.errors import RefusedError, explained
from gradcheck.adapters.pytorch.program import Program
from gradcheck.adapters.pytorch.session import TorchSession
from gradcheck.adapters.pytorch.tensors import is_short, precision_of, pytorch
from gradcheck.notation.layer import Array
from gradcheck.notation.randomness import generators_held


@dataclass(frozen=True, eq=False)
class Trial:
    """What a run showed.

    Attributes
    ----------
    program : Program
        With its dtype and its outputs.
    values : dict of str to ndarray
        What it ran on.
    output : ndarray
        What it gave.
    missing : tuple of str
        The symbols to which autograd found no path.
    refusal : str
        Why it does not run in float64; empty if it does.
    """

    program: Program
    values: dict[str, Array]
    output: Array
    missing: tuple[str, ...]
    refusal: str = ""


def tried(program: Program) -> Trial:
    """Run the code in float64, or else in the dtype in which it was given.

    Raises
    ------
    CodeError
        If it runs in neither, or returns nothing that autograd can go back from.
    """
    refusals: list[RefusedError] = []
    for dtype in _dtypes(program):
        try:
            found = _trial(program, dtype)
            return replace(found, refusal=str(refusals[0]) if refusals else "")
        except RefusedError as refusal:
            refusals.append(refusal)
    raise refusals[-1]


def _dtypes(program: Program) -> list[Any]:
    """Return float64, then the dtype of the inputs, and float32 before a 16-bit one."""
    torch = pytorch()
    own = max(program.own_dtypes(), key=precision_of, default=torch.float64)
    between = [torch.float32] if is_short(own) else []
    return list(dict.fromkeys([torch.float64, *between, own]))


def _trial(program: Program, dtype: Any) -> Trial:
    free = dtype is pytorch().float64
    program = replace(program, dtype=None if free else dtype)
    values = program.values(np.float64 if free else np.float32)
    session = TorchSession(program)
    with generators_held(), np.errstate(all="ignore"):  # infinities are findings, not warnings
        output = _run("forward", session.forward, {s: v.copy() for s, v in values.items()})
        found = _run("backward", session.found, np.ones_like(output))
    _settle(program, session, dtype)
    missing = tuple(symbol for symbol, gradient in found.items() if gradient is None)
    return Trial(replace(program, outputs=session.outputs), values, np.array(output), missing)


def _settle(program: Program, session: TorchSession, dtype: Any) -> None:
    """Let all runs share one copy of the module if this one has changed nothing in it."""
    if program.copies is not None and session.running is not None:
        after = session.running.state()
        program.copies.reusable = after is not None and after == program.copies.start(dtype).state()


def _run(step: str, function: Callable[[Any], Any], argument: Any) -> Any:
    try:
        return function(argument)
    except CodeError:
        raise
    except Exception as error:  # whatever a stranger's code does
        raise RefusedError(explained(step, error)) from error
